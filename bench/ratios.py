"""Prints what the programs of bench/ measured: the minimum of the repetitions of each, and ratios.

ratios.py RESULT.json...    results of Google Benchmark, named after their programs
"""
import collections
import json
import pathlib
import statistics
import sys

BUSY = 0.5  # load for each core above which figures mean little


def nanoseconds(results):
    """By name without its repetition: nanoseconds a history and step in each repetition."""
    times = collections.defaultdict(list)
    for run in results["benchmarks"]:
        if run.get("error_occurred"):
            raise SystemExit(f"{run['name']}: {run['error_message']}")
        if run["run_type"] == "iteration":
            times[run["run_name"]].append(1e9 / run["items_per_second"])
    return times


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return "an unknown processor"


def heading(all_results):
    first = min((results["context"] for results in all_results), key=lambda context: context["date"])
    cores, load = first["num_cpus"], first["load_avg"][0]
    print(f"{first['date'][:10]}, {processor()}, {cores} cores; kernels {first['kernels']}; "
          f"{first['compiler']}, {first['flags']}; load {load:.1f} at the start")
    if load > BUSY * cores:
        print(f"WARNING: the machine was busy (load above {BUSY:g} a core): trust ratios more than "
              "nanoseconds, and neither much")


def title(text, *columns):
    print(f"\n{text:<34}" + "".join(f"{column:>16}" for column in columns))


def row(name, *cells):
    print(f"  {name:<32}" + "".join(f"{cell:>16}" for cell in cells))


def number_at_end(name):
    last = name.split("/")[-1]
    return int(last) if last.isdigit() else 0


def best_by_way(times):
    """{model: {(way, lanes of a block or ""): nanoseconds}}, the slowest way first."""
    models = collections.defaultdict(dict)
    ways = ["reference", "lanes", "fused"]
    for name in sorted(times, key=lambda name: (ways.index(name.split("/")[0]), number_at_end(name))):
        way, model, *lanes = name.split("/")
        models[model][way, "".join(lanes)] = min(times[name])
    return models


def print_machines(program, times):
    for model, ways in best_by_way(times).items():
        title(program if model == program else f"{program}, {model}", "ns", "x reference",
              "of by hand")
        reference = ways.get(("reference", ""))
        by_hand = ways.get(("fused", ""))
        for (way, lanes), time in ways.items():
            block = {"": "", "0": ", as suits"}.get(lanes, f", {lanes} in a block")
            row(way + block, f"{time:.2f}", f"{reference / time:.1f}",
                f"{by_hand / time:.2f}" if by_hand else "")


def print_threads(program, times):
    title(program, "ns, median", "speed-up", "of minima")
    one = {}
    for name in sorted(times):
        _, what, threads, _ = name.split("/")
        median, best = statistics.median(times[name]), min(times[name])
        alone = one.setdefault(what, (median, best))
        row(f"{what}, {threads} thread{'s' if threads != '1' else ''}", f"{median:.1f}",
            f"{alone[0] / median:.2f}", f"{alone[1] / best:.2f}")


def print_filters(program, times):
    title(program, "ns, median", "x by hand", "x one thread")
    median = {name.removesuffix("/real_time"): statistics.median(some) for name, some in times.items()}
    for name in sorted(median):
        one = median["filter/1"] / median[name] if name.startswith("filter") else 0
        row(name.replace("_", " ").replace("/", ", threads: "), f"{median[name]:.1f}",
            f"{median['by_hand'] / median[name]:.1f}", f"{one:.2f}" if one else "")


def print_fma(program, times):
    title(program, "ns apart", "ns fused", "apart loses")
    for name in sorted(times):
        way, what = name.split("/", 1)
        if way == "apart":
            apart, fused = min(times[name]), min(times["fused/" + what])
            row(what.replace("/", ", "), f"{apart:.2f}", f"{fused:.2f}", f"{100 * (apart / fused - 1):.0f} %")


def print_reading(program, times):
    title(program, "ms, median", "ms, best")
    for name, some in times.items():
        row(name.removesuffix("/real_time").replace("_", " "), f"{statistics.median(some) / 1e6:.1f}",
            f"{min(some) / 1e6:.1f}")


def main(paths):
    all_results = {path.stem: json.loads(path.read_text()) for path in map(pathlib.Path, paths)}
    heading(all_results.values())
    for program, results in all_results.items():
        printer = {"threads": print_threads, "fma": print_fma, "reading": print_reading,
                   "linear_gaussian_filter": print_filters}.get(program, print_machines)
        printer(program, nanoseconds(results))


if __name__ == "__main__":
    main(sys.argv[1:])
