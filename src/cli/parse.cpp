// Declaring options with CLI11, and what is said about wrong ones.
#include "cli/parse.hpp"

#include "base/text.hpp"
#include "case/disk.hpp"
#include "case/values.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace casus::cli {
namespace {

/// A whole number, 0 or more; digits may be grouped by '_' as in case files.
std::uint64_t whole(const std::string& option, const std::string& text) {
  std::string digits = text;
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  std::uint64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [at, failed] = std::from_chars(digits.data(), end, value);
  if (failed == std::errc::result_out_of_range) {
    throw usage_fault("R103", fmt::format("{} is too large for {}", text, option), "");
  }
  if (digits.empty() || at != end || failed != std::errc{}) {
    throw usage_fault("R103", fmt::format("'{}' is no whole number for {}", text, option),
                      fmt::format("write digits only: {} 1000", option));
  }
  return value;
}

/// `name=value` with a number.
std::pair<std::string, double> assignment(const std::string& text) {
  const std::size_t sign = text.find('=');
  const std::string name(trim(std::string_view(text).substr(0, sign)));
  const auto value = sign == std::string::npos
                         ? std::nullopt
                         : parse_number(trim(std::string_view(text).substr(sign + 1)));
  if (name.empty() || !value || !std::isfinite(*value)) {
    throw usage_fault(
        "R103", fmt::format("'{}' is no name with a number for --set", text),
        text.find(',') != std::string::npos
            ? "numbers have a decimal point, for example --set wear=0.1; repeat --set "
              "for more parameters"
            : "write --set name=value, for example --set wear=0.1");
  }
  return {name, *value};
}

/// `name=months`, or `name=removed`.
cases::MovedDates move_of(const std::string& text) {
  if (auto moved = cases::moved_dates(text)) return *moved;
  throw usage_fault("R103", fmt::format("'{}' is no name with whole months for --move", text),
                    "write --move NAME=-24 for two years earlier, or --move NAME=removed");
}

double seconds(const std::string& text) {
  const auto value = parse_number(text);
  if (value && *value >= 0.0 && std::isfinite(*value)) return *value;
  throw usage_fault("R103", fmt::format("'{}' is no number of seconds for --checkpoint", text),
                    "write --checkpoint 60 for one a minute at most");
}

/// "2/3"; whether there is such a shard is for the plan to say.
cases::Shard shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) {
    throw usage_fault("R103", fmt::format("'{}' is no shard", text),
                      "write --shard 2/3 for the second of three");
  }
  return {.number = whole("--shard", text.substr(0, slash)),
          .count = whole("--shard", text.substr(slash + 1))};
}

void add_whole(CLI::App& app, const std::string& option, std::uint64_t& target,
               const std::string& meaning) {
  app.add_option_function<std::string>(
         option, [&target, option](const std::string& text) { target = whole(option, text); },
         meaning)
      ->type_name("N");
}

/// A word that an option takes and what it sets.
struct Choice {
  std::string word;
  bool* target = nullptr;
  bool value = true;
};

/// An option that takes one of a few words and may be repeated.
void add_choice(CLI::App& app, const std::string& option, const std::vector<Choice>& choices,
                const std::string& meaning) {
  std::vector<std::string> words;
  words.reserve(choices.size());
  for (const Choice& choice : choices) words.push_back(choice.word);
  const auto choose = [option, choices, words](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      const auto is_meant = [&text](const Choice& choice) { return choice.word == text; };
      const auto chosen = std::find_if(choices.begin(), choices.end(), is_meant);
      if (chosen == choices.end()) {
        throw usage_fault("R103", fmt::format("{} {} is not known", option, text),
                          fmt::format("{} takes {}", option, one_of(words)));
      }
      *chosen->target = chosen->value;
    }
  };
  app.add_option_function<std::vector<std::string>>(option, choose, meaning)
      ->type_name(join_text(words, "|"))
      ->allow_extra_args(false);
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

/// Words that no option and no argument took.
[[noreturn]] void refuse_extra(const CLI::App& app, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  if (name.size() > 1 && name.front() == '-') {
    const bool is_single = name.size() > 2 && name[1] != '-';
    const auto meant = nearest(is_single ? "-" + name : name, option_names(app));
    throw usage_fault("R102", fmt::format("{} has no option {}", app.get_name(), name),
                      meant ? fmt::format("did you mean {}?", *meant)
                            : fmt::format("{} --help lists its options", app.get_name()));
  }
  throw usage_fault("R104", fmt::format("one argument too many: '{}'", word),
                    fmt::format("{} --help shows the arguments", app.get_name()));
}

/// `-histories 10`: one hyphen before a whole word, which CLI11 would read as `-h -i -s ...`.
void refuse_single_hyphens(const CLI::App& app, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word == "--") return;
    const bool is_word = word.size() > 2 && word[0] == '-' && word[1] >= 'a' && word[1] <= 'z';
    if (is_word) refuse_extra(app, word);
  }
}

void declare_output(CLI::App& app, Options& options) {
  app.add_flag("--json", options.json, "one JSON document on standard output, and nothing else");
  app.add_flag("--quiet", options.quiet, "no tables and no progress, only faults");
}

void declare_sampler(CLI::App& app, Options& options) {
  cases::Request& request = options.request;
  add_whole(app, "--sets", request.n_sets, "parameter sets of the sampler [500]");
  add_whole(app, "--particles", request.n_particles,
            "histories that stand for each set at first, where something is left to chance [200]");
}

void declare_values(CLI::App& app, Options& options) {
  cases::Request& request = options.request;
  app.add_option_function<std::vector<std::string>>(
         "--set",
         [&request](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) request.fixed.push_back(assignment(text));
         },
         "fix a parameter, in its declared unit; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option_function<std::string>(
         "--values",
         [&request](const std::string& path) {
           std::vector<std::pair<std::string, double>> values = cases::read_values(path);
           request.fixed.insert(request.fixed.begin(), values.begin(), values.end());
         },
         "fix the parameters that this TOML file names; --set goes before it")
      ->type_name("FILE");
  app.add_option_function<std::vector<std::string>>(
         "--move",
         [&request](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) request.moved.push_back(move_of(text));
         },
         "move the dates in a let's definition, or an event's: months later, or -MONTHS, or "
         "`removed`; may be repeated")
      ->type_name("NAME=MONTHS")
      ->allow_extra_args(false);
}

void declare_variant(CLI::App& app, const Takes& takes, Options& options) {
  cases::Request& request = options.request;
  app.add_option("--explain", request.explanation,
                 "the explanation to run, or none [whatif, study: all, where there is one]")
      ->type_name("NAME");
  if (takes.span) {
    app.add_option("--from", request.from,
                   "go on free from this date, given the record before it [behind the record]")
        ->type_name("DATE");
    app.add_option("--to", request.to, "the last date, inside the case's time")->type_name("DATE");
  } else {
    app.add_option("--from", request.from,
                   "begin free at this start, by name or date [whatif, study: the first there is]")
        ->type_name("START");
  }
  declare_values(app, options);
}

void declare_bands(CLI::App& app, Options& options) {
  add_choice(app, "--bands", {{"none", &options.request.bands, false}},
             "leave out what happens step by step: faster, and less to write");
}

void declare_until(CLI::App& app, Options& options) {
  app.add_option("--until", options.request.until,
                 "the record to this date or row, included [all of it]")
      ->type_name("DATE");
}

void declare_threads(CLI::App& app, Options& options) {
  app.add_option_function<std::string>(
         "--threads",
         [&options](const std::string& text) { options.n_threads = whole("--threads", text); },
         "threads at work [all]; results do not depend on it")
      ->type_name("N");
}

/// "A,B", which may be repeated.
void declare_explanations(CLI::App& app, Options& options) {
  app.add_option("--explain", options.request.compared,
                 "explanations to compare, or none for the baseline [all there are]")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NAME,NAME");
  declare_values(app, options);
}

void declare_compare(CLI::App& app, Options& options) {
  cases::Request& request = options.request;
  request.n_repeats = 5;
  declare_explanations(app, options);
  app.add_option("--against", request.against,
                 "the explanation that others are compared with [all, where there is one, or none]")
      ->type_name("NAME");
  app.add_flag(
      "--thorough", request.thorough,
      "run samplers until every log evidence has an error of 0.3 or less (5 to 20 of each), "
      "and under other prior scales where the posteriors do not reach");
}

void declare_recover(CLI::App& app, Options& options) {
  cases::Request& request = options.request;
  request.n_sets = 200;
  declare_explanations(app, options);
  add_whole(app, "--records", request.n_records, "records simulated from each explanation [20]");
}

void declare_fit(CLI::App& app, Options& options, bool many) {
  cases::Request& request = options.request;
  if (many) {
    add_whole(app, "--replications", request.n_replications,
              "simulated records, each with a fit [100]");
  }
  add_whole(app, "--sets", request.n_sets, fmt::format("parameter sets [{}]", request.n_sets));
  add_whole(app, "--particles", request.n_particles,
            "histories that stand for each set at first, where something is left to chance [200]");
  if (!many) {
    add_whole(
        app, "--repeats", request.n_repeats,
        fmt::format("independent runs, for the error of the evidence [{}]", request.n_repeats));
  }
  add_whole(app, "--seed", request.seed, "seed of all draws [1]");
  declare_threads(app, options);
}

void declare_study(CLI::App& app, Options& options) {
  constexpr std::string_view suits = "[what a few minutes allow]";
  cases::Request& request = options.request;
  app.add_flag("--again", options.again, "run even when nothing changed since the last time");
  app.add_flag("--no-fit", request.no_fit, "leave the record alone: only runs and what-ifs");
  request.n_sets = request.n_particles = request.n_repeats = 0;
  add_whole(app, "--sets", request.n_sets, fmt::format("parameter sets of a fit {}", suits));
  add_whole(app, "--particles", request.n_particles,
            fmt::format("histories that stand for each of them at first {}", suits));
  add_whole(app, "--repeats", request.n_repeats,
            fmt::format("independent runs of each fit {}", suits));
}

void declare_sensitivity(CLI::App& app, Options& options) {
  cases::Request& request = options.request;
  app.add_option("--measure", request.measures, "of this measure [all of them]; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  add_whole(app, "--n", request.n_rows,
            "pairs of parameter sets; as many sets are run for each pair as there are free "
            "parameters, and two more [1024]");
  add_whole(app, "--per-set", request.per_set,
            "histories of each parameter set, where something is left to chance [16]");
  add_whole(app, "--seed", request.seed, "seed of all draws [1]");
  declare_threads(app, options);
}

void declare_checkpoint(CLI::App& app, Options& options) {
  app.add_flag("--fresh", options.fresh,
               "begin anew, where one that was stopped would be gone on with");
  app.add_option_function<std::string>(
         "--checkpoint",
         [&options](const std::string& text) { options.checkpoint_seconds = seconds(text); },
         "seconds from one checkpoint to the next, at least [5]; results do not depend on it")
      ->type_name("SECONDS");
}

void declare_maximum(CLI::App& app, Options& options) {
  app.add_flag("--maximum", options.maximum,
               "instead, the values that make the record most probable, with standard errors as "
               "tables print them; sets, particles and repeats play no part");
  add_whole(app, "--starts", options.request.n_starts, "where --maximum begins to climb [10]");
}

void declare_tempered(CLI::App& app, Options& options) {
  app.add_flag("--tempered", options.request.tempered,
               "also the log evidence by another sampler, which takes the whole record at once; of "
               "records that leave nothing to chance");
}

void declare_tune(CLI::App& app, Options& options) {
  cases::Request& request = options.request;
  add_choice(app, "--at", {{"median", &request.at_median, true}},
             "look at the priors' medians [the likeliest of 256 draws from the priors]");
  add_whole(app, "--seed", request.seed, "seed of all draws [1]");
  declare_threads(app, options);
}

void declare_record(CLI::App& app, Options& options) {
  app.add_flag("--paths", options.request.paths,
               "also the probability of every path of every game, step by step");
}

/// What is refused of a fitted model is not shown where no other is asked for.
void declare_histories(CLI::App& app, const Takes& takes, Options& options) {
  cases::Request& request = options.request;
  add_whole(app, "--histories", request.n_histories, "histories in all [4096]");
  add_whole(app, "--per-set", request.per_set, "histories of each parameter set [16]");
  if (!takes.span) {
    std::string meaning = "parameters at their priors' medians instead of drawn";
    if (takes.fitted) meaning += "; not with --fitted";
    add_choice(app, "--at", {{"median", &request.at_median, true}}, meaning);
  }
  add_choice(app, "--keep",
             {{"histories", &request.keep_histories, true},
              {"parameters", &request.keep_parameters, true}},
             "also write every history's measures, or every set's parameters (those of at most "
             "10,000 sets are written anyway); may be repeated");
  add_whole(app, "--seed", request.seed, "seed of all draws [1]");
}

void declare_programs(CLI::App& app, Options& options) {
  app.add_option("--segment", options.segment,
                 "the program of this step, by date or number, or start or measures [the last "
                 "step]")
      ->type_name("DATE|STEP");
  add_choice(app, "--by",
             {{"statement", &options.by_element, false}, {"element", &options.by_element, true}},
             "a line for each statement, or for each of its elements [statement]");
  app.add_flag("--instructions", options.instructions, "also every word, under its statement");
}

void declare_work(CLI::App& app, const Takes& takes, Options& options) {
  declare_threads(app, options);
  app.add_option("--kernels", options.request.kernels,
                 "loops for this kind of processor [the best it has]; results do not depend on it")
      ->type_name("NAME");
  add_whole(app, "--lanes", options.request.n_lanes,
            "histories moved together [what suits the case]; results do not depend on it");
  if (takes.span) return;
  std::string meaning =
      "run only part I of N, to be put together by casus merge; parts are multiples of 1,024 "
      "histories, and the first has the 10,000 that bands use (or --bands none)";
  if (takes.fitted) meaning += "; not with --fitted";
  app.add_option_function<std::string>(
         "--shard", [&options](const std::string& text) { options.request.shard = shard(text); },
         meaning)
      ->type_name("I/N");
}

/// "NAME" of "[NAME]".
std::string_view trimmed(std::string_view name) {
  return name.front() == '[' ? name.substr(1, name.size() - 2) : name;
}

/// What is run: the variant, and whether of the fitted model.
void declare_runs(CLI::App& app, const Takes& takes, Options& options) {
  if (takes.study) declare_study(app, options);
  if (takes.variants) declare_variant(app, takes, options);
  if (takes.fitted) {
    app.add_flag("--fitted", options.request.is_fitted,
                 "of the fitted model: parameters and states given the record to the day before "
                 "each what-if");
  }
  if (takes.fitted || takes.span) declare_sampler(app, options);
  if (takes.histories || takes.programs) declare_bands(app, options);
}

/// What is made of the record, and of parameters.
void declare_methods(CLI::App& app, const Takes& takes, Options& options) {
  if (takes.record || takes.fit || takes.calibrate || takes.tune) declare_until(app, options);
  if (takes.record) declare_record(app, options);
  if (takes.compare) declare_compare(app, options);
  if (takes.recover) declare_recover(app, options);
  if (takes.fit || takes.calibrate) declare_fit(app, options, takes.calibrate);
  if (takes.maximum) {
    declare_tempered(app, options);
    declare_maximum(app, options);
  }
  if (takes.kept) declare_checkpoint(app, options);
  if (takes.tune) declare_tune(app, options);
  if (takes.sensitivity) declare_sensitivity(app, options);
}

void declare(CLI::App& app, const Command& command, Options& options) {
  const Takes& takes = command.takes;
  if (!takes.argument.empty()) {
    const std::string_view name = command.arguments.substr(0, command.arguments.find(' '));
    app.add_option(std::string(trimmed(name)), options.names, std::string(takes.argument))
        ->required(!is_optional(command));
  }
  if (takes.sources) {
    app.add_flag("--sources", options.sources,
                 "fail (exit code 1) when an assumption rests on no source, or on low-reliability "
                 "ones only");
  }
  declare_runs(app, takes, options);
  declare_methods(app, takes, options);
  if (takes.histories) declare_histories(app, takes, options);
  if (takes.programs) declare_programs(app, options);
  if (takes.work) declare_work(app, takes, options);
  if (takes.out) {
    app.add_option("--out", options.out, "folder for results [results/CASE-COMMAND]")
        ->type_name("FOLDER");
  }
  if (takes.layout) {
    app.add_flag("--check", options.check,
                 "change nothing; fail (exit code 1) when a file is not in order");
  }
  if (takes.output) {
    declare_output(app, options);
  } else {
    app.add_flag_callback(
        "--stdio", [] {}, "what it does anyway; many editors say so");
  }
}

[[noreturn]] void refuse_without_value(const CLI::App& app, const std::string& option) {
  throw usage_fault("R103", fmt::format("{} lacks its value", option),
                    fmt::format("{} --help shows what it takes", app.get_name()));
}

/// Options behind which the next option stands where their value should.
void check_values(const CLI::App& app, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i].rfind("--", 0) != 0 || words[i + 1].rfind("--", 0) != 0) continue;
    const CLI::Option* option = app.get_option_no_throw(words[i]);
    if (option != nullptr && option->get_items_expected_max() > 0)
      refuse_without_value(app, words[i]);
  }
}

/// CLI11 says only in words whether an option has too few or too many values.
[[noreturn]] void refuse_values(const CLI::App& app, const std::string& what) {
  const std::string option = what.substr(0, what.find(':'));
  if (what.find("At Most") == std::string::npos) refuse_without_value(app, option);
  throw usage_fault("R103", fmt::format("{} is given more than once", option),
                    "write it once, with the value that is meant");
}

/// The first argument of most commands is a case.
std::string help_without_argument(const CLI::App& app, const Command& command) {
  const bool wants_case = command.arguments.substr(0, 4) == "CASE";
  return wants_case ? cases::how_to_name_a_case(app.get_name())
                    : fmt::format("{} --help shows the arguments", app.get_name());
}

void parse_words(CLI::App& app, const Command& command, const std::vector<std::string>& words) {
  app.allow_extras();
  refuse_single_hyphens(app, words);
  check_values(app, words);
  std::vector<std::string> reversed(words.rbegin(), words.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    throw;
  } catch (const CLI::RequiredError& error) {
    if (!app.remaining().empty()) refuse_extra(app, app.remaining().front());
    throw usage_fault("R104", fmt::format("{} lacks an argument", app.get_name()),
                      help_without_argument(app, command));
  } catch (const CLI::ArgumentMismatch& error) {
    if (!app.remaining().empty()) refuse_extra(app, app.remaining().front());
    refuse_values(app, error.what());
  } catch (const CLI::ParseError& error) {
    throw usage_fault("R103", error.what(),
                      fmt::format("{} --help lists its options", app.get_name()));
  }
  const std::vector<std::string> extra = app.remaining();
  if (!extra.empty()) refuse_extra(app, extra.front());
}

/// Choices are told apart from placeholders by their small letters.
std::vector<std::string> choices_of(const std::string& type) {
  std::vector<std::string> choices;
  const auto is_small = [](char c) { return (c >= 'a' && c <= 'z') || c == '|' || c == '-'; };
  if (type.empty() || !std::all_of(type.begin(), type.end(), is_small)) return choices;
  for (std::size_t begin = 0; begin <= type.size();) {
    const std::size_t end = std::min(type.find('|', begin), type.size());
    choices.push_back(type.substr(begin, end - begin));
    begin = end + 1;
  }
  return choices;
}

}  // namespace

std::vector<OptionRow> options_of(const Command& command) {
  Options unused;
  CLI::App app;
  declare(app, command, unused);
  std::vector<OptionRow> rows;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_lnames().empty()) continue;
    const bool takes_value = option->get_items_expected_max() > 0;
    const std::string type = takes_value ? option->get_type_name() : "";
    std::string meaning = option->get_description();
    if (option->get_lnames().front() == "help") meaning = "show what the command takes";
    rows.push_back({.name = "--" + option->get_lnames().front(),
                    .type = type,
                    .meaning = std::move(meaning),
                    .choices = choices_of(type)});
  }
  return rows;
}

Parsed parse(const Command& command, const std::vector<std::string>& words) {
  Parsed parsed;
  CLI::App app(std::string(command.summary), fmt::format("casus {}", command.name));
  declare(app, command, parsed.options);
  app.footer(fmt::format("\nexample: {}", command.example));
  try {
    parse_words(app, command, words);
  } catch (const CLI::CallForHelp&) {
    parsed.help = app.help();
  }
  if (!command.takes.many && parsed.options.names.size() > 1) {
    refuse_extra(app, parsed.options.names[1]);
  }
  return parsed;
}

}  // namespace casus::cli
