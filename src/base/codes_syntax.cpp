// Diagnostics of lexing (L), parsing (P) and names (N), in order of codes.
#include "base/codes.hpp"

#include <array>

namespace casus {
namespace {

constexpr std::array rows{
    Code{"L001", "tab in the text",
         "Tabs do not have one width, so indentation would depend on the editor. Use spaces."},
    Code{"L002", "not UTF-8 text",
         "The file holds bytes that are no UTF-8 text. Save it as UTF-8; nothing else of the file "
         "has been read."},
    Code{"L003", "a NUL character",
         "The file holds a character with code zero: it is no text file, or it was saved as "
         "UTF-16. Save it as UTF-8; nothing else of the file has been read."},
    Code{"L004", "a character without meaning",
         "The character does not occur in the language outside texts in quotes and comments."},
    Code{"L005", "a character that looks like another",
         "Word processors put typographic quotes, dashes and spaces in place of the plain ones. "
         "Write the plain character."},
    Code{"L006", "an operator of another language",
         "Truths are joined by `and`, `or`, `not`; equality is `==`, inequality `!=`, a power "
         "`^`; comments begin with `#`."},
    Code{"L007", "a text that is not closed",
         "A text begins with a double quote and ends with one on the same line."},
    Code{"L008", "not a number", "Numbers look like 12, 0.5, .5, 1.5e-9 or 1_000."},
    Code{"L009", "a number and a word without a space",
         "Write a product with its sign, `3 * x`, and a span of time with a space, `30 months`."},
    Code{"L010", "a date that is not in the calendar",
         "The month is not one of 01 to 12, or the month has no such day."},
    Code{"L011", "not a date",
         "Dates are written 2020-09 or 2020-09-27, a range `2020-09 to 2021-03`. Put spaces "
         "around a minus between numbers."},
    Code{"L012", "a bracket that is never closed",
         "The statement ends, or another one begins, while a bracket is open."},
    Code{"L013", "a bracket that closes nothing", "No bracket is open at this place."},
    Code{"L014", "brackets of two kinds", "A bracket is closed by one of another kind."},
    Code{"P001", "something else is expected",
         "The text cannot be read from this place on. The message says what may stand here."},
    Code{"P002", "an unknown statement",
         "A statement begins with one of the statement words, in the first column."},
    Code{"P003", "no version of the language",
         "The main file of a case begins with `casus 1`, so that later versions can read it "
         "rightly."},
    Code{"P004", "an unknown version of the language",
         "The file is written for a version of the language that this casus does not know. Use a "
         "newer casus."},
    Code{"P005", "`casus` inside a file", "The version stands at the beginning of a file."},
    Code{"P006", "`case` twice", "A case has one title and one time."},
    Code{"P007", "an indented statement",
         "Statements begin in the first column; an indented line continues the statement above."},
    Code{"P008", "indentation that matches nothing",
         "All lines of a block, and all arms of `cases`, begin in the same column."},
    Code{"P009", "a block without lines",
         "A game, a treaty or a what-if says nothing without the indented lines below it."},
    Code{"P010", "a word of the language as a name",
         "Words with a meaning of their own cannot name anything. A label may have such a name "
         "when it stands in quotes."},
    Code{"P011", "nested too deep",
         "Brackets, choices and chains of operators go 256 deep at most. Name a part with `let`."},
    Code{"P012", "`=` in a comparison", "`=` defines; values are compared with `==`."},
    Code{"P013", "`==` in a definition", "`==` compares; a definition is written with `=`."},
    Code{"P014", "`:=` outside treaties, what-ifs and starts",
         "`:=` sets anew what is defined elsewhere. A definition is written with `=`."},
    Code{"P015", "chained comparisons",
         "`a < b < c` is not read as in mathematics. Write `a < b and b < c`."},
    Code{"P016", "a choice in the wrong form",
         "A choice inside an expression is written `(a if condition else b)`, with its brackets."},
    Code{"P017", "`cases` in the wrong place",
         "`cases` is a whole value: it stands last on its line, and its arms on deeper lines "
         "below. Inside an expression write `(a if condition else b)`."},
    Code{"P018", "an arm after `otherwise`",
         "The first arm that holds is taken, and `otherwise` always holds. Put it last."},
    Code{"P019", "names of arguments",
         "Only the arguments of laws have names, and then all behind the first one that has."},
    Code{"P020", "a clause twice", "Each clause of a statement stands once."},
    Code{"P021", "an unknown clause",
         "The statement has no clause that begins with this word. The message lists those it has."},
    Code{"P022", "no `then`", "A state's start value and its next value are joined by `then`."},
    Code{"P023", "a file included twice",
         "Each file of a case is read once; the order of statements does not matter."},
    Code{"P024", "a file that includes itself",
         "The chain of `include` statements comes back to a file in it."},
    Code{"P025", "a reduction in the wrong form",
         "The expression stands inside the brackets: `sum(d in District if c: x[d])`, and "
         "`count(d in District if c)`."},
    Code{"P901", "not yet in the language",
         "The construct is planned for a later version. The help says how to do without it."},
};

}  // namespace

std::span<const Code> syntax_codes() { return rows; }

}  // namespace casus
