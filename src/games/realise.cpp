// The path a history takes through a solved game, by one uniform for every move.
#include "base/bug.hpp"
#include "games/choice.hpp"
#include "games/game.hpp"
#include "games/within.hpp"

#include <algorithm>

namespace casus::games {

using machine::Op;

namespace {

class Realisation {
 public:
  Realisation(Builder& builder, Solver& solver, const Drawing& drawing)
      : builder_(builder), solver_(solver), drawing_(drawing) {}

  /// The label of every move from `path` on.
  std::vector<Value> from(const Path& path) {
    const Menu* menu = solver_.menu(path);
    if (menu == nullptr) {
      return std::vector<Value>(path.size(), builder_.constant(not_reached));
    }
    const std::optional<std::int32_t>& fixed = drawing_.forced[menu->move];
    const auto& options = menu->options;
    if (fixed && std::find(options.begin(), options.end(), *fixed) != options.end()) {
      return taking(path, *menu, *fixed);
    }
    return drawn(path, *menu);
  }

 private:
  std::vector<Value> taking(const Path& path, const Menu& menu, std::int32_t option) {
    std::vector<Value> labels = from(after(path, menu, option));
    labels[menu.move] = builder_.constant(option);
    return labels;
  }

  std::vector<Value> drawn(const Path& path, const Menu& menu) {
    const std::vector<Value>& choice = solver_.choice(path);
    const std::vector<Value> shares = weights(builder_, choice);
    std::vector<std::vector<Value>> branches;
    std::vector<Value> thresholds;  // cumulative shares, by branch
    Value cumulative = builder_.constant(0.0);
    for (std::size_t k = 0; k < choice.size(); ++k) {
      if (known_zero(builder_, choice[k])) continue;
      branches.push_back(taking(path, menu, menu.options[k]));
      Value share = shares[k];
      if (drawing_.admitted)
        share = builder_.multiply(share, drawing_.admitted(after(path, menu, menu.options[k])));
      cumulative = builder_.add(cumulative, share);
      thresholds.push_back(cumulative);
    }
    // One bad logit spoils every share of its menu: looking at one is enough.
    builder_.must_be_finite(thresholds.front());
    // The last branch needs no threshold: rounding cannot leave a draw without an option.
    std::vector<Value> labels = branches.back();
    Value uniform = drawing_.uniforms[menu.move];
    if (drawing_.admitted) uniform = builder_.multiply(uniform, cumulative);
    for (std::size_t k = branches.size() - 1; k-- > 0;) {
      const Value here = builder_.apply(Op::less, uniform, thresholds[k]);
      for (std::size_t move = 0; move < labels.size(); ++move) {
        if (labels[move] == branches[k][move]) continue;
        labels[move] = builder_.select(here, branches[k][move], labels[move]);
      }
    }
    return labels;
  }

  Builder& builder_;
  Solver& solver_;
  const Drawing& drawing_;
};

}  // namespace

std::vector<Value> realise(Builder& builder, const Form& form, Solver& solver,
                           const Drawing& drawing) {
  require(drawing.uniforms.size() == form.n_moves && drawing.forced.size() == form.n_moves,
          "uniforms or forced options of other moves");
  const Within place(builder, solver.region(), solver.origin());
  return Realisation(builder, solver, drawing).from(solver.opening());
}

}  // namespace casus::games
