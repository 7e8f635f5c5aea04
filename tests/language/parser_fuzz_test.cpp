// Random texts and trees: nothing crashes or hangs, places stay inside their texts, and what is
// printed reads back as the same tree.
#include "base/codes.hpp"
#include "language/every_construct.hpp"
#include "language/parsing.hpp"
#include "language/shape.hpp"

#include <gtest/gtest.h>
#include <random>

namespace casus::language {
namespace {

/// Numbers below a bound; the engine's sequence is fixed by the standard, distributions are not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t below(std::uint64_t n) { return engine_() % n; }
  template <class Choices>
  const auto& one_of(const Choices& choices) {
    return choices[below(std::size(choices))];
  }

 private:
  std::mt19937_64 engine_;
};

/// What must hold of any text at all.
void examine(const std::string& text) {
  const Parsed parsed = parse(text);
  for (const Diagnostic& each : parsed.found.sorted()) {
    ASSERT_NE(find_code(each.code), nullptr) << each.code;
    ASSERT_LE(each.primary.span.begin, each.primary.span.end) << text;
    ASSERT_LE(each.primary.span.end, text.size()) << text;
    ASSERT_FALSE(each.message.empty());
    for (const Label& label : each.related) ASSERT_LE(label.span.end, text.size()) << text;
  }
  ASSERT_FALSE(parsed.found.size() > 0 && parsed.problems().empty());
  const std::string printed = parsed.printed();
  const Parsed again = parse(printed);
  // A second `case` is kept in the tree.
  const bool two_cases = again.codes() == std::vector<std::string>(again.found.size(), "P006");
  ASSERT_TRUE(two_cases) << text << "\n--- printed\n" << printed << again.problems();
  ASSERT_EQ(again.printed(), printed) << text;
}

TEST(ParserFuzz, EveryConstructPrintsAndReadsBack) {
  const Parsed parsed = parse(every_construct);
  EXPECT_EQ(parsed.problems(), "");
  EXPECT_EQ(parsed.tree.statements.size(), 53U);
  examine(std::string(every_construct));
}

constexpr std::array<std::string_view, 96> soup{
    "casus ",  "case ",     "include ", "set ",       "link ",    "data ",      "event ",
    "param ",  "function ", "state ",   "let ",       "draw ",    "observe ",   "game ",
    "treaty ", "explain ",  "whatif ",  "start ",     "measure ", "time ",      "claims ",
    "from ",   "to ",       "by ",      "unit ",      "because ", "while ",     "rationality ",
    "errors ", "logit ",    "payoff ",  "cost ",      "ends ",    "when ",      "after ",
    "for ",    "then ",     "free ",    "commits ",   "given ",   "cases ",     "otherwise ",
    "if ",     "else ",     "and ",     "or ",        "not ",     "in ",        "at ",
    "end ",    "sum",       "max",      "count",      "any",      "share",      "first date ",
    "prob",    "worth",     "value",    "a ",         "b ",       "S ",         "x",
    "f",       "3 ",        "0.5 ",     "2020 ",      "2020-09 ", "30 months ", "\"t\" ",
    "+ ",      "- ",        "* ",       "/ ",         "^ ",       "== ",        "< ",
    "= ",      ":= ",       "~ ",       "( ",         ") ",       "[ ",         "] ",
    "{ ",      "} ",        ", ",       ": ",         ".",        "| ",         "\n",
    "\n",      "\n    ",    "\n    ",   "\n        ", "# c\n"};

TEST(ParserFuzz, SurvivesTokenSoup) {
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    Dice dice(seed);
    std::string text;
    for (std::size_t n = 1 + dice.below(60); n > 0; --n) text += dice.one_of(soup);
    ASSERT_NO_FATAL_FAILURE(examine(text)) << "seed " << seed;
  }
}

TEST(ParserFuzz, SurvivesRandomBytes) {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    Dice dice(seed);
    std::string text;
    for (std::size_t n = dice.below(80); n > 0; --n) {
      text += static_cast<char>(dice.below(10) == 0 ? dice.below(256) : 32 + dice.below(95));
    }
    ASSERT_NO_FATAL_FAILURE(examine(text)) << "seed " << seed;
  }
}

/// One change somewhere in `text`: bytes lost, doubled, moved or replaced.
void mutate(std::string& text, Dice& dice) {
  const std::size_t at = dice.below(text.size());
  const std::size_t length = std::min(text.size() - at, 1 + dice.below(12));
  switch (dice.below(6)) {
    case 0: text.erase(at, length); break;
    case 1: text.insert(at, text.substr(at, length)); break;
    case 2: text.insert(dice.below(text.size()), text.substr(at, length)); break;
    case 3: text.insert(at, dice.one_of(soup)); break;
    case 4: text[at] = static_cast<char>(32 + dice.below(95)); break;
    default: text.replace(at, length, dice.one_of(soup)); break;
  }
}

TEST(ParserFuzz, SurvivesChangesOfAModel) {
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    Dice dice(seed);
    std::string text(every_construct);
    for (std::size_t n = 1 + dice.below(8); n > 0; --n) mutate(text, dice);
    ASSERT_NO_FATAL_FAILURE(examine(text)) << "seed " << seed;
  }
}

TEST(ParserFuzz, SurvivesEveryEndOfAModel) {
  for (std::size_t end = 0; end < every_construct.size(); end += 13) {
    ASSERT_NO_FATAL_FAILURE(examine(std::string(every_construct.substr(0, end)))) << end;
  }
}

/// Random expressions of all kinds.
class Grower {
 public:
  Grower(Tree& tree, Dice& dice) : tree_(tree), dice_(dice) {}

  NodeId grow(std::size_t depth) {
    if (depth == 0) return leaf();
    switch (dice_.below(11)) {
      case 0:
      case 1:
      case 2: return binary(depth);
      case 3: return unary(depth);
      case 4: return choice(depth);
      case 5: return reduce(depth);
      case 6: return over_steps(depth);
      case 7: return call(depth);
      case 8: return add(Element{.name = word(), .indices = several(depth)});
      case 9: return placed(depth);
      default: return leaf();
    }
  }

 private:
  NodeId add(Expression expression) { return tree_.add(std::move(expression), {}); }
  bool coin() { return dice_.below(2) == 0; }
  Word word() { return {.text = std::string(1, "abcxyz"[dice_.below(6)]), .span = {}}; }
  Word quoted() { return {.text = "a b", .span = {}, .quoted = true}; }
  NodeId maybe(std::size_t depth) { return coin() ? grow(depth - 1) : no_node; }
  std::vector<NodeId> several(std::size_t depth) {
    std::vector<NodeId> nodes;
    for (std::size_t n = 1 + dice_.below(2); n > 0; --n) nodes.push_back(grow(depth - 1));
    return nodes;
  }
  NodeId date() {
    if (coin()) return add(DateValue{{.year = 2020, .month = 9, .day = 0}});
    return coin() ? add(Number{2018}) : add(Name{{.text = "end", .span = {}}});
  }
  NodeId leaf() {
    switch (dice_.below(5)) {
      case 0: return add(Number{static_cast<double>(dice_.below(9))});
      case 1: return add(NumberWithUnit{.value = 2, .unit = {.text = "months", .span = {}}});
      case 2: return add(NumberWithUnit{.value = 1, .unit = quoted()});
      case 3: return add(Name{quoted()});
      default: return add(Name{word()});
    }
  }
  NodeId binary(std::size_t depth) {
    const auto kind = static_cast<BinaryKind>(dice_.below(13));
    const NodeId left = grow(depth - 1);
    return add(Binary{.kind = kind, .op = {}, .left = left, .right = grow(depth - 1)});
  }
  NodeId unary(std::size_t depth) {
    const UnaryKind kind = coin() ? UnaryKind::negate : UnaryKind::logical_not;
    return add(Unary{.kind = kind, .operand = grow(depth - 1)});
  }
  NodeId choice(std::size_t depth) {
    Choice choice{};
    for (std::size_t n = 1 + dice_.below(2); n > 0; --n) {
      const NodeId condition = grow(depth - 1);
      choice.arms.push_back({.condition = condition, .value = grow(depth - 1)});
    }
    choice.otherwise = grow(depth - 1);
    return add(std::move(choice));
  }
  NodeId reduce(std::size_t depth) {
    const auto kind = static_cast<ReduceKind>(dice_.below(7));
    Reduce reduce{.kind = kind, .binders = {{.name = word(), .set = word(), .link = {}}}};
    if (coin()) {
      reduce.binders.push_back({.name = word(), .set = word(), .link = several(depth)});
    }
    reduce.condition = maybe(depth);
    if (kind != ReduceKind::count) reduce.body = grow(depth - 1);
    reduce.otherwise = maybe(depth);
    return add(std::move(reduce));
  }
  NodeId over_steps(std::size_t depth) {
    OverSteps steps{.kind = static_cast<StepsKind>(dice_.below(10)), .body = grow(depth - 1)};
    if (steps.kind < StepsKind::first_date) steps.condition = maybe(depth);
    if (coin()) steps.range.from = date();
    if (steps.range.written() && coin()) steps.range.to = date();
    return add(steps);
  }
  NodeId call(std::size_t depth) {
    constexpr std::array<const char*, 5> names{"f", "max", "sum", "worth", "since"};
    if (coin()) {
      const NodeId event = grow(depth - 1);
      return add(Probability{
          .qualifier = coin() ? word() : Word{}, .event = event, .given = maybe(depth)});
    }
    Call call{.function = {.text = dice_.one_of(names), .span = {}}, .arguments = several(depth)};
    call.argument_names.resize(call.arguments.size());
    if (call.function.text == "worth") {
      if (coin()) call.qualifier = word();
      call.otherwise = maybe(depth);
    }
    return add(std::move(call));
  }
  NodeId placed(std::size_t depth) {
    const NodeId body = grow(depth - 1);
    switch (dice_.below(3)) {
      case 0: return add(AtDate{.body = body, .date = date()});
      case 1: {
        const NodeId from = date();
        return add(InRange{.body = body, .range = {.from = from, .to = date()}});
      }
      default: break;
    }
    Membership membership{.body = body, .members = {word()}, .bracketed = coin()};
    if (membership.bracketed) membership.members.push_back(quoted());
    return add(std::move(membership));
  }

  Tree& tree_;
  Dice& dice_;
};

TEST(ParserFuzz, ReadsBackTheSameTree) {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    Dice dice(seed);
    Tree tree;
    const NodeId root = Grower(tree, dice).grow(1 + dice.below(4));
    const std::string text = print(tree, root);
    const Parsed parsed = parse("param p = (" + text + ")\nmeasure m = (" + text + ")");
    ASSERT_EQ(parsed.problems(), "") << "seed " << seed << ": " << text;
    const auto& param = std::get<ParamStatement>(parsed.tree.statements.front());
    ASSERT_EQ(shape(parsed.tree, param.value), shape(tree, root))
        << "seed " << seed << ": " << text;
    ASSERT_EQ(print(parsed.tree, param.value), text);
  }
}

}  // namespace
}  // namespace casus::language
