// Which dates are moved, and by how much.
#include "case/moved_dates.hpp"

#include "base/text.hpp"
#include "case/request.hpp"
#include "case/stop.hpp"
#include "language/dated.hpp"

#include <cmath>
#include <fmt/format.h>

namespace casus::cases {
namespace {

constexpr std::string_view removed = "removed";

}  // namespace

std::string move_text(const MovedDates& moved) {
  return fmt::format("{}={}", moved.name,
                     moved.months ? fmt::format("{:+}", *moved.months) : std::string(removed));
}

std::optional<MovedDates> moved_dates(std::string_view text) {
  constexpr double most = 1200.0;
  const std::size_t sign = text.find('=');
  if (sign == std::string_view::npos) return {};
  const std::string name(trim(text.substr(0, sign)));
  const std::string_view where = trim(text.substr(sign + 1));
  if (name.empty()) return {};
  if (where == removed) return MovedDates{.name = name};
  const std::optional<double> months = parse_number(where);
  if (!months || *months != std::trunc(*months) || std::fabs(*months) > most) return {};
  return MovedDates{.name = name, .months = static_cast<std::int32_t>(*months)};
}

std::vector<std::string> dated_names(const language::Model& model) {
  std::vector<std::string> names;
  for (const language::QuantityId id : language::dated_quantities(model))
    names.push_back(model[id].name.text);
  return names;
}

language::Model with_moved_dates(const language::Model& model, const MovedDates& moved) {
  language::Model made = model;
  const Date never{.year = date_of(model.steps.last_day.back()).year + 1};
  language::redate(made, model.quantity_named.at(moved.name), [&](const Date& date) {
    return moved.months ? add_months(date, *moved.months) : never;
  });
  return made;
}

void move_dates(LoadedCase& loaded, const Request& request) {
  const std::vector<std::string> names = dated_names(loaded.model);
  for (const MovedDates& moved : request.moved) {
    if (is_among(moved.name, names)) {
      loaded.model = with_moved_dates(loaded.model, moved);
      continue;
    }
    if (names.empty())
      stop("R109", fmt::format("{} has no lets or events with dates", loaded.name), "");
    const auto meant = nearest(moved.name, names);
    stop("R105", fmt::format("no let or event '{}' with dates in {}", moved.name, loaded.name),
         meant ? fmt::format("did you mean '{}'?", *meant)
               : fmt::format("dates are in {}", join_text(names, ", ")));
  }
}

}  // namespace casus::cases
