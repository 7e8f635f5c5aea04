// A case whose dated indices lie elsewhere: who coded them knew what came later, so that an answer
// should not hang on a date.
#pragma once

#include "case/load.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus::cases {

struct Request;

/// The dates that one quantity's definition names.
struct MovedDates {
  std::string name;                      ///< of a let or an event
  std::optional<std::int32_t> months{};  ///< later, or earlier below zero; none: never reached

  friend bool operator==(const MovedDates&, const MovedDates&) = default;
};

/// "commitment=-24", "commitment=removed"
std::string move_text(const MovedDates& moved);

/// The opposite; nothing for other texts and for more than a hundred years.
std::optional<MovedDates> moved_dates(std::string_view text);

/// Names of the lets and events whose definitions name dates.
std::vector<std::string> dated_names(const language::Model& model);

/// A copy in which they lie elsewhere; `moved.name` is among `dated_names`.
language::Model with_moved_dates(const language::Model& model, const MovedDates& moved);

/// Moves what the request asks for. Throws `Stop` where the case has no such dates (R105, R109).
void move_dates(LoadedCase& loaded, const Request& request);

}  // namespace casus::cases
