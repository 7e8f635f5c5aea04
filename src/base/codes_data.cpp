// Diagnostics of data (D), evidence (E) and files (F), in order of codes.
#include "base/codes.hpp"

#include <array>

namespace casus {
namespace {

constexpr std::array rows{
    Code{"D001", "an empty table",
         "The file holds no bytes, or nothing but blank and comment lines. A table begins with a "
         "header: a line of column names."},
    Code{"D002", "a table without rows", "The file has a header but no line below it."},
    Code{"D003", "a row of another length",
         "A row has more or fewer cells than the header has columns. A cell that holds a comma "
         "needs quotes around it."},
    Code{"D004", "a column twice",
         "Two columns of the header have the same name, so that it is unclear which one is meant."},
    Code{"D005", "a column without a name",
         "A cell of the header is empty. A comma at the end of the header line makes one."},
    Code{"D006", "a quote is not closed",
         "A cell begins with a quote, and the file ends before the quote that closes it. A quote "
         "inside a quoted cell is written twice."},
    Code{"D007", "text after a closing quote",
         "Only a comma or the end of the line may follow the quote that closes a cell. A quote "
         "inside a quoted cell is written twice."},
    Code{"D008", "not UTF-8 text",
         "The file holds bytes that are no UTF-8 text: it is a spreadsheet or another binary file, "
         "or text in an older encoding. Export or save it as CSV in UTF-8."},
    Code{"D009", "separated by something else than commas",
         "The header is one cell that holds semicolons, tabs or bars. Save the file with commas, "
         "and with points in numbers."},
    Code{"D010", "more faults than shown",
         "A file shows at most five faults at once; the rest are counted. Mend the first ones and "
         "check again."},
    Code{"D011", "no such column",
         "The model asks for a column that the header of the file does not have."},
    Code{"D101", "not a number",
         "A cell of a column of numbers holds something else. Numbers have a decimal point and no "
         "thousands separator; what is unknown has no row, or an empty cell where the model "
         "observes it."},
    Code{"D102", "no number",
         "A cell of a column of numbers is empty. Leave out the row of a value that is not known, "
         "and say in the model how the gap is filled."},
    Code{"D103", "a number out of range",
         "The number is infinite, no number (nan), or too large for arithmetic in double "
         "precision, in the file or after conversion to base units."},
    Code{"D104", "not a date",
         "Dates are written 2020, 2020-09 or 2020-09-27, and must exist in the calendar."},
    Code{"D105", "two values for one date",
         "Two rows give a value for the same labels and the same date. Keep one, or keep only the "
         "rows that are meant with a filter."},
    Code{"D106", "a label without rows",
         "The model wants a value for a label, or for several labels together, and no row has it."},
    Code{"D107", "a gap between dates",
         "A year or a month is missing between two rows of a yearly or monthly series. Add the "
         "row, or declare with `gaps held` that the last value before the gap holds through it."},
    Code{"D108", "no value yet",
         "The model begins before the first value of the series. Begin later, add rows, or declare "
         "with `before held` that the first value also holds before its date."},
    Code{"D109", "no value any more",
         "The model goes on after the period of the last value of the series. End earlier, add "
         "rows, or declare with `after held` that the last value holds on."},
    Code{"D110", "a filter that keeps nothing",
         "No row of the file has one of the texts that the model asks for in a column."},
    Code{"D201", "a record cell that cannot be read",
         "A cell of recorded moves is empty (unknown), '-' (not reached), an option, or several "
         "options with '|' between them, each once."},
    Code{"D202", "a record of an unknown option",
         "A cell of recorded moves names an option that the move does not have."},
    Code{"D203", "two rows for one step",
         "Two rows of a record fall into the same step of the model, so that it is unclear which "
         "one holds."},
    Code{"D204", "no row inside the run",
         "Every row of the file is dated before the first or after the last step of the model."},
    Code{"D205", "a period longer than a step",
         "A date names a period of several steps, a year in a model by month, where the value "
         "belongs to one step. Write the date of the step."},
    Code{"D206", "a label missing",
         "A row of a file that a set takes its labels from has an empty cell in the label column."},
    Code{"D207", "a label that may be misspelt",
         "A file has rows of a label that the model does not ask for, which looks like one that it "
         "asks for and that has no rows at those dates. Rows of other labels are passed over."},
    Code{"D210", "data with an unknown label",
         "A cell of `data x : Set from ...` names a label that the set does not have. Correct the "
         "cell, or add the label to the set."},
    Code{"D211", "data without a label",
         "A cell of `data x : Set from ...` is empty. Write the label; a row whose label is not "
         "known is left out, and `gaps held` says that the label before it holds on."},
    Code{"D212", "labels on a line",
         "`linear` joins numbers by lines. Between two labels there is nothing: a label holds from "
         "its date to the next."},
    Code{"D213", "a label with a unit",
         "What has labels for values, be it data, a state or a draw, is no number and has no "
         "unit."},
    Code{"D301", "a link to an unknown label",
         "Both ends of a link are labels of its sets. Ends that are meant to be left out go into "
         "`ignore`."},
    Code{"D302", "another number of label columns",
         "`by` names one column of labels for each index set of the quantity, in their order."},
    Code{"D303", "a record of too many options",
         "Recorded moves are kept as sets of at most 64 options. Record a coarser move."},
    Code{"D304", "not one value a row",
         "With `time rows` a column of that file gives one value a row, without an index or a "
         "filter, and what is observed stands in that file."},
    Code{"D401", "a record that no path gives",
         "No path of any game reaches what this row records. Check the row against the menus."},
    Code{"D402", "recorded twice",
         "The steps of an observed total have no values of their own in the series it adds up."},
    Code{"D403", "a datum that no draw gives",
         "The value lies outside what the definition can be, whatever is drawn: a negative income, "
         "where the model takes an exponential."},
    Code{"E001", "claims that cannot be parsed",
         "The claims file is not valid TOML at this place."},
    Code{"E002", "an id twice",
         "Two entries of the claims file have the same id. Ids are unique over all kinds of "
         "entries."},
    Code{"E003", "an entry without an id",
         "Every entry of the claims file needs an id, by which models and other entries cite it."},
    Code{"E004", "a claim without a source",
         "Every claim says by the id of a source where it is from."},
    Code{"E005", "an unknown source", "A claim names a source that the claims file does not have."},
    Code{"E006", "an unknown id",
         "An entry of the claims file refers to an id that the file does not have, or to an entry "
         "of another kind."},
    Code{"E007", "a field of another kind",
         "A field of the claims file holds another kind of value than it should: a number where "
         "text is wanted, text where a list is."},
    Code{"E008", "an unknown kind of entry",
         "The claims file has entries of a kind that casus does not know, so that nothing would be "
         "read from them."},
    Code{"E009", "a citation of an unknown id",
         "A statement of the model cites an id that the claims file does not have."},
    Code{"E010", "claims of a newer version",
         "The claims file has a version that this casus does not know."},
    Code{"E011", "an id that cannot be cited",
         "Ids are words of letters, digits and '_' that begin with a letter, since a model cites "
         "them by name."},
    Code{"E012", "an unknown reliability", "A source is of high, medium or low reliability."},
    Code{
        "F001", "cannot read a file",
        "The file named does not exist or may not be read. Names are relative to the case folder."},
    Code{"F002", "cannot write a file",
         "The folder does not exist, may not be written to, or the disk is full."},
    Code{"F003", "not a folder for results",
         "The folder for results holds other files, or is a file. casus writes into a new or empty "
         "folder, or over results of its own."},
    Code{"F004", "a folder without a model", "A case folder holds a file named model.casus."},
    Code{"F005", "a case that changed while it ran",
         "A shard holds the case that it ran, to be merged with the others; the files on the disk "
         "are others now. Run it again."},
    Code{"F006", "a folder for a new case that is not empty",
         "`casus new` writes into a new or empty folder only, so that nothing is written over."},
    Code{"F007", "no library for netCDF",
         "Results are written with the machine's netCDF library, which is not there or cannot be "
         "loaded."},
};

}  // namespace

std::span<const Code> data_codes() { return rows; }

}  // namespace casus
