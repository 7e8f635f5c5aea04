// One statement after another, each over what stands before it.
#include "fuzz/random_model.hpp"

#include "fuzz/random_expression.hpp"

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
    some(0, 2, [&](const std::string& n) { function(n); });
    some(1, 3, [&](const std::string& n) { draw(n); });
    some(1, 3, [&](const std::string& n) { declare_state(n); });
    if (dice_.chance(60)) declare_phase();
    some(1, 4, [&](const std::string& n) { let(n); });
    some(0, 2, [&](const std::string& n) { game(n); });
    some(0, 3, [&](const std::string& n) { let("late" + n); });
    if (is_calendar_ && dice_.chance(40)) look_back();
    states();
    some(0, 2, [&](const std::string& n) { treaty(n); });
    if (dice_.chance(50)) observed_number();
    if (is_calendar_ && !openings_.empty() && dice_.chance(60)) recorded_moves();
    measures();
    if (dice_.chance(50)) explanation();
    if (dice_.chance(60)) whatif();
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
  std::string number() { return expressions().number(1 + dice_.below(depth)); }
  std::string truth() { return expressions().truth(1 + dice_.below(depth)); }

  void head() {
    is_calendar_ = dice_.chance(50);
    line("casus 1");
    line("case \"A random model\"");
    n_steps_ = 2 + dice_.below(14);
    line(is_calendar_
             ? "    time from 2000-01 to 2001-0" + std::to_string(1 + dice_.below(9)) + " by month"
             : "    time " + std::to_string(n_steps_) + " steps");
  }

  /// "2000-07", or "7".
  std::string date(std::size_t step) const {
    if (!is_calendar_) return std::to_string(step + 1);
    const std::size_t month = step % 12 + 1;
    return std::to_string(2000 + step / 12) + (month < 10 ? "-0" : "-") + std::to_string(month);
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
      const bool by_year = is_calendar_ && dice_.chance(15);
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

  struct Move {
    std::string name, player;
    std::vector<std::string> options;
  };

  void game(const std::string& n) {
    const std::size_t errors = dice_.below(4);  // 2: probit, 3: private
    std::string first = "game g" + n;
    if (dice_.chance(60)) first += " while " + truth();
    first += " rationality " + expressions().positive(1);
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
      }
      if (i > 0) text += " if " + reached(moves[dice_.below(moves.size())]);
      line(text);
      moves.push_back(move);
    }
    payoffs(moves);
    after(n, moves);
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
    openings_.push_back({moves.front().name, moves.front().options});
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
    const std::string term = is_calendar_ && dice_.chance(50) ? " for 3 months" : "";
    line("    " + target + " := tanh(" + number() + ")" + term);
  }

  void observed_number() {
    line("observe seen from \"seen.csv\" ~ normal(" + number() + ", " + expressions().positive(1) +
         ")");
    std::string& rows = texts_["seen.csv"] = is_calendar_ ? "month,seen\n" : "step,seen\n";
    for (std::size_t step = 0; step < n_steps_; ++step) {
      if (step == 0 || dice_.chance(60))
        rows += date(step) + "," + std::to_string(dice_.below(300)) + "e-2\n";
    }
    scope_.numbers.emplace_back("seen");
  }

  /// Of one game, whose opening any history may make; the rest is not known.
  void recorded_moves() {
    const Labelled& opening = dice_.one_of(openings_);
    line("observe " + opening.name + " from \"moves.csv\"");
    std::string& rows = texts_["moves.csv"];
    rows = "month," + opening.name + "\n";
    for (std::size_t step = 0; step < n_steps_; ++step) {
      rows += date(step) + ",";
      if (dice_.chance(40)) rows += dice_.one_of(opening.labels);
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

  void whatif() {
    line("whatif changed");
    const std::string from = is_calendar_ ? "2000-05" : "2";
    const State& state = dice_.one_of(states_);
    const std::string target =
        state.set.empty() ? state.name : state.name + "[i9 in " + state.set + "]";
    line("    at " + from + " " + target + " := " + expressions().literal());
  }

  Dice dice_;
  Scope scope_{};
  std::string text_{};
  Texts texts_{};
  std::vector<Labelled> openings_{};  ///< first moves of games
  bool is_calendar_ = false;
  std::size_t n_steps_ = 0;
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
