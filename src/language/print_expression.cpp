// Expressions as canonical text.
#include "base/calendar.hpp"
#include "base/text.hpp"
#include "language/print.hpp"
#include "language/print_parts.hpp"

#include <array>
#include <string_view>

namespace casus::language {
namespace {

/// How tightly an expression holds together; an operand looser than its place needs brackets.
enum class Level : std::uint8_t {
  whole,  ///< reaches to the right as far as it can
  either,
  both,
  negation,
  placed,
  comparison,
  sum,
  product,
  sign,
  power,
  primary,
};

constexpr Level tighter(Level level) {
  return level == Level::primary ? level : Level(static_cast<int>(level) + 1);
}

struct OperatorText {
  BinaryKind kind;
  std::string_view text;
  Level level;
};

constexpr std::array operators{
    OperatorText{BinaryKind::add, " + ", Level::sum},
    OperatorText{BinaryKind::subtract, " - ", Level::sum},
    OperatorText{BinaryKind::multiply, " * ", Level::product},
    OperatorText{BinaryKind::divide, " / ", Level::product},
    OperatorText{BinaryKind::power, "^", Level::power},
    OperatorText{BinaryKind::less, " < ", Level::comparison},
    OperatorText{BinaryKind::less_equal, " <= ", Level::comparison},
    OperatorText{BinaryKind::greater, " > ", Level::comparison},
    OperatorText{BinaryKind::greater_equal, " >= ", Level::comparison},
    OperatorText{BinaryKind::equal, " == ", Level::comparison},
    OperatorText{BinaryKind::not_equal, " != ", Level::comparison},
    OperatorText{BinaryKind::logical_and, " and ", Level::both},
    OperatorText{BinaryKind::logical_or, " or ", Level::either},
};

const OperatorText& row_of(BinaryKind kind) { return operators.at(static_cast<std::size_t>(kind)); }

constexpr std::array<std::string_view, 7> reduce_words{"sum", "product", "max",  "min",
                                                       "any", "all",     "count"};
constexpr std::array<std::string_view, 10> steps_words{
    "any", "all", "share", "rate", "total", "mean", "highest", "lowest", "first date", "last date"};

bool is_date_of(StepsKind kind) {
  return kind == StepsKind::first_date || kind == StepsKind::last_date;
}

/// The level of an expression, by its kind.
struct LevelOf {
  Level operator()(const Unary& unary) const {
    return unary.kind == UnaryKind::negate ? Level::sign : Level::negation;
  }
  Level operator()(const Binary& binary) const { return row_of(binary.kind).level; }
  Level operator()(const Call& call) const {
    return call.otherwise == no_node ? Level::primary : Level::sign;
  }
  Level operator()(const Reduce& reduce) const {
    return reduce.otherwise == no_node ? Level::primary : Level::sign;
  }
  Level operator()(const OverSteps& steps) const {
    return is_date_of(steps.kind) ? Level::whole : Level::primary;
  }
  Level operator()(const AtDate&) const { return Level::placed; }
  Level operator()(const InRange&) const { return Level::placed; }
  Level operator()(const Membership&) const { return Level::placed; }
  template <class Other>
  Level operator()(const Other&) const {
    return Level::primary;
  }
};

/// Appends expressions to one text.
class Writer {
 public:
  explicit Writer(const Tree& tree) : tree_(tree) {}

  void write(NodeId node, Level at_least) {
    if (node == no_node) return;
    const Expression& expression = tree_[node].expression;
    const bool brackets = std::visit(LevelOf{}, expression) < at_least;
    if (brackets) text_ += '(';
    std::visit(*this, expression);
    if (brackets) text_ += ')';
  }
  void write(NodeId node) { write(node, Level::whole); }
  std::string take() { return std::move(text_); }

  void operator()(const Number& number) { text_ += to_text(number.value); }
  void operator()(const NumberWithUnit& number);
  void operator()(const DateValue& date) { text_ += to_text(date.date); }
  void operator()(const Name& name) { text_ += print(name.word); }
  void operator()(const Element& element);
  void operator()(const Call& call);
  void operator()(const Probability& probability);
  void operator()(const Unary& unary);
  void operator()(const Binary& binary);
  void operator()(const Choice& choice);
  void operator()(const Reduce& reduce);
  void operator()(const OverSteps& steps);
  void operator()(const AtDate& at);
  void operator()(const InRange& in);
  void operator()(const Membership& membership);

  void write_arguments(const std::vector<NodeId>& values, const std::vector<Word>& names,
                       Level first_at_least);
  void write_range(const DateRange& range);

 private:
  void write_binder(const Binder& binder);
  void write_qualifier(const Word& qualifier) {
    if (!qualifier.empty()) text_ += qualifier.text + '.';
  }
  void write_after(std::string_view word, NodeId node, Level at_least) {
    if (node == no_node) return;
    text_ += word;
    write(node, at_least);
  }

  const Tree& tree_;
  std::string text_{};
};

// Brackets keep a unit in quotes from being read as the description of a statement.
void Writer::operator()(const NumberWithUnit& number) {
  const std::string plain = to_text(number.value) + ' ' + print(number.unit);
  text_ += number.unit.quoted ? '(' + plain + ')' : plain;
}

void Writer::operator()(const Element& element) {
  text_ += element.name.text + '[';
  for (std::size_t i = 0; i < element.indices.size(); ++i) {
    if (i > 0) text_ += ", ";
    write(element.indices[i]);
  }
  text_ += ']';
}

void Writer::write_arguments(const std::vector<NodeId>& values, const std::vector<Word>& names,
                             Level first_at_least) {
  text_ += '(';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) text_ += ", ";
    if (!names[i].empty()) text_ += names[i].text + " = ";
    write(values[i], i == 0 ? first_at_least : Level::whole);
  }
  text_ += ')';
}

// `max(x in S, 3)` would begin a reduction.
void Writer::operator()(const Call& call) {
  const std::string& name = call.function.text;
  const bool reduction = name == "sum" || name == "product" || name == "max" || name == "min";
  write_qualifier(call.qualifier);
  text_ += name;
  write_arguments(call.arguments, call.argument_names, reduction ? Level::sum : Level::whole);
  write_after(" otherwise ", call.otherwise, Level::sign);
}

void Writer::operator()(const Probability& probability) {
  write_qualifier(probability.qualifier);
  text_ += "prob(";
  write(probability.event);
  write_after(" given ", probability.given, Level::whole);
  text_ += ')';
}

void Writer::operator()(const Unary& unary) {
  const bool negate = unary.kind == UnaryKind::negate;
  text_ += negate ? "-" : "not ";
  write(unary.operand, negate ? Level::sign : Level::negation);
}

void Writer::operator()(const Binary& binary) {
  const OperatorText& row = row_of(binary.kind);
  const bool chains = row.level != Level::comparison && row.level != Level::power;
  write(binary.left, chains ? row.level : tighter(row.level));
  text_ += row.text;
  write(binary.right, row.level == Level::power ? Level::sign : tighter(row.level));
}

void Writer::operator()(const Choice& choice) {
  text_ += '(';
  for (const Choice::Arm& arm : choice.arms) {
    write(arm.value);
    text_ += " if ";
    write(arm.condition);
    if (&arm != &choice.arms.back()) text_ += " else ";
  }
  write_after(" else ", choice.otherwise, Level::whole);
  text_ += ')';
}

void Writer::write_binder(const Binder& binder) {
  text_ += binder.name.text + " in " + binder.set.text;
  if (binder.link.empty()) return;
  write_arguments(binder.link, std::vector<Word>(binder.link.size()), Level::whole);
}

void Writer::operator()(const Reduce& reduce) {
  text_ += reduce_words.at(static_cast<std::size_t>(reduce.kind));
  text_ += '(';
  for (std::size_t i = 0; i < reduce.binders.size(); ++i) {
    if (i > 0) text_ += ", ";
    write_binder(reduce.binders[i]);
  }
  write_after(" if ", reduce.condition, Level::whole);
  write_after(": ", reduce.body, Level::whole);
  text_ += ')';
  write_after(" default ", reduce.otherwise, Level::sign);
}

void Writer::write_range(const DateRange& range) {
  write_after(" from ", range.from, Level::sign);
  write_after(" to ", range.to, Level::sign);
}

// The range of a date could be taken for that of its body.
void Writer::operator()(const OverSteps& steps) {
  text_ += steps_words.at(static_cast<std::size_t>(steps.kind));
  const bool brackets = !is_date_of(steps.kind) || steps.range.written();
  text_ += brackets ? (is_date_of(steps.kind) ? " (" : "(") : " ";
  write(steps.body);
  write_after(" while ", steps.condition, Level::whole);
  if (brackets) text_ += ')';
  write_range(steps.range);
}

void Writer::operator()(const AtDate& at) {
  write(at.body, Level::placed);
  write_after(" at ", at.date, Level::sign);
}

void Writer::operator()(const InRange& in) {
  write(in.body, Level::placed);
  write_after(" in ", in.range.from, Level::sign);
  write_after(" to ", in.range.to, Level::sign);
}

void Writer::operator()(const Membership& membership) {
  write(membership.body, Level::placed);
  text_ += membership.bracketed ? " in (" : " in ";
  text_ += print(membership.members);
  if (membership.bracketed) text_ += ')';
}

}  // namespace

std::string print(const Tree& tree, NodeId node) {
  Writer writer(tree);
  writer.write(node);
  return writer.take();
}

std::string print(const Tree& tree, const LawCall& law) {
  if (!law.over.empty()) {
    const Binder& binder = law.over.front();
    std::string set = print(binder.set);
    if (!binder.link.empty()) set += '(' + print(tree, binder.link.front()) + ')';
    return law.law.text + '(' + print(binder.name) + " in " + set + ": " +
           print(tree, law.arguments.front()) + ')';
  }
  Writer writer(tree);
  writer.write_arguments(law.arguments, law.argument_names, Level::whole);
  return law.law.text + writer.take();
}

std::string print(const Tree& tree, const DateRange& range) {
  Writer writer(tree);
  writer.write_range(range);
  return writer.take();
}

std::string print_value(const Tree& tree, NodeId node, std::size_t indent) {
  const Choice* choice = node == no_node ? nullptr : std::get_if<Choice>(&tree[node].expression);
  if (choice == nullptr) return print(tree, node);
  constexpr std::size_t step = 4;
  const std::string margin = '\n' + std::string(indent, ' ');
  std::string text = "cases";
  for (const Choice::Arm& arm : choice->arms) {
    text +=
        margin + print(tree, arm.condition) + " : " + print_value(tree, arm.value, indent + step);
  }
  if (choice->otherwise == no_node) return text;
  return text + margin + "otherwise : " + print_value(tree, choice->otherwise, indent + step);
}

}  // namespace casus::language
