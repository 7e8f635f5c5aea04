// Any bytes for the text of a case.
#pragma once

#include <string>
#include <string_view>

namespace casus::fuzz {

/// Lexer, parser and formatter: a right text prints as a tree that prints the same, and its layout
/// in order changes neither tree nor, the second time, anything. Says what is not so.
std::string fault_of_reading(std::string_view text);

/// A whole case through every check, with one small table under any name that ends in ".csv".
std::string fault_of_checking(std::string_view text);

}  // namespace casus::fuzz
