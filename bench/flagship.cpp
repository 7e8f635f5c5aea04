// Question: what does a month of the Nagorno-Karabakh case cost, the baseline over all 385 months,
// when only its measures are wanted, and when every output of every month is?
#include "machines.hpp"

namespace casus::bench {
namespace {

constexpr std::string_view path = "cases/nagorno-karabakh/model.casus";
constexpr Question measures{.path = path, .n_reference = 16};
constexpr Question outputs{.path = path, .outputs = true, .n_reference = 16};

BENCHMARK_CAPTURE(reference, measures, measures);
BENCHMARK_CAPTURE(reference, outputs, outputs);
BENCHMARK_CAPTURE(lanes, measures, measures)->Arg(0)->Arg(128)->Arg(512);
BENCHMARK_CAPTURE(lanes, outputs, outputs)->Arg(0)->Arg(128)->Arg(512);

}  // namespace
}  // namespace casus::bench
