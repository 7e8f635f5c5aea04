// Words as assignments, in the signs of the language where it has them.
#include "machine/lanes/listing.hpp"

#include "base/bug.hpp"
#include "base/text.hpp"
#include "machine/lanes/columns.hpp"

#include <array>

namespace casus::machine {
namespace {

constexpr std::array letters{PlaceLetter{"r", "a column over the piece's lanes, reused"},
                             PlaceLetter{"s", "a column over parameter sets"},
                             PlaceLetter{"t", "a number of the step"},
                             PlaceLetter{"d", "a datum over steps"},
                             PlaceLetter{"p", "a parameter, a column over sets"},
                             PlaceLetter{"x", "a state at the step's start"},
                             PlaceLetter{"y", "a state at the step's end"},
                             PlaceLetter{"a", "a number that a measure folds over steps"}};

std::string_view sign_of(Op op) {
  switch (op) {
    case Op::add: return " + ";
    case Op::subtract: return " - ";
    case Op::multiply: return " * ";
    case Op::divide: return " / ";
    case Op::power: return " ^ ";
    case Op::less: return " < ";
    case Op::less_equal: return " <= ";
    case Op::equal: return " == ";
    case Op::not_equal: return " != ";
    case Op::logical_and: return " and ";
    case Op::logical_or: return " or ";
    default: return "";
  }
}

std::string name_of(Fold fold) {
  switch (fold) {
    case Fold::sum: return "sum";
    case Fold::highest: return "highest";
    case Fold::lowest: return "lowest";
    case Fold::first: return "first step";
    case Fold::last: return "last step";
    case Fold::at: break;
  }
  return "value";
}

bool is_of_sets(Area area) {
  return area == Area::parameter || area == Area::set_state || area == Area::set_next ||
         area == Area::set_value;
}

std::string numbered(std::string_view letter, std::uint32_t number) {
  return std::string(letter) + std::to_string(number);
}

std::string named(std::span<const std::string> names, std::uint32_t number,
                  std::string_view letter) {
  return number < names.size() ? names[number] : numbered(letter, number);
}

class Lister {
 public:
  Lister(const Piece& piece, const PlaceNames& names, std::span<const Accumulator> accumulators)
      : piece_(piece), names_(names), accumulators_(accumulators) {}

  std::string text(const Word& word) const {
    switch (word.action) {
      case Action::apply: return out(word) + expression(word);
      case Action::spread: return out(word) + (is_copied(word) ? "spread " : "") + at(word.a);
      case Action::uniform: return out(word) + "uniform";
      case Action::sample: return out(word) + "draw " + law(word) + where(word, word.c);
      case Action::quantile:
        return out(word) + "quantile " + law(word) + " at " + at(word.b) + where(word, word.c);
      case Action::log_density:
        return out(word) + "log density " + law(word) + " at " + at(word.b) + where(word, word.c);
      case Action::guard: return "if any " + at(word.a) + ":";
      case Action::check: return "finite " + at(word.a) + where(word, word.b);
      case Action::fold:
        return "fold " + named(names_.accumulators, word.detail, "a") + " = " +
               name_of(accumulators_[word.detail].fold) + " of " + at(word.a) + where(word, word.b);
      case Action::output:
        return "output " + named(names_.outputs, word.detail, "") + " = " + at(word.a);
    }
    throw Bug("a word of an unknown kind");
  }

 private:
  std::string out(const Word& word) const { return at(word.out) + " = "; }

  std::string at(const Place& place) const {
    const std::uint32_t number = place.index;
    switch (place.area) {
      case Area::constant: return casus::to_text(piece_.constants[number]);
      case Area::step: return numbered("t", number);
      case Area::series: return numbered("d", number);
      case Area::parameter: return named(names_.parameters, number, "p");
      case Area::set_state:
      case Area::state: return named(names_.states, number, "x");
      case Area::set_next:
      case Area::next: return next(number);
      case Area::set_value: return numbered("s", number);
      case Area::lane: break;
    }
    return numbered("r", number);
  }

  std::string next(std::uint32_t state) const {
    return state < names_.states.size() ? "next " + names_.states[state] : numbered("y", state);
  }

  std::string expression(const Word& word) const {
    const std::string a = at(word.a);
    if (word.op == Op::negate) return "-" + a;
    if (word.op == Op::multiply_add) return a + " * " + at(word.b) + " + " + at(word.c);
    if (word.op == Op::multiply_subtract) return a + " * " + at(word.b) + " - " + at(word.c);
    if (word.op == Op::subtract_product) return at(word.c) + " - " + a + " * " + at(word.b);
    if (word.op == Op::select) return at(word.b) + " if " + a + " else " + at(word.c);
    const std::string_view name = operation(word.op).name;
    if (operation(word.op).arity == 3)
      return std::string(name) + "(" + a + ", " + at(word.b) + ", " + at(word.c) + ")";
    if (operation(word.op).arity == 1) return std::string(name) + " " + a;
    const std::string_view sign = sign_of(word.op);
    if (sign.empty()) return std::string(name) + "(" + a + ", " + at(word.b) + ")";
    return a + std::string(sign) + at(word.b);
  }

  std::string law(const Word& word) const {
    const Call& call = piece_.calls[word.detail];
    std::vector<std::string> arguments;
    for (const Place& argument : call.arguments) arguments.push_back(at(argument));
    return std::string(call.law->name) + "(" + join_text(arguments, ", ") + ")";
  }

  std::string where(const Word& word, const Place& mask) const {
    return word.has_mask ? " where " + at(mask) : "";
  }

  bool is_copied(const Word& word) const {
    return piece_.rate == Rate::history && is_of_sets(word.a.area);
  }

  const Piece& piece_;
  const PlaceNames& names_;
  std::span<const Accumulator> accumulators_;
};

/// The instruction by which the program reads a series.
std::uint32_t reader_of(const Program& program, std::uint32_t series) {
  for (std::uint32_t i = 0; i < program.code.size(); ++i) {
    if (program.code[i].op == Op::series && program.code[i].a == series) return i;
  }
  throw Bug("a series that the program does not read");
}

/// The instruction whose value the step piece has in the column at its end.
std::uint32_t writer_of(const Piece& piece, std::uint32_t column) {
  for (auto at = piece.words.rbegin(); at != piece.words.rend(); ++at) {
    if (writes(at->action) && at->out == Place{Area::lane, column}) return at->source;
  }
  throw Bug("a number of the step that nothing computes");
}

}  // namespace

std::vector<ListedWord> listing(const Piece& piece, const Program& program, const PlaceNames& names,
                                const RunSize& size) {
  const Lister lister(piece, names, size.accumulators);
  const std::vector<double> costs = costs_of(piece, size);
  std::vector<ListedWord> lines;
  std::vector<std::uint32_t> ends;
  for (std::uint32_t i = 0; i < piece.words.size(); ++i) {
    const Word& word = piece.words[i];
    while (!ends.empty() && ends.back() <= i) ends.pop_back();
    lines.push_back({.number = i,
                     .depth = static_cast<std::uint32_t>(ends.size()),
                     .text = lister.text(word),
                     .origin = program.origin[word.source],
                     .cost = costs[i]});
    if (word.action == Action::guard) ends.push_back(word.detail);
  }
  return lines;
}

std::vector<ListedWord> listing_of_row(const Code& code, const Program& program) {
  std::vector<ListedWord> lines;
  for (std::uint32_t i = 0; i < code.step_row.size(); ++i) {
    const Place& from = code.step_row[i];
    const bool is_datum = from.area == Area::series;
    const std::uint32_t value =
        is_datum ? reader_of(program, from.index) : writer_of(code.step, from.index);
    lines.push_back({.number = i,
                     .text = numbered("t", i) + " = " + numbered(is_datum ? "d" : "r", from.index),
                     .origin = program.origin[value]});
  }
  return lines;
}

std::span<const PlaceLetter> place_letters() { return letters; }

}  // namespace casus::machine
