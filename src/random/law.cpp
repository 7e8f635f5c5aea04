// Whether arguments lie in the domains of a law.
#include "random/law.hpp"

#include "base/bug.hpp"

#include <cmath>

namespace casus::random {
namespace {

bool in_domain(Domain domain, double value, double first) {
  if (!std::isfinite(value)) return false;
  switch (domain) {
    case Domain::finite: return true;
    case Domain::positive: return value > 0.0;
    case Domain::non_negative: return value >= 0.0;
    case Domain::probability: return value >= 0.0 && value <= 1.0;
    case Domain::whole: return value >= 0.0 && value <= 0x1p53 && std::floor(value) == value;
    case Domain::above_low: return value > first;
  }
  throw Bug("unknown domain of an argument");
}

}  // namespace

bool valid(const Law& law, Arguments args) {
  return args.size() == law.parameters.size() && !first_invalid(law, args);
}

std::optional<std::size_t> first_invalid(const Law& law, Arguments args) {
  require(args.size() == law.parameters.size(), "a law was given the wrong number of arguments");
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (!in_domain(law.parameters[i].domain, args[i], args[0])) return i;
  }
  return std::nullopt;
}

std::string_view requirement(Domain domain) {
  switch (domain) {
    case Domain::finite: return "must be finite";
    case Domain::positive: return "must be positive";
    case Domain::non_negative: return "must be zero or more";
    case Domain::probability: return "must lie between 0 and 1";
    case Domain::whole: return "must be a whole number, zero or more";
    case Domain::above_low: return "must be greater than low";
  }
  throw Bug("unknown domain of an argument");
}

}  // namespace casus::random
