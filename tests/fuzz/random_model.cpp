// One statement after another, each over what stands before it.
#include "fuzz/random_model.hpp"

#include "fuzz/random_time.hpp"

#include <array>
#include <optional>

namespace casus::fuzz {
namespace {

constexpr std::size_t depth = 2;

class Writer {
 public:
  explicit Writer(std::uint64_t seed) : dice_(seed) {}

  Texts model() {
    head();
    sets();
    some(1, 4, [&](const std::string& n) { parameter(n); });
    text_ += timely().inputs(texts_);
    some(0, 2, [&](const std::string& n) { function(n); });
    some(1, 3, [&](const std::string& n) { draw(n); });
    some(1, 3, [&](const std::string& n) { declare_state(n); });
    if (dice_.chance(60)) declare_phase();
    some(1, 4, [&](const std::string& n) { let(n); });
    some(0, 2, [&](const std::string& n) { game(n); });
    some(0, 3, [&](const std::string& n) { let("late" + n); });
    if (clock_.is_calendar && dice_.chance(40)) look_back();
    states();
    some(0, 2, [&](const std::string& n) { treaty(n); });
    if (dice_.chance(50)) observed_number();
    if (clock_.is_calendar && !openings_.empty() && dice_.chance(60)) recorded_moves();
    measures();
    text_ += timely().measures();
    if (dice_.chance(50)) explanation();
    if (!replaceable_.empty() && dice_.chance(30)) rival();
    if (dice_.chance(60)) whatif();
    if (dice_.chance(20)) start();
    texts_["model.casus"] = text_;
    return std::move(texts_);
  }

 private:
  template <class Declare>
  void some(std::size_t least, std::size_t most, const Declare& declare) {
    for (std::size_t n = least + dice_.below(most - least + 1); n > 0; --n)
      declare(std::to_string(++n_names_));
  }

  void line(const std::string& text) { text_ += text + "\n"; }
  Expressions expressions() { return {dice_, scope_}; }
  Timely timely() { return {dice_, scope_, clock_}; }
  std::string number() { return expressions().number(1 + dice_.below(depth)); }
  std::string truth() { return expressions().truth(1 + dice_.below(depth)); }

  void head() {
    clock_.is_calendar = dice_.chance(50);
    line("casus 1");
    line("case \"A random model\"");
    clock_.n_steps = 2 + dice_.below(14);
    line(clock_.is_calendar
             ? "    time from 2000-01 to 2001-0" + std::to_string(1 + dice_.below(9)) + " by month"
             : "    time " + std::to_string(clock_.n_steps) + " steps");
  }

  void sets() {
    for (std::size_t n = dice_.below(3); n > 0; --n) {
      Set set{.name = "S" + std::to_string(n), .labels = {}};
      std::string labels;
      for (std::size_t i = 0; i < 2 + dice_.below(3); ++i) {
        set.labels.push_back("s" + std::to_string(n) + std::string(1, "abcdef"[i]));
        labels += (i == 0 ? "" : ", ") + set.labels.back();
      }
      line("set " + set.name + " = " + labels);
      scope_.sets.push_back(set);
    }
  }

  /// "[b in S]" and the name is an array, or nothing.
  std::string shape(const std::string& name) {
    if (scope_.sets.empty() || dice_.chance(60)) {
      pending_ = {name, ""};
      return "";
    }
    const std::string set = dice_.one_of(scope_.sets).name;
    const std::string bound = "i" + std::to_string(++scope_.n_binders);
    scope_.bound.emplace_back(bound, set);
    pending_ = {name, set};
    return "[" + bound + " in " + set + "]";
  }

  void known() {
    if (pending_.second.empty()) {
      scope_.numbers.push_back(pending_.first);
    } else {
      scope_.arrays.push_back(pending_);
      scope_.bound.clear();
    }
  }

  void parameter(const std::string& n) {
    const std::string name = "p" + n;
    const std::string over = shape(name);
    if (dice_.chance(20)) {
      line("param " + name + over + " = " + expressions().literal());
    } else {
      line("param " + name + over + " ~ " + expressions().density(dice_.below(2)) +
           (dice_.chance(20) ? " base " + std::string(dice_.chance(50) ? "0.5" : "0.25") : ""));
      if (pending_.second.empty()) priors_.push_back(name);
    }
    known();
  }

  void function(const std::string& n) {
    const Scope before = scope_;
    scope_ = {.numbers = {"x", "x"}, .functions = before.functions};
    line("function f" + n + "(x) = " + number());
    scope_ = before;
    scope_.functions.push_back("f" + n);
  }

  void draw(const std::string& n) {
    const std::string name = "d" + n;
    if (dice_.chance(25)) {
      const Labelled drawn{name, {name + "_low", name + "_mid", name + "_high"}};
      line("draw " + name + " : {" + drawn.labels[0] + ", " + drawn.labels[1] + ", " +
           drawn.labels[2] + "} ~ categorical(" + expressions().positive(1) + ", 1, " +
           expressions().positive(1) + ")");
      scope_.labelled.push_back(drawn);
      return;
    }
    if (!scope_.sets.empty() && dice_.chance(20)) {
      const std::string set = dice_.one_of(scope_.sets).name;
      const std::string n_all = expressions().count(1);
      scope_.bound.emplace_back("i0", set);
      line("draw " + name + "[i0 in " + set + "] ~ multinomial(" + n_all + ", " +
           expressions().positive(1) + ")");
      scope_.bound.clear();
      scope_.arrays.emplace_back(name, set);
      return;
    }
    const std::string over = shape(name);
    if (dice_.chance(15)) {
      line("draw " + name + over + " ~ normal(0.5, 2) once");
    } else {
      const bool by_year = clock_.is_calendar && dice_.chance(15);
      line("draw " + name + over + " ~ " + expressions().law(dice_.below(2)) +
           (by_year ? " by year" : ""));
    }
    known();
  }

  struct State {
    std::string name, over, set, start;
  };

  /// States are written when all that they may read is declared.
  void declare_state(const std::string& n) {
    const std::string name = "x" + n;
    const std::string over = shape(name);
    std::string start = expressions().literal();
    states_.push_back({name, over, pending_.second, std::move(start)});
    known();
  }

  void declare_phase() {
    phase_ = Labelled{"phase", {"peace", "crisis", "war"}};
    scope_.labelled.push_back(*phase_);
  }

  void states() {
    for (const State& state : states_) {
      if (!state.set.empty()) {
        const std::string bound = state.over.substr(1, state.over.find(' ') - 1);
        scope_.bound.emplace_back(bound, state.set);
      }
      line("state " + state.name + state.over + " = " + state.start);
      line("    then tanh(" + number() + ")" + (dice_.chance(40) ? " * 2" : ""));
      scope_.bound.clear();
    }
    if (!phase_) return;
    line("state phase : {peace, crisis, war} = " + dice_.one_of(phase_->labels));
    line("    then cases");
    line("        " + truth() + " : " + dice_.one_of(phase_->labels));
    line("        " + truth() + " : " + dice_.one_of(phase_->labels));
    line("        otherwise : phase");
  }

  void let(const std::string& n) {
    if (dice_.chance(20)) {
      const std::string text = truth();
      line("let t" + n + " = " + text);
      scope_.truths.push_back("t" + n);
      return;
    }
    const std::string over = shape("l" + n);
    line("let l" + n + over + " = tanh(" + number() + ") * 3");
    known();
  }

  void look_back() {
    const std::string x = number();
    line("let average = averaged(" + x + ", 3 months)");
    line("let before = lagged(" + number() + ", 2 months)");
    scope_.numbers.emplace_back("average");
    scope_.numbers.emplace_back("before");
  }

  void game(const std::string& n) {
    const std::size_t errors = dice_.below(4);  // 2: probit, 3: private
    std::string first = "game g" + n;
    if (dice_.chance(60)) first += " while " + truth();
    first += " rationality " + expressions().positive(1);
    const bool waits = errors < 2 && dice_.chance(70);
    if (errors >= 2) first += errors == 2 ? " errors probit" : " errors private";
    line(first);
    std::vector<Move> moves;
    const std::size_t n_moves = 1 + dice_.below(3);
    for (std::size_t i = 0; i < n_moves; ++i) {
      Move move{.name = "m" + n + std::string(1, "abc"[i]),
                .player = "P" + std::to_string(errors == 3 ? i : dice_.below(3)),
                .options = {}};
      const std::size_t n_options = errors >= 2 ? 2 : 2 + dice_.below(2);
      std::string text = "    " + move.name + " by " + move.player + ": ";
      for (std::size_t k = 0; k < n_options; ++k) {
        move.options.push_back(move.name + std::string(1, "xyz"[k]));
        text += (k == 0 ? "" : ", ") + move.options.back();
        if (i == 0 && k == 0 && waits) text += " (status quo)";
      }
      if (i > 0) text += " if " + reached(moves[dice_.below(moves.size())]);
      line(text);
      moves.push_back(move);
    }
    payoffs(moves);
    after(n, moves);
    if (waits) replaceable_.push_back(moves.front().name);
  }

  std::string reached(const Move& move) {
    const std::string sign = dice_.chance(70) ? " == " : " != ";
    return move.name + sign + dice_.one_of(move.options);
  }

  void payoffs(const std::vector<Move>& moves) {
    std::vector<std::string> players;
    for (const Move& move : moves) {
      bool is_new = true;
      for (const std::string& player : players) is_new = is_new && player != move.player;
      if (is_new) players.push_back(move.player);
    }
    for (const std::string& player : players) {
      line("    payoff " + player + " = cases");
      for (std::size_t k = 1 + dice_.below(2); k > 0; --k) {
        const Move& move = dice_.one_of(moves);
        line("        " + move.name + " == " + dice_.one_of(move.options) + " : " + number());
      }
      line("        otherwise : " + number());
    }
    if (dice_.chance(40)) {
      const Move& move = dice_.one_of(moves);
      line("    cost " + move.name + " by " + move.player + ": " + move.options.back() + " = " +
           expressions().positive(1));
    }
  }

  void after(const std::string& n, const std::vector<Move>& moves) {
    openings_.push_back(moves.front());
    all_moves_.insert(all_moves_.end(), moves.begin(), moves.end());
    if (dice_.chance(50)) line("    ends e" + n + " when " + reached(moves.front()));
    for (const Move& move : moves) {
      scope_.labelled.push_back({move.name, move.options});
      if (!dice_.chance(50)) continue;
      line("let q" + move.name + " = prob(" + reached(move) + ")");
      scope_.numbers.push_back("q" + move.name);
    }
    if (dice_.chance(40)) {
      line("let w" + n + " = tanh(g" + n + ".worth(" + moves.front().player + ") otherwise 0)");
      scope_.numbers.push_back("w" + n);
    }
  }

  void treaty(const std::string& n) {
    const State& state = dice_.one_of(states_);
    line("treaty y" + n + " when " + truth() +
         (last_treaty_.empty() ? "" : " after " + last_treaty_));
    last_treaty_ = "y" + n;
    const std::string target = state.set.empty()
                                   ? state.name
                                   : state.name + "[" + scope_.set(state.set).labels.front() + "]";
    const std::string term = clock_.is_calendar && dice_.chance(50) ? " for 3 months" : "";
    line("    " + target + " := tanh(" + number() + ")" + term);
  }

  void observed_number() {
    line("observe seen from \"seen.csv\" ~ normal(" + number() + ", " + expressions().positive(1) +
         ")");
    std::string& rows = texts_["seen.csv"] = clock_.is_calendar ? "month,seen\n" : "step,seen\n";
    for (std::size_t step = 0; step < clock_.n_steps; ++step) {
      if (step == 0 || dice_.chance(60))
        rows += clock_.date(step) + "," + std::to_string(dice_.below(300)) + "e-2\n";
    }
    scope_.numbers.emplace_back("seen");
  }

  /// Of one game, whose opening any history may make; the rest is not known.
  void recorded_moves() {
    const Move& opening = dice_.one_of(openings_);
    line("observe " + opening.name + " from \"moves.csv\"");
    std::string& rows = texts_["moves.csv"];
    rows = "month," + opening.name + "\n";
    for (std::size_t step = 0; step < clock_.n_steps; ++step) {
      rows += clock_.date(step) + ",";
      if (dice_.chance(40)) rows += dice_.one_of(opening.options);
      rows += "\n";
    }
  }

  void measures() {
    std::size_t n = 0;
    const auto measure = [&](const std::string& what) {
      line("measure r" + std::to_string(++n) + " = " + what);
    };
    for (const std::string& name : scope_.numbers) {
      measure("total(" + name + ")");
      if (dice_.chance(30)) measure("(" + name + " at end)");
    }
    for (const auto& [name, set] : scope_.arrays) {
      line("measure r" + std::to_string(++n) + "[k in " + set + "] = total(" + name + "[k])");
    }
    for (const std::string& name : scope_.truths) measure("share(" + name + ")");
    for (const Labelled& one : scope_.labelled) {
      measure("total(" + one.name + " == " + one.labels.front() + ")");
      measure("first date " + one.name + " == " + one.labels.back());
    }
    measure("highest(" + number() + ")");
    measure("mean(" + number() + " while " + truth() + ")");
    measure("any(" + truth() + ")");
  }

  void explanation() {
    if (priors_.empty()) return;
    line("explain other");
    const std::string name = dice_.one_of(priors_);
    line("    " + name + (dice_.chance(50) ? " ~ normal(0, 1)" : " = 0.5"));
  }

  void rival() {
    line("rival steady replaces " + dice_.one_of(replaceable_) +
         (dice_.chance(50) ? " on time" : ""));
  }

  /// A state, and "[label]" or "[i9 in S]" where it has elements.
  std::string target() {
    const State& state = dice_.one_of(states_);
    return state.set.empty() ? state.name : state.name + "[i9 in " + state.set + "]";
  }

  void whatif() {
    line("whatif changed");
    line("    at " + timely().date() + " " + target() + " := " + expressions().literal());
    if (!all_moves_.empty() && dice_.chance(60))
      text_ += timely().intervention(dice_.one_of(all_moves_));
  }

  void start() {
    const std::string date = timely().date();
    line("start early at " + date);
    line("    at " + date + " " + target() + " := " + expressions().literal());
  }

  Dice dice_;
  Scope scope_{};
  std::string text_{};
  Texts texts_{};
  std::vector<Move> openings_{};  ///< first moves of games
  std::vector<Move> all_moves_{};
  std::vector<std::string> replaceable_{};  ///< openings that a rival may replace
  Clock clock_{};
  std::size_t n_names_ = 0;
  std::pair<std::string, std::string> pending_{};  ///< name and set of what is being declared
  std::vector<State> states_{};
  std::vector<std::string> priors_{};
  std::optional<Labelled> phase_{};
  std::string last_treaty_{};
};

}  // namespace

Texts random_model(std::uint64_t seed) { return Writer(seed).model(); }

}  // namespace casus::fuzz
