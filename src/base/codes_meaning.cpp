// Diagnostics of indices (I), units (U), order (O), games (G) and time (T), in order of codes.
#include "base/codes.hpp"

#include <array>

namespace casus {
namespace {

constexpr std::array rows{
    Code{"G002", "menus in contradictory orders",
         "A move is drawn over one order of its options, so all its menus keep that order."},
    Code{"G003", "a move of two players",
         "A move, its cost and a commitment to it belong to one player."},
    Code{"G004", "an option twice", "Options of a menu differ from each other."},
    Code{"G005", "no such game", "The case has no game of this name."},
    Code{"G006", "a question to no game",
         "`prob`, `worth` and `value` ask a game; the case has none."},
    Code{"G007", "no such player", "The party makes no move in this game."},
    Code{"G008", "which game", "Several games fit. Name one: `crisis.worth(Russia)`."},
    Code{"G009", "a value for steps without the game",
         "Outside its game `worth` and `value` need `otherwise e` for steps in which it is not "
         "played."},
    Code{"G010", "which option",
         "`value` and `given` name one option of one move: `attack == offensive`."},
    Code{"G011", "a cost of no move", "Costs belong to moves of the same game."},
    Code{"G012", "two payoffs of one player",
         "Each player has one payoff line; use `cases` for its parts."},
    Code{"G013", "a player without a payoff", "Every player who moves needs a payoff."},
    Code{"G014", "no rationality", "Every player needs a rationality, the game's or their own."},
    Code{"G015", "two status quos", "A menu has at most one status quo."},
    Code{"G016", "a status quo in a reply",
         "Only an opening move waits: the first of a game, or one made only where those before it "
         "took "
         "their status quo. Replies happen within the step."},
    Code{"G017", "a commitment to something that is no move", "Players commit to moves."},
    Code{"G018", "moves of different games",
         "A probability is asked of one game that has all the moves."},
    Code{"G019", "a probability of more than moves",
         "`prob` asks about moves of a game and nothing else."},
    Code{"G020", "payoffs that need each other",
         "`value` may be asked of a branch whose payoffs do not ask back."},
    Code{"G021", "a menu that depends on more than moves",
         "The tree of a game is the same in every step. Use a cost, or guard the game with "
         "`while`."},
    Code{"G022", "not a label of the move", "A move is set to one of its labels."},
    Code{"G023", "an option that is never offered",
         "No menu of the move holds the option, so it cannot be forced."},
    Code{"G024", "a game without moves", "A game needs at least one move by one player."},
    Code{"G025", "a negative rationality",
         "Rationality is how sharply payoffs are told apart, from 0 (at random) upward."},
    Code{"G026", "a credibility that is no probability",
         "Credibility says how likely the commitment is to be kept, from 0 to 1."},
    Code{"G027", "more options than the errors allow",
         "Errors `probit` and `private` compare two options; a menu has no more."},
    Code{"G028", "a status quo without logits",
         "The waiting time of a status quo is added to logits, which only `errors logit` has."},
    Code{"G029", "a player with private information who moves twice",
         "With `errors private` each player moves at most once on a path, so that nobody learns "
         "from a move."},
    Code{
        "G030", "games that share a move and may meet",
        "A move is made once in a step, so games that share one are guarded by different values of "
        "one state."},
    Code{"G031", "a rival that stands for no opening move",
         "A rival replaces opening moves of games, one option of each of which is the status quo; "
         "its "
         "lines are about the other options, and about parameters."},
    Code{"I101", "an array without an index",
         "An array stands with an index or inside a reduction over its set."},
    Code{"I102", "an index on something that is no array",
         "Only quantities declared over a set take an index."},
    Code{"I103", "wrong number of indices",
         "An array takes one index for each set it is declared over."},
    Code{"I104", "no such label in the set", "The index is no label of the set the array is over."},
    Code{"I105", "an index over another set",
         "The bound name runs over a set that is not related to the array's."},
    Code{"I106", "an index outside the array",
         "The index also takes labels that the array does not have."},
    Code{"I107", "not an index",
         "An index is a label, a name bound to a set, or what has labels of the array's set for "
         "values: a move, a draw, data."},
    Code{"I108", "a link used wrongly",
         "A link takes one label and gives its neighbours: `e in borders(d)`. A set takes none."},
    Code{"I109", "no values outside", "`outside` names data over the wider set."},
    Code{"I110", "a shape where names are bound",
         "A definition binds a name for each set: `x[d in Set] = ...`."},
    Code{"I111", "two indices that only a run knows",
         "One index of an element may be a move, a drawn label or data by date; the others are "
         "known before the run."},
    Code{"I112", "an extreme of nothing",
         "The largest or smallest of an empty choice has no value. Add `default e`."},
    Code{"O101", "a value that needs itself",
         "Within one step the definitions go round in a circle. Let one of them use a state."},
    Code{"O102", "a game that needs its own outcome",
         "What a game's payoffs use may not depend on its own moves of the same step."},
    Code{"O104", "no branch holds",
         "None of the conditions can be true here and there is no `otherwise`."},
    Code{"O105", "a function that calls itself",
         "Functions are written out where they are called and cannot recur."},
    Code{"O106", "a start value that is not known yet",
         "Start values use parameters, data and `once` draws."},
    Code{"O107", "data that change where one value is needed",
         "Priors and measures have no step to read the data at. A measure says `at DATE`; a prior "
         "uses a constant."},
    Code{"O108", "two names with one random address",
         "Their draws would be equal. Rename one of them."},
    Code{"O109", "a value without a date",
         "The quantity changes over a history. Say when: `x at end`, `x at 2015-12`, or reduce it "
         "over steps."},
    Code{"O110", "two treaties that set one state",
         "Say which has the last word with `after`, or make their conditions exclude each other."},
    Code{"O111", "treaties that wait for each other",
         "Following `after` from treaty to treaty comes back to the first. Leave out one."},
    Code{"O112", "a treaty that sets one state twice",
         "Which of the two values should count? Each element has one term in a treaty."},
    Code{
        "O113", "rows that would follow each other",
        "With `time rows` each row stands for itself: there are no states, treaties, lags or draws "
        "for a whole history."},
    Code{"O114", "a look back that has no place",
         "`averaged`, `lagged` and `slope` keep values from step to step, so they stand where "
         "there is "
         "one value a step: in lets, next values, laws and treaties, not inside functions and "
         "games."},
    Code{"O115", "an exact datum that decides no draw",
         "What is observed exactly contains one draw of its step, or of its year, in one place, "
         "and what stands around it can be undone: sums, products, quotients, `exp`, `log`, "
         "`sqrt`, `logistic` and the like, odd powers."},
    Code{
        "O116", "two moments of a step in one number",
        "A state at a date is its value at the end of that step; a let of that step was worked out "
        "from the states at its beginning. A number made of both mixes values a step apart. A "
        "warning: it may be meant."},
    Code{"O117", "definitions nested too deep",
         "What a definition needs within one step is worked out with it: expressions inside each "
         "other and definitions behind each other, four thousand at most. A longer chain is most "
         "often a table or a loop written out; let a set, `sum over` or a state carry it."},
    Code{"T001", "time cannot be read",
         "Time runs between two dates, between two numbers in steps, or over a number of steps."},
    Code{"T002", "time that ends before it begins", "The second date lies after the first."},
    Code{"T003", "too many steps", "A run has at most a million steps."},
    Code{"T004", "a case without time", "The `case` block says over which time the case runs."},
    Code{"T101", "a date as a value", "Dates stand in `since`, `during`, ranges and measures."},
    Code{"T102", "not an event", "`pulse` takes the name of an event."},
    Code{"T103", "not a date",
         "Dates are written 2020, 2020-09 or 2020-09-27; numeric time as a number."},
    Code{"T105", "a date outside the run",
         "The date lies outside the case's time or before the start that results show."},
    Code{
        "T106", "years in a case without a calendar",
        "A draw `by year` is made in the first step of each calendar year. Cases that count steps, "
        "or time in numbers, have no calendar."},
    Code{"T107", "time in a case of rows",
         "With `time rows` a step is a row of a file, which has no date, no length and no place in "
         "time."},
    Code{"T108", "a delay that is no number of steps",
         "`lagged` and `slope` look back by a written span of time, a whole number of steps."},
    Code{"U001", "unit cannot be read",
         "A unit is made of names, *, /, ^ and brackets, for example \"million USD2022 / year\"."},
    Code{"U101", "a sum of different units",
         "What is added or subtracted has one unit. A rate becomes an amount by `* dt`."},
    Code{"U102", "a comparison of different units", "What is compared has one unit."},
    Code{"U103", "a function of a value with a unit",
         "exp, log and their like take numbers without unit. Divide by a value of that unit."},
    Code{"U104", "a value with another unit",
         "What a name is given has the unit it declares, or the one that its other uses imply."},
    Code{"U105", "a law with another unit",
         "The arguments of a law have the unit of its outcome, its inverse, or none, as the law's "
         "page says."},
    Code{"U106", "a game with mixed units",
         "A player's payoffs and costs have one unit, and a rationality its inverse."},
    Code{"U107", "a number without the unit that is converted",
         "Values declared in months are kept in years; a bare number beside them would count in "
         "years. Write `30 months`."},
    Code{"U108", "a choice between different units", "All values a choice may take have one unit."},
    Code{"U109", "a power that varies, of a value with a unit",
         "The exponent of a value with a unit is a constant; other powers take plain numbers."},
    Code{"U110", "not a span of time", "A span is written with its unit: `30 months`."},
    Code{"U111", "a unit converted twice",
         "The numbers of a parameter or constant declared in months are converted; other values "
         "are in years already."},
    Code{"U112", "a product of values with units",
         "The unit of a product over a set would depend on how many labels the set has."},
    Code{"U113", "exponents out of range", "An exponent of a unit does not fit its number."},
    Code{
        "U114", "a description that reads like a unit",
        "A text at the end of a statement is its description. A unit is written `unit \"...\"`, or "
        "stands behind its number inside brackets."},
};

}  // namespace

std::span<const Code> meaning_codes() { return rows; }

}  // namespace casus
