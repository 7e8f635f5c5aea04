// Diagnostics of running (R), in order of codes.
#include "base/codes.hpp"

#include <array>

namespace casus {
namespace {

constexpr std::array rows{
    Code{"R001", "not a number",
         "A calculation gave a value that is not a number, such as 0 / 0 or log(-1), or a law got "
         "an argument that it cannot take, such as a spread of 0."},
    Code{"R101", "an unknown command", "`casus --help` lists the commands."},
    Code{"R102", "an unknown option", "`casus COMMAND --help` lists the options of a command."},
    Code{"R103", "an option that cannot be read",
         "An option lacks its value, or its value is not of the kind it should be."},
    Code{"R104", "an argument missing or too many",
         "A command wants another number of arguments; `casus COMMAND --help` shows them."},
    Code{"R105", "an unknown variant",
         "The case has no explanation, what-if or start of this name."},
    Code{"R106", "nothing to set by that name",
         "`--set` fixes a parameter or a constant of the case: --set wear=0.1, or one element: "
         "--set "
         "rate[Armenia]=2."},
    Code{"R107", "a number of histories that cannot be run",
         "Histories are run in whole parameter sets: their number is a multiple of --per-set, and "
         "neither is zero."},
    Code{"R108", "more memory than there is",
         "The run would need more memory than this machine has. Run fewer histories, or name fewer "
         "outputs."},
    Code{"R109", "nothing to run",
         "The case has nothing of the kind that the command runs: no what-ifs, or no measures."},
    Code{"R110", "nothing to explain by that name",
         "`casus explain` knows the codes of diagnostics, a letter and three digits such as D104, "
         "and "
         "the laws, functions and words of the language."},
    Code{"R111", "too few histories for so many shards",
         "Shards meet at multiples of 1,024 histories and of whole parameter sets, each has some, "
         "and what happens step by step (bands) needs histories 0 to 9,999 in the first one. Run "
         "more histories, fewer shards, or --bands none."},
    Code{"R112", "not a shard",
         "`casus merge` takes the folders that --shard wrote, one for each shard of a run."},
    Code{"R113", "shards of different runs",
         "Shards belong together when case, seed, variant, numbers of histories and shards, "
         "options and the version of casus are the same."},
    Code{"R114", "shards missing or given twice",
         "A run is put together from all of its shards, each once."},
    Code{"R115", "a damaged shard",
         "A file of the folder is missing or is not the one that was written there. Run the shard "
         "again."},
    Code{
        "R116", "a value that a prior cannot give",
        "`--set` takes values that the parameter's prior could give, and the edges of its range: 0 "
        "switches off what is positive."},
    Code{"R117", "an unknown step",
         "`casus program --segment` takes a date of the case's time, the number of a step from 1, "
         "or one of the words `start` and `measures`."},
    Code{
        "R118", "a score that is not one number",
        "`casus score` gives the log-likelihood of a record where nothing that was not recorded is "
        "left to chance. Here draws that nobody recorded decide what the record scores: an "
        "average over them is wanted, which a filter gives."},
    Code{"R119", "a file of values that cannot be read",
         "`--values` takes a TOML file: `name = 0.5` for a parameter, and for the elements of one "
         "a table of that name with a line for each label."},
    Code{"R120", "a checkpoint of another fit",
         "Beside its folder of results a fit keeps where it stands, so that one that was stopped "
         "can be gone on with. What lies there is of another case, of other options or of another "
         "version: --fresh begins anew and forgets it, --out takes another folder."},
    Code{"R121", "a damaged checkpoint",
         "The file in which a fit keeps where it stands is not as it was written. --fresh begins "
         "anew."},
    Code{"R125", "what a record excludes",
         "Of a fitted model parameters and states come from the record: there is no start to begin "
         "at, no prior's median to take, and no shard of its sampler."},
    Code{"R126", "a projection without an end in the case's time",
         "`casus project --to` takes a date up to the case's last step. What a case assumes holds "
         "inside its own time."},
    Code{"R127", "nothing to project",
         "A projection goes on from behind the record, or from `--from`, to `--to`."},
    Code{"R130", "nothing to compare",
         "`casus compare` sets explanations beside each other: the baseline, the case's `explain` "
         "statements and its rivals. Here it has only one."},
    Code{"R140", "too few fits of simulated records",
         "`casus calibrate` draws parameters from their priors and simulates a record from each. "
         "Where most of the histories or of their fits fail, what is left says nothing about the "
         "priors as they are written."},
    Code{"R150", "no likelihood of its own",
         "`casus fit --maximum` climbs the likelihood alone, in real numbers. A parameter whose "
         "prior depends on other free parameters, or that is a whole number, needs the ordinary "
         "fit."},
    Code{"R151", "a record that is impossible everywhere",
         "At none of the starts of `casus fit --maximum` was the record possible, or wherever "
         "`casus tune` looked: the medians of the priors and draws from them."},
};

}  // namespace

std::span<const Code> run_codes() { return rows; }

}  // namespace casus
