// NLopt stands here only.
#include "case/climb.hpp"

#include "base/bug.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <memory>
#include <nlopt.h>

namespace casus::cases {
namespace {

/// What stands for the height of a point without one: steep, and a number.
constexpr double abyss = -1e100;

/// What NLopt asks through its C functions; exceptions wait until it has returned.
class Climber {
 public:
  Climber(const Heights& heights, const Grid& grid, std::span<const double> start)
      : heights_(heights), steps_(start.size(), grid.step), reach_(grid.reach) {
    best_.at.assign(start.begin(), start.end());
    best_.height = heights(start)[0];
    require(std::isfinite(best_.height), "a climb from a point without a height");
  }

  void by(nlopt_algorithm algorithm, int most) {
    const auto n = static_cast<unsigned>(best_.at.size());
    const std::unique_ptr<nlopt_opt_s, void (*)(nlopt_opt)> opt(nlopt_create(algorithm, n),
                                                                nlopt_destroy);
    opt_ = opt.get();
    nlopt_set_max_objective(opt_, ask, this);
    nlopt_set_lower_bounds1(opt_, -reach_);
    nlopt_set_upper_bounds1(opt_, reach_);
    nlopt_set_ftol_rel(opt_, 1e-13);
    nlopt_set_xtol_rel(opt_, 1e-9);
    nlopt_set_maxeval(opt_, most);
    std::vector<double> at = best_.at;
    double height = best_.height;
    result_ = nlopt_optimize(opt_, at.data(), &height);
    if (thrown_) std::rethrow_exception(thrown_);
  }

  bool failed() const { return result_ < 0; }
  const Peak& best() const { return best_; }

 private:
  static double ask(unsigned n, const double* at, double* slope, void* climber) {
    auto& self = *static_cast<Climber*>(climber);
    try {
      return self.height(std::span(at, n), std::span(slope, slope == nullptr ? 0 : n));
    } catch (...) {
      self.thrown_ = std::current_exception();
      nlopt_force_stop(self.opt_);
      return abyss;
    }
  }

  double height(std::span<const double> at, std::span<double> slope) {
    const double here = heights_(at)[0];
    if (here > best_.height) {
      best_.height = here;
      best_.at.assign(at.begin(), at.end());
    }
    if (!slope.empty()) {
      const std::vector<double> found = gradient(heights_, at, steps_);
      for (std::size_t i = 0; i < found.size(); ++i)
        slope[i] = std::isfinite(here) && std::isfinite(found[i]) ? found[i] : 0.0;
    }
    return std::isfinite(here) ? here : abyss;
  }

  const Heights& heights_;
  std::vector<double> steps_;
  double reach_;
  nlopt_opt opt_ = nullptr;
  nlopt_result result_ = NLOPT_SUCCESS;
  Peak best_;
  std::exception_ptr thrown_;
};

}  // namespace

std::vector<double> gradient(const Heights& heights, std::span<const double> at,
                             std::span<const double> steps) {
  const std::size_t d = at.size();
  std::vector<double> points;
  for (std::size_t i = 0; i < d; ++i) {
    for (const double sign : {1.0, -1.0}) {
      points.insert(points.end(), at.begin(), at.end());
      points[points.size() - d + i] += sign * steps[i];
    }
  }
  const std::vector<double> found = heights(points);
  std::vector<double> slopes(d);
  for (std::size_t i = 0; i < d; ++i)
    slopes[i] = (found[2 * i] - found[2 * i + 1]) / (2.0 * steps[i]);
  return slopes;
}

Peak climb(const Heights& heights, std::span<const double> start, const Grid& grid) {
  constexpr int most_gradients = 1000;
  constexpr int most_heights = 20'000;
  Climber climber(heights, grid, start);
  climber.by(NLOPT_LD_LBFGS, most_gradients);
  if (climber.failed()) climber.by(NLOPT_LN_SBPLX, most_heights);
  return climber.best();
}

}  // namespace casus::cases
