// Tables of symbols.
#include "language/symbols.hpp"

#include <algorithm>
#include <array>

namespace casus::language {
namespace {

/// Longer ones before their beginnings.
constexpr std::array symbols{
    Symbol{"==", TokenKind::equal},      Symbol{"!=", TokenKind::not_equal},
    Symbol{"<=", TokenKind::less_equal}, Symbol{">=", TokenKind::greater_equal},
    Symbol{":=", TokenKind::define},     Symbol{"<", TokenKind::less},
    Symbol{">", TokenKind::greater},     Symbol{"=", TokenKind::assign},
    Symbol{"~", TokenKind::tilde},       Symbol{"+", TokenKind::plus},
    Symbol{"-", TokenKind::minus},       Symbol{"*", TokenKind::star},
    Symbol{"/", TokenKind::slash},       Symbol{"^", TokenKind::caret},
    Symbol{"(", TokenKind::open_round},  Symbol{")", TokenKind::close_round},
    Symbol{"[", TokenKind::open_square}, Symbol{"]", TokenKind::close_square},
    Symbol{"{", TokenKind::open_brace},  Symbol{"}", TokenKind::close_brace},
    Symbol{",", TokenKind::comma},       Symbol{":", TokenKind::colon},
    Symbol{".", TokenKind::dot},         Symbol{"|", TokenKind::bar},
};

/// Longer ones before their beginnings.
constexpr std::array foreign{
    ForeignSymbol{"===", "equality is written `==`"},
    ForeignSymbol{"!==", "inequality is written `!=`"},
    ForeignSymbol{"&&", "write `and`"},
    ForeignSymbol{"||", "write `or`"},
    ForeignSymbol{"**", "powers are written `^`"},
    ForeignSymbol{"//", "a comment begins with `#`"},
    ForeignSymbol{"/*", "a comment begins with `#` and ends with its line"},
    ForeignSymbol{"<>", "inequality is written `!=`"},
    ForeignSymbol{"=>", "write `>=`, or `:` between a condition and its value"},
    ForeignSymbol{"=<", "write `<=`"},
    ForeignSymbol{"+=", "write the sum out: `x = x + 1`"},
    ForeignSymbol{"->", "write `:` between a condition and its value"},
    ForeignSymbol{"!", "write `not`"},
    ForeignSymbol{"&", "write `and`"},
    ForeignSymbol{"%", "write a share as a number, `0.05` for 5 %"},
    ForeignSymbol{";", "statements end with their line"},
    ForeignSymbol{"?", "write a choice as `(a if condition else b)`"},
};

template <class Rows>
auto find_beginning(const Rows& rows, std::string_view text) {
  const auto row = std::find_if(rows.begin(), rows.end(), [text](const auto& each) {
    return text.substr(0, each.text.size()) == each.text;
  });
  return row == rows.end() ? nullptr : &*row;
}

}  // namespace

const Symbol* find_symbol(std::string_view text) { return find_beginning(symbols, text); }

const ForeignSymbol* find_foreign_symbol(std::string_view text) {
  const ForeignSymbol* foreign_symbol = find_beginning(foreign, text);
  const bool ours = text.substr(0, 2) == "!=" && text.substr(0, 3) != "!==";
  return ours ? nullptr : foreign_symbol;
}

}  // namespace casus::language
