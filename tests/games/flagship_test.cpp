// The two games of the Nagorno-Karabakh study, with payoffs on leaves, against its golden numbers:
// every parameter at its prior median, motives free.
#include "games/formula.hpp"
#include "games/game.hpp"
#include "games/plain.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <string>

namespace casus::games {
namespace {

/// Median of |z| for a standard normal z.
constexpr double half_normal = 0.6744897501960817;

/// Numbers of a program: constants, or parameters whose values are kept beside.
class Numbers {
 public:
  explicit Numbers(bool as_constants) : as_constants_(as_constants) {}

  Term operator()(double value) {
    if (as_constants_) return {&builder, builder.constant(value)};
    inputs.push_back(value);
    return {&builder, builder.parameter(static_cast<std::uint32_t>(inputs.size() - 1))};
  }

  Builder builder;
  std::vector<double> inputs;

 private:
  bool as_constants_;
};

/// Parameters of the study at their prior medians.
struct Medians {
  explicit Medians(Numbers& of)
      : decisive(of(2.5)),
        works(of(1.0)),
        war_cost(of(0.3)),
        sharp(of(8.0)),
        inertia(of(3.5)),
        patience(of(0.8)),
        talks(of(0.2 * half_normal)),
        anger(of(0.1 * half_normal)),
        raid_cost(of(0.35)),
        raid_gain(of(0.4 * half_normal)),
        pride(of(1.0)),
        kin(of(1.0)),
        turk_cost(of(0.35)),
        turk_force(of(0.5 * half_normal)),
        turk_fear(of(0.4 * half_normal)),
        rus_force(of(0.6)),
        clash(of(0.5)),
        pull(of(0.3)),
        fever(of(2.0)),
        weary(of(6.0)),
        stride(of(0.25)),
        order(of(0.3 * half_normal)),
        ally(of(0.6 * half_normal)),
        cost_med(of(0.1)),
        cost_aid(of(0.4)),
        lever(of(0.6 * half_normal)),
        partner(of(0.6 * half_normal)),
        punish(of(0.6 * half_normal)),
        burden(of(1.5 * half_normal)),
        gas(of(0.6 * half_normal)) {}

  Term decisive, works, war_cost, sharp, inertia, patience, talks, anger, raid_cost, raid_gain,
      pride, kin, turk_cost, turk_force, turk_fear, rus_force, clash, pull, fever, weary, stride,
      order, ally, cost_med, cost_aid, lever, partner, punish, burden, gas;
};

/// Where the history stands, and the world outside, as in the golden numbers.
struct Situation {
  Situation(Numbers& of, double held, double entrenched, double lifeline)
      : s(of(held)),
        belief(of(1.6)),
        entrenchment(of(entrenched)),
        life(of(lifeline)),
        peacekeepers(of(0.0)),
        commit(of(1.0)),
        tilt(of(1.0)),
        distract(of(0.3)),
        gas_deal(of(0.0)),
        partnership(of(0.9)),
        allied(of(1.0)) {}

  Term s, belief, entrenchment, life, peacekeepers, commit, tilt, distract, gas_deal, partnership,
      allied;
};

enum Player : std::uint32_t { azerbaijan, turkey, russia, armenians };
enum Answer : std::int32_t { abstain, mediate, aid };

/// What both games share.
struct Curves {
  const Medians& p;
  const Situation& at;

  Term zero() const { return at.s.number(0.0); }
  Term win(Term edge) const { return logistic(p.decisive * edge); }
  Term edge(bool back) const {
    const Term x = at.belief - p.works * at.entrenchment;
    return back ? x + p.turk_force * at.commit : x;
  }
  /// Worth to a side that wins `prize` with probability q.
  Term war(Term q, Term prize) const { return prize * q - 2.0 * p.war_cost * (1.0 - q); }
  Term concede() const { return -p.pride * (0.3 + 0.7 * at.life); }
  Term fight(Term q) const { return at.s * (1.0 - q) + p.war_cost * log1p(-q); }
  Term patron(Term share) const {
    const Term tie = p.ally * at.allied - p.punish * at.tilt;
    return p.lever * (1.0 - exp(-share / 0.12)) + tie * share;
  }
  Term taken(Term q) const { return min(at.s, 2.0 * p.stride * q); }
  Term backing(bool back, bool aided) const {
    if (!back) return zero();
    const Term gain = p.kin * at.commit - p.turk_cost;
    return aided ? gain - p.clash : gain;
  }
  Term cost_of(std::int32_t answer, bool back) const {
    const Term load = 1.0 + p.burden * at.distract;
    const Term court = p.partner * at.partnership + p.gas * at.gas_deal;
    if (answer == mediate) return p.cost_med * load + 0.3 * court;
    if (answer != aid) return zero();
    const Term cost = p.cost_aid * load * (1.0 - 0.5 * at.peacekeepers) + court;
    return back ? cost + p.turk_fear * at.commit : cost;
  }
};

/// Peace: attack {hold, raid, offensive}; backing; answer; reply {fight, concede}.
class Crisis {
 public:
  enum Attack : std::int32_t { hold, raid, offensive };

  explicit Crisis(bool as_constants) : of_(as_constants) {
    form.n_moves = 4;
    form.n_players = 4;
    form.menu = menu;
    form.payoff = [this](Solver& solver, const Path& leaf, std::uint32_t player) {
      return payoff(solver, leaf, player).value;
    };
    form.cost = [this](Solver&, const Path& path, const Menu& here, std::int32_t option) {
      return cost(path, here, option).value;
    };
    form.rationality = [this](std::uint32_t) { return p_.sharp.value; };
  }

  Builder& builder() { return of_.builder; }
  double number(Value value) { return games::number(of_.builder, value, of_.inputs); }

  Form form;

 private:
  static std::optional<Menu> menu(const Path& path) {
    if (path[0] == not_reached) {
      return Menu{.move = 0, .player = azerbaijan, .options = {hold, raid, offensive}};
    }
    if (path[0] == hold) return std::nullopt;
    if (path[0] == offensive && path[1] == not_reached) {
      return Menu{.move = 1, .player = turkey, .options = {0, 1}};
    }
    if (path[2] == not_reached) {
      Menu answers{.move = 2, .player = russia, .options = {abstain, mediate}};
      if (path[0] == offensive) answers.options.push_back(aid);
      return answers;
    }
    if (path[0] == raid || path[3] != not_reached) return std::nullopt;
    return Menu{.move = 3, .player = armenians, .options = {0, 1}};
  }

  /// Azerbaijan's chance after an offensive; mediation caps the gain at a half.
  Term chance(const Path& leaf) const {
    const Term edge = curves_.edge(leaf[1] == 1);
    if (leaf[2] == aid) return curves_.win(edge - p_.rus_force);
    const Term q = curves_.win(edge);
    return leaf[2] == mediate ? 0.5 * q : q;
  }

  Term payoff(Solver& solver, const Path& leaf, std::uint32_t player) {
    if (leaf[0] == hold) return player == azerbaijan ? waiting(solver) : curves_.zero();
    if (leaf[0] == raid) return after_raid(solver, leaf, player);
    const bool conceded = leaf[3] == 1;
    const Term q = chance(leaf);
    switch (player) {
      case turkey: return curves_.backing(leaf[1] == 1, leaf[2] == aid);
      case russia: return conceded ? curves_.zero() : curves_.patron(at_.s - curves_.taken(q));
      case armenians: return conceded ? curves_.concede() : curves_.fight(q);
      default: return conceded ? at_.s - 0.05 : attacking(leaf, q);
    }
  }

  Term attacking(const Path& leaf, Term q) const {
    const Term full = curves_.win(curves_.edge(leaf[1] == 1));
    if (leaf[2] == mediate) return 0.5 * at_.s * full - 2.0 * p_.war_cost * (1.0 - full);
    const Term value = curves_.war(q, at_.s);
    return leaf[2] == aid ? value - p_.clash : value;
  }

  Term after_raid(Solver& solver, const Path& leaf, std::uint32_t player) {
    const Term q = curves_.win(curves_.edge(false));
    if (player == azerbaijan) {
      const Term held{&of_.builder, solver.payoff({hold, -1, -1, -1}, azerbaijan)};
      return held + p_.raid_gain * (1.0 - faith_) * q;
    }
    if (player != russia) return curves_.zero();
    if (leaf[2] == mediate) return curves_.patron(at_.s) + 0.3 * p_.order;
    return curves_.patron(at_.s - 0.3 * curves_.taken(q));
  }

  /// The value of attacking later, at the balance extrapolated 36 months ahead, with the answers
  /// expected today, and what the talks are worth.
  Term waiting(Solver& solver) {
    const Path attack = {offensive, -1, -1, -1};
    const Term now{&of_.builder, solver.payoff(attack, azerbaijan)};
    const Term back{&of_.builder, solver.choice(attack)[1]};
    const Term edge = curves_.edge(false) + p_.turk_force * at_.commit * back;
    const Term later = curves_.war(curves_.win(edge + 36.0 * trend_), at_.s) -
                       curves_.war(curves_.win(edge), at_.s);
    return p_.patience * softplus(8.0 * (now + later)) / 8.0 + p_.talks * faith_;
  }

  Term cost(const Path& path, const Menu& here, std::int32_t option) const {
    if (here.player == russia) return curves_.cost_of(option, path[1] == 1);
    if (here.player != azerbaijan || option == hold) return curves_.zero();
    const Term effort = option == raid ? p_.raid_cost : p_.inertia / p_.sharp;
    return effort - p_.anger * recent_deaths_;
  }

  Numbers of_;
  Medians p_{of_};
  Situation at_{of_, 0.96, 0.95, 1.0};
  Term trend_ = of_(0.004);
  Term faith_ = of_(0.3);
  Term recent_deaths_ = of_(1.0);
  Curves curves_{p_, at_};
};

/// War: backing; answer; push {press, stop}; reply {fight, capitulate | press, stop}.
class Campaign {
 public:
  enum Push : std::int32_t { press, stop };
  enum Reply : std::int32_t { fight, capitulate, press_on, accept };

  explicit Campaign(bool as_constants) : of_(as_constants) {
    form.n_moves = 4;
    form.n_players = 4;
    form.menu = menu;
    form.payoff = [this](Solver&, const Path& leaf, std::uint32_t player) {
      return payoff(leaf, player).value;
    };
    form.cost = [this](Solver&, const Path& path, const Menu& here, std::int32_t option) {
      return cost(path, here, option).value;
    };
    form.rationality = [this](std::uint32_t) { return p_.sharp.value; };
  }

  Builder& builder() { return of_.builder; }
  double number(Value value) { return games::number(of_.builder, value, of_.inputs); }

  Form form;

 private:
  static std::optional<Menu> menu(const Path& path) {
    if (path[0] == not_reached) return Menu{.move = 0, .player = turkey, .options = {0, 1}};
    if (path[1] == not_reached) {
      return Menu{.move = 1, .player = russia, .options = {abstain, mediate, aid}};
    }
    if (path[2] == not_reached) {
      return Menu{.move = 2, .player = azerbaijan, .options = {press, stop}};
    }
    if (path[3] != not_reached) return std::nullopt;
    Menu reply{.move = 3, .player = armenians, .options = {fight, capitulate}};
    if (path[2] == stop) reply.options = {press_on, accept};
    return reply;
  }

  Term payoff(const Path& leaf, std::uint32_t player) const {
    Term x = at_.belief;
    if (leaf[0] == 1) x = x + p_.turk_force * at_.commit;
    if (leaf[1] == aid) x = x - p_.rus_force;
    const Term q_az = curves_.win(x - p_.works * at_.entrenchment);
    const Term q_arm = curves_.win(-x - p_.works * at_.entrenchment);
    switch (player) {
      case turkey: return curves_.backing(leaf[0] == 1, leaf[1] == aid);
      case russia: return russian(leaf, q_az, q_arm);
      case azerbaijan: return azerbaijani(leaf, q_az, q_arm);
      default: return armenian(leaf, q_az, q_arm);
    }
  }

  Term terms(const Path& leaf) const { return leaf[1] == mediate ? belt_ : curves_.zero(); }
  Term brokered(const Path& leaf) const { return leaf[1] == mediate ? p_.pull : curves_.zero(); }

  Term azerbaijani(const Path& leaf, Term q_az, Term q_arm) const {
    switch (leaf[3]) {
      case fight: return curves_.war(q_az, at_.s);
      case capitulate: return at_.s;
      case press_on: return -((1.0 - at_.s) * q_arm);
      default: return brokered(leaf) + terms(leaf);
    }
  }

  Term armenian(const Path& leaf, Term q_az, Term q_arm) const {
    switch (leaf[3]) {
      case fight: return curves_.fight(q_az);
      case capitulate: return curves_.concede();
      case press_on: return curves_.war(q_arm, 1.0 - at_.s) - at_.s * q_az;
      default: return brokered(leaf) - terms(leaf);
    }
  }

  Term russian(const Path& leaf, Term q_az, Term q_arm) const {
    const Term up = min(1.0 - at_.s, 2.0 * p_.stride * q_arm);
    switch (leaf[3]) {
      case fight: return curves_.patron(at_.s - curves_.taken(q_az) + up);
      case capitulate: return curves_.zero();
      case press_on: return curves_.patron(at_.s + up);
      default: return curves_.patron(at_.s - terms(leaf)) + p_.order;
    }
  }

  /// Who stops pays for it, less so when a broker finds both worn out.
  Term cost(const Path& path, const Menu& here, std::int32_t option) const {
    if (here.player == russia) return curves_.cost_of(option, path[0] == 1);
    const bool stops = (here.player == azerbaijan && option == stop) ||
                       (here.player == armenians && option == accept);
    if (!stops) return curves_.zero();
    const Term fever = p_.fever / p_.sharp;
    return path[1] == mediate ? fever * exp(-toll_ / p_.weary) : fever;
  }

  Numbers of_;
  Medians p_{of_};
  Situation at_{of_, 0.6, 0.8, 0.8};
  Term belt_ = of_(0.27);
  Term toll_ = of_(5.0);
  Curves curves_{p_, at_};
};

/// A number as the study prints it, and evaluated anew with 40 digits.
struct Golden {
  std::string name;
  double printed;  ///< ten decimals
  double exact;
};

void expect_golden(double value, const Golden& golden) {
  EXPECT_NEAR(value, golden.exact, 1e-9 * golden.exact) << golden.name;
  EXPECT_NEAR(value, golden.printed, 0.51e-10) << golden.name;
}

/// Probability of an option after a path.
struct GoldenChoice {
  Path path;
  std::size_t option;
  Golden golden;
};

template <class Game>
void expect_choices(Game& game, Solver& solver, const std::vector<GoldenChoice>& rows) {
  for (const GoldenChoice& row : rows) {
    expect_golden(game.number(solver.choice(row.path).at(row.option)), row.golden);
  }
}

const std::vector<GoldenChoice>& crisis_numbers() {
  static const std::vector<GoldenChoice> rows = {
      {{-1, -1, -1, -1}, 0, {"hold", .6797772782, 0.67977727816380696}},
      {{-1, -1, -1, -1}, 1, {"raid", .2505486709, 0.25054867092664223}},
      {{-1, -1, -1, -1}, 2, {"offensive", .0696740509, 0.069674050909550809}},
      {{2, -1, -1, -1}, 1, {"back", .9945113856, 0.99451138557328766}},
      {{2, 1, -1, -1}, 0, {"abstain after back", .8357911539, 0.83579115386120268}},
      {{2, 1, -1, -1}, 1, {"mediate after back", .1641027722, 0.16410277223675803}},
      {{2, 1, -1, -1}, 2, {"aid after back", .0001060739, 0.00010607390203929692}},
      {{2, 1, 0, -1}, 1, {"concede to abstain", .0771798046, 0.077179804551390104}},
      {{2, 1, 1, -1}, 1, {"concede to mediate", .0000235355, 2.3535491864723266e-5}},
      {{2, 1, 2, -1}, 1, {"concede to aid", .0008949453, 0.00089494526365758386}},
      {{1, -1, -1, -1}, 1, {"mediate after a raid", .1932042957, 0.19320429566903217}},
  };
  return rows;
}

TEST(Flagship, crisis) {
  for (const bool as_constants : {true, false}) {
    Crisis game(as_constants);
    Solver solver(game.builder(), game.form);
    expect_choices(game, solver, crisis_numbers());
  }
}

const std::vector<GoldenChoice>& campaign_numbers() {
  static const std::vector<GoldenChoice> rows = {
      {{-1, -1, -1, -1}, 1, {"back", .9945072929, 0.99450729293073721}},
      {{1, -1, -1, -1}, 0, {"abstain after back", .7017332100, 0.7017332099696067}},
      {{1, -1, -1, -1}, 1, {"mediate after back", .2979733417, 0.29797334167998757}},
      {{1, -1, -1, -1}, 2, {"aid after back", .0002934484, 0.000293448350405728}},
  };
  return rows;
}

void expect_leaf(Campaign& game, Solver& solver, std::int32_t reply, const Golden& golden) {
  const auto here = [&](const Path& end) {
    return game.builder().constant(end[3] == reply ? 1.0 : 0.0);
  };
  expect_golden(game.number(solver.probability({1, mediate, -1, -1}, here)), golden);
}

TEST(Flagship, campaign) {
  for (const bool as_constants : {true, false}) {
    Campaign game(as_constants);
    Solver solver(game.builder(), game.form);
    expect_choices(game, solver, campaign_numbers());
    expect_leaf(game, solver, Campaign::fight, {"both press", .3792745231, 0.37927452310422328});
    expect_leaf(game, solver, Campaign::capitulate, {"gives in", .3152643404, 0.3152643404447395});
    expect_leaf(game, solver, Campaign::press_on, {"one", .0000509741, 5.0974069382931647e-5});
    expect_leaf(game, solver, Campaign::accept, {"truce", .3054101624, 0.30541016238165429});
  }
}

}  // namespace
}  // namespace casus::games
