// A page of small panels of one size, the farthest off first.
#pragma once

#include "case/svg.hpp"

#include <cstddef>
#include <string>

namespace casus::cases::panels {

constexpr double width = 200.0;
constexpr double height = 90.0;
constexpr std::size_t most = 24;

/// The upper left corner of panel i.
Point corner(std::size_t i);

/// A page for n panels with its title.
Svg page(std::size_t n, const std::string& title);

/// Two lines below the panels.
void notes(Svg& svg, std::size_t n, const std::string& first, const std::string& second);

/// What a panel shows, above it to the left, and its figure to the right.
void heading(Svg& svg, Point corner, const std::string& name, const std::string& figure);

}  // namespace casus::cases::panels
