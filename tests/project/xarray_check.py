"""Reads results.nc with xarray and holds every number in it against the CSV files beside it.

    xarray_check.py FOLDER      results of a case by calendar, of `casus study ... --keep histories`
    xarray_check.py --numeric FOLDER   the same without a calendar
"""

import csv
import json
import math
import pathlib
import re
import sys

import numpy as np
import xarray as xr

STATISTICS = ["mean", "q05", "q25", "q50", "q75", "q95"]


class Wrong(Exception):
    pass


def expect(holds, what):
    if not holds:
        raise Wrong(what)


def same(a, b, tolerance=0.0):
    """Equal, both missing, or within the digits of the CSV."""
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return abs(a - b) <= tolerance * max(abs(a), abs(b))


def number(text):
    return float(text) if text != "" else math.nan


def rows(folder, name):
    with open(folder / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def split(name):
    """'odds[North, South East]' is odds of two labels."""
    match = re.fullmatch(r"([^\[]+)\[(.*)\]", name)
    return (match[1], match[2].split(", ")) if match else (name, [])


class Table:
    """A group, with its values by label."""

    def __init__(self, dataset):
        self.dataset = dataset
        renamed = {v.attrs["name_in_case"]: k for k, v in dataset.variables.items()
                   if "name_in_case" in v.attrs}
        self.in_case = {**{k: k for k in dataset.variables}, **renamed}
        self.places = {}
        self.values = {}

    def variable(self, name):
        expect(name in self.in_case, f"{name} is not in results.nc")
        return self.dataset[self.in_case[name]]

    def place(self, dimension, label):
        if dimension not in self.places:
            expect(dimension in self.dataset.coords, f"{dimension} has no labels")
            coordinate = self.dataset[dimension].values
            keys = [str(float(x)) if coordinate.dtype.kind == "f" else str(x) for x in coordinate]
            self.places[dimension] = {key: i for i, key in enumerate(keys)}
        wanted = str(label)
        known = self.places[dimension]
        if wanted not in known and self.dataset[dimension].dtype.kind == "f":
            wanted = str(float(wanted))
        expect(wanted in known, f"{dimension} has no label {label!r}: {list(known)}")
        return known[wanted]

    def value(self, name, labels):
        """`labels` in order of the variable's dimensions."""
        variable = self.variable(name)
        if name not in self.values:
            self.values[name] = variable.values
        expect(len(labels) == len(variable.dims), f"{name} is over {variable.dims}, not {labels}")
        at = tuple(self.place(d, label) for d, label in zip(variable.dims, labels))
        return self.values[name][at]

    def unit(self, name):
        return self.variable(name).attrs.get("units", "")


def with_kept_rows(bands, runs, baselines):
    """bands.csv leaves out what a what-if does not change: its last baseline has it."""
    found = {}
    for row in bands:
        found.setdefault(row["run"], {})[(row["step"], row["name"], row["label"])] = row
    for run in runs:
        if run not in baselines:
            found[run] = {**found[baselines[-1]], **found.get(run, {})}
    return found


def check_steps(table, folder, index):
    dataset = table.dataset
    runs = [str(run) for run in dataset["run"].values]
    expect(runs == index["runs"] + index["whatifs"], f"runs {runs}")
    step_at = {str(step): i for i, step in enumerate(dataset["step"].values)}
    bands = with_kept_rows(rows(folder, "bands.csv"), runs, index["runs"])
    n_checked = 0
    for run, of_run in bands.items():
        for (step, name, label), row in of_run.items():
            expect(str(dataset["date"].values[step_at[step]]) == row["date"], f"date of step {step}")
            base, elements = split(name)
            variable = table.variable(base)
            for statistic in STATISTICS:
                is_share = "statistic" not in variable.dims
                if is_share and statistic != "mean":
                    continue
                labels = [run, None, *([] if is_share else [statistic]), *elements,
                          *([label] if label else [])]
                at = [table.place(d, x) if x is not None else step_at[step]
                      for d, x in zip(variable.dims, labels, strict=True)]
                if base not in table.values:
                    table.values[base] = variable.values
                value = table.values[base][tuple(at)]
                expect(same(value, number(row[statistic]), 1e-6),
                       f"{run} {row['date']} {name} {label} {statistic}: {value}, {row[statistic]}")
                n_checked += 1
            expect(table.unit(base) == ("1" if "statistic" not in variable.dims else row["unit"]),
                   f"unit of {base}: {table.unit(base)!r}, {row['unit']!r}")
    return n_checked


def check_parameters(table, folder):
    n_checked = 0
    for row in rows(folder, "parameters.csv"):
        for name in list(row)[2:]:
            base, elements = split(name)
            value = table.value(base, [row["run"], row["set"], *elements])
            expect(same(value, number(row[name])), f"set {row['set']} {name}: {value}, {row[name]}")
            n_checked += 1
    return n_checked


def check_measures(table, folder):
    n_checked = 0
    for row in rows(folder, "measures.csv"):
        base, elements = split(row["measure"])
        run, statistic = row["run"], row["statistic"]
        what = f"{run} {row['measure']} {statistic}"
        counted = table.value(base + "_histories", [run, *elements])
        expect(counted == int(row["histories"]), f"{what}: {counted} histories")
        n_checked += 1
        if row["kind"] == "date" and statistic != "share never":
            date = table.value(base + "_date", [run, statistic, *elements])
            expect(str(date) == row["value"], f"{what}: {date}, {row['value']}")
            continue
        along = statistic.removeprefix("share of ") if row["kind"] == "label" else statistic
        # shares of labels are over (run, label, sets), other statistics over (run, statistic, sets)
        for suffix, column in (("", "value"), ("_standard_error", "standard_error")):
            value = table.value(base + suffix, [run, along, *elements])
            expect(same(value, number(row[column])), f"{what}: {column} {value}, {row[column]}")
        is_share = row["kind"] in ("truth", "date", "label")
        expect(table.unit(base) == ("1" if is_share else row["unit"]), f"{what}: unit")
    return n_checked


def check_whatifs(table, folder):
    dataset = table.dataset
    n_checked = 0
    for row in rows(folder, "whatifs.csv"):
        is_it = (dataset["measure"] == row["measure"]) & (dataset["statistic"] == row["statistic"])
        found = dataset.where(is_it, drop=True).sel(whatif=row["whatif"])
        expect(found.sizes["comparison"] == 1, f"{row['measure']} {row['statistic']}: not one row")
        for column in list(row)[4:]:
            value = float(found[column].values[0])
            expect(same(value, number(row[column])), f"{row} {column}: {value}")
            n_checked += 1
    return n_checked


def history_text(variable, value, dates):
    """A value of a history as histories.csv writes it."""
    if math.isnan(value):
        return ""
    meanings = variable.attrs.get("flag_meanings", "").split()
    if meanings == ["false", "true"]:
        return str(int(value))
    if meanings == ["never"]:
        return "never" if value == -1 else dates[int(value)]
    if meanings:
        flags = [int(flag) for flag in np.atleast_1d(variable.attrs["flag_values"])]
        return meanings[flags.index(int(value))].replace("_", " ")
    return float(value)


def check_histories(table, folder, dates):
    n_checked = 0
    dataset = table.dataset
    for row in rows(folder, "histories.csv"):
        at = int(row["history"])
        expect(dataset["set"].values[at] == int(row["set"]), f"set of history {at}")
        expect(dataset["slot"].values[at] == int(row["slot"]), f"slot of history {at}")
        for name in list(row)[4:]:
            base, elements = split(name.replace(".numerator", "_numerator")
                                   .replace(".denominator", "_denominator"))
            value = table.value(base, [row["run"], row["history"], *elements])
            text = history_text(table.variable(base), float(value), dates)
            cell = number(row[name]) if isinstance(text, float) else row[name]
            expect(text == cell, f"history {at} {name}: {text}, {row[name]}")
            n_checked += 1
    return n_checked


def check_attributes(dataset, index):
    attributes = dataset.attrs
    expect(attributes["Conventions"] == "CF-1.8", "conventions")
    expect("history" not in attributes, "a history has a clock")
    wanted = {"title": index["case"]["title"], "case": index["case"]["name"],
              "case_hash": index["case"]["hash"], "command": index["command"],
              "casus": index["casus"], "source": f"casus {index['casus']}", "seed": index["seed"],
              "results": index["results"], "histories": index["histories"],
              "parameter_sets": index["parameter_sets"], "per_set": index["per_set"],
              "band_histories": index["band_histories"], "coupling": index["coupling"]}
    for name, value in wanted.items():
        expect(attributes.get(name) == value, f"attribute {name}: {attributes.get(name)!r}")
    expect("--threads" not in attributes["command"] and "--out" not in attributes["command"],
           "the command names what does not change results")


def check_calendar(dataset):
    time = dataset["time"]
    expect(time.dtype.kind == "M", f"time is {time.dtype}, no dates")
    expect(time.encoding["calendar"] == "proleptic_gregorian", "calendar")
    for when, label in zip(time.values, dataset["date"].values, strict=True):
        expect(str(when).startswith(str(label)), f"{label} is at {when}")
        expect(str(when)[8:10] == "01", f"{when} begins no month")
    expect(time.attrs["standard_name"] == "time", "standard name of time")
    one_year = dataset.sel(time=str(time.values[0])[:4])
    expect(one_year.sizes["time"] == 12, "a year is chosen by its number")


def check_numeric(dataset):
    time = dataset["time"]
    expect(time.dtype.kind in "fi", f"time is {time.dtype}")
    expect(time.attrs["units"] == "day", f"unit of time: {time.attrs['units']}")
    expect([float(x) for x in dataset["date"].values] == list(time.values), "times and their labels")


def check_labels(dataset):
    """What a person would write who knows the case of this test."""
    sides = ["North", "South East", "Žatec"]
    expect([str(x) for x in dataset["Side"].values] == sides, "labels of Side")
    arms = dataset["arms"].sel(run="calm", Side="Žatec", statistic="q50")
    expect(arms.dims == ("time",) and np.isfinite(arms.values[-1]), "arms of one side")
    expect(dataset["arms"].attrs == {"long_name": "what a side has in arms", "units": "million USD",
                                     }, f"attributes of arms: {dataset['arms'].attrs}")
    odds = dataset["odds"].sel(run="baseline", statistic="mean", Side="North", Side_2="North")
    expect(np.allclose(odds.values, 0.5), "odds of one side against itself")
    shares = dataset["phase"].sel(run="baseline").sum("phase_label")
    expect(np.allclose(shares.values, 1.0), "shares of phases")
    expect([str(x) for x in dataset["phase_label"].values] == ["peace", "war", "none"], "phases")
    # A let reads a state as it was when the step began, results show it at the step's end.
    war = dataset["phase"].sel(run="baseline", phase_label="war").values
    fighting = dataset["fighting"].sel(run="baseline").values
    expect(np.array_equal(war[:-1], fighting[1:]), "war and fighting a step later")
    expect("run_" in dataset and dataset["run_"].attrs["name_in_case"] == "run", "a quantity `run`")
    late = dataset["arms"].sel(run="second_year", time="2000")
    expect(np.isnan(late.values).all(), "a run from 2001 says nothing of 2000")


def main(arguments):
    numeric = arguments[0] == "--numeric"
    folder = pathlib.Path(arguments[-1])
    index = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    path = folder / "results.nc"
    with xr.open_datatree(path) as tree:
        expect(set(tree.children) == {"measures", "whatifs", "histories"}, f"groups {list(tree)}")
    groups = {g: xr.open_dataset(path, group=g) for g in (None, "measures", "whatifs", "histories")}
    root = groups[None]
    check_attributes(root, index)
    if numeric:
        check_numeric(root)
    else:
        check_calendar(root)
        check_labels(root)
    dates = {int(s): str(d) for s, d in zip(root["step"].values, root["date"].values, strict=True)}
    n_checked = check_steps(Table(root), folder, index)
    n_checked += check_parameters(Table(root), folder)
    n_checked += check_measures(Table(groups["measures"]), folder)
    n_checked += check_whatifs(Table(groups["whatifs"]), folder)
    n_checked += check_histories(Table(groups["histories"]), folder, dates)
    expect(n_checked > 1000, f"only {n_checked} values were there to check")
    print(f"{n_checked} values of {path} are those of the CSV files")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Wrong as wrong:
        print(f"results.nc is wrong: {wrong}", file=sys.stderr)
        sys.exit(1)
