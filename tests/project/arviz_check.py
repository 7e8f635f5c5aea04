"""Reads posterior.nc with xarray and ArviZ and holds it against the CSV files beside it, and against
formulas where there are some.

    arviz_check.py FOLDER CASE    results of `casus fit` of tests/project/fitted, and that folder
"""

import csv
import math
import pathlib
import sys
import warnings

import numpy as np
import xarray as xr

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import arviz as az

GROUPS = {"posterior", "sample_stats", "prior", "log_likelihood", "posterior_predictive",
          "observed_data", "constant_data", "smc"}
PARAMETERS = {"spread[Aland]": ("spread", "Aland"), "spread[Bland]": ("spread", "Bland"),
              "error": ("error", None), "raid_rate": ("raid_rate", None), "gain": ("gain", None)}


class Wrong(Exception):
    pass


def expect(holds, what):
    if not holds:
        raise Wrong(what)


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def column(table, name):
    return np.array([float(row[name]) for row in table])


def parameter(dataset, name):
    variable, side = PARAMETERS[name]
    return dataset[variable].sel(Side=side).values if side else dataset[variable].values


def check_posterior(groups, folder):
    """Draws are rows of posterior.csv, chosen evenly; weights are those of the file."""
    table = rows(folder / "posterior.csv")
    posterior, sampler = groups["posterior"], groups["smc"]
    n_chains, n_sets = sampler.sizes["chain"], sampler.sizes["set"]
    expect(n_chains == 2 and len(table) == n_chains * n_sets, f"{len(table)} sets")
    weights = column(table, "weight").reshape(n_chains, n_sets)
    expect(np.array_equal(sampler["pooled_weight"].values, weights), "pooled weights")
    expect(np.allclose(sampler["weight"].sum("set"), 1.0, rtol=0, atol=1e-12), "weights of a run")
    expect(np.allclose(weights / weights.sum(1, keepdims=True), sampler["weight"].values,
                       rtol=1e-9), "weights of a run among all")
    scores = column(table, "log_likelihood").reshape(n_chains, n_sets)
    expect(np.array_equal(sampler["record_log_likelihood"].values, scores), "log-likelihoods")
    chosen = groups["sample_stats"]["set"].values
    for chain in range(n_chains):
        counts = np.bincount(chosen[chain], minlength=n_sets)
        wanted = n_sets * sampler["weight"].values[chain]
        expect((np.abs(counts - wanted) < 1 + 1e-9).all(), "draws are not systematic")
    for name in PARAMETERS:
        of_sets = column(table, name).reshape(n_chains, n_sets)
        expect(np.array_equal(parameter(sampler, name), of_sets), f"sets of {name}")
        draws = parameter(posterior, name)
        expect(np.array_equal(draws, np.take_along_axis(of_sets, chosen, 1)), f"draws of {name}")
    expect(posterior["spread"].attrs["units"] == "km", "unit of spread")
    expect(set(posterior.data_vars) == {"spread", "error", "raid_rate", "gain"}, "parameters")


def check_prior(prior):
    gain = prior["gain"].values.ravel()
    expect(abs(gain.mean()) < 4 / math.sqrt(gain.size), f"prior mean of gain {gain.mean()}")
    expect(abs(gain.var() - 1) < 4 * math.sqrt(2 / gain.size), "prior variance of gain")
    rate = prior["raid_rate"].values.ravel()  # of beta(1, 4): mean 1/5, variance 2/75
    expect(abs(rate.mean() - 0.2) < 4 * math.sqrt(2 / 75 / rate.size), "prior mean of raid_rate")


def check_stages(sampler, folder):
    table = rows(folder / "dates.csv")
    expect([str(date) for date in sampler["date"].values] == [row["step"] for row in table], "dates")
    for name in ("log_evidence", "effective_sets", "effective_particles", "tempered", "moves",
                 "acceptance", "ancestors", "particles"):
        expect(np.array_equal(sampler[name].values[0], column(table, name)), f"{name} of the dates")
    expect(str(sampler["time"].values[0])[:10] == "2000-01-01", "time of the first date")


def check_record(groups, case):
    """The record as the case's files have it."""
    observed = groups["observed_data"]
    seen = {(row["month"], row["side"]): float(row["seen"]) for row in rows(case / "seen.csv")}
    for month, values in zip(observed["seen_date"].values, observed["seen"].values, strict=True):
        for side, value in zip(observed["Side"].values, values, strict=True):
            wanted = seen.get((str(month), str(side)), math.nan)
            expect(value == wanted or (math.isnan(value) and math.isnan(wanted)), f"seen {month}")
    moves = {row["month"]: row for row in rows(case / "moves.csv")}
    for name, labels in (("strike", ["none", "hold", "raid"]), ("reply", ["none", "yield", "fight"]),
                         ("war", ["none", "false", "true"])):
        variable = observed[name]
        expect(variable.attrs["flag_meanings"].split() == labels, f"labels of {name}")
        wanted = [row[name] for row in moves.values() if row[name] != ""]
        found = [labels[int(v) + 1] if not math.isnan(v) else "several" for v in variable.values]
        expect(found == ["none" if w == "-" else "several" if "|" in w else w for w in wanted],
               f"record of {name}")
    cells = [str(cell) for cell in observed["strike_cell"].values]
    expect(cells == [row["strike"] for row in moves.values() if row["strike"]], "cells of strike")
    seasons = groups["constant_data"]["season"].values
    expect([float(row["season"]) for row in moves.values()] == list(seasons), "seasons")
    expect([float(row["raids"]) for row in moves.values()] == list(observed["raids"].values), "raids")


def check_scores(groups):
    """Raids depend on one parameter alone: their scores have a formula, whatever the filter does."""
    scores = groups["log_likelihood"]
    mean = (10 * groups["posterior"]["raid_rate"].values[:, :, None]
            * groups["constant_data"]["season"].values)
    raids = groups["observed_data"]["raids"].values
    wanted = raids * np.log(mean) - mean - np.array([math.lgamma(n + 1) for n in raids])
    expect(np.allclose(scores["raids"].values, wanted, rtol=0, atol=1e-10), "scores of raids")
    move = 1 / (1 + np.exp(-groups["posterior"]["gain"].values))  # what Aland expects of a raid
    strike = groups["observed_data"]["strike"].values
    only_raid = np.exp(scores["strike"].values[:, :, strike == 1])
    expect(np.allclose(only_raid, move[:, :, None], rtol=0, atol=1e-10), "scores of raids as moves")
    several = scores["strike"].values[:, :, np.isnan(strike)]
    expect(np.allclose(several, 0.0, rtol=0, atol=1e-12), "a cell of both options scores nothing")


def check_histories(groups, folder):
    """Each moment of predictive.csv from the histories themselves."""
    predicted = groups["posterior_predictive"]
    n_checked = 0
    for row in rows(folder / "predictive.csv"):
        name, _, side = row["observed"].rstrip("]").partition("[")
        date = list(predicted[name + "_date"].values).index(row["step"])
        values = predicted[name].isel({name + "_time": date})
        values = (values.sel(Side=side) if side else values).values.ravel()
        if row["share_below"]:
            wanted = float(row["recorded"])
            share = (values < wanted).mean() + (values == wanted).mean() / 2
            expect(abs(share - float(row["share_below"])) < 1e-12, f"share below of {row}")
            expect(abs(values.mean() - float(row["mean"])) < 1e-9, f"mean of {row}")
            expect(abs(np.quantile(values, 0.95) - float(row["q95"])) < 1e-9, f"q95 of {row}")
        else:
            words = predicted[name].attrs["flag_meanings"].split()
            cells = [words.index(word) - 1 for word in row["recorded"].split("|")]
            expect(abs(np.isin(values, cells).mean() - float(row["share_alike"])) < 1e-12, f"{row}")
        n_checked += 1
    expect(n_checked > 150, f"only {n_checked} items")
    war = predicted["war"].values
    at = [list(predicted["reply_date"].values).index(d) for d in predicted["war_date"].values
          if d in set(predicted["reply_date"].values)]
    both = [i for i, d in enumerate(predicted["war_date"].values)
            if d in set(predicted["reply_date"].values)]
    expect(np.array_equal(war[:, :, both] == 1, predicted["reply"].values[:, :, at] == 1),
           "wars are fights")


def check_arviz(folder, groups):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = az.from_netcdf(str(folder / "posterior.nc"))
        summary = az.summary(data, round_to="none")
    expect(set(data.groups()) == GROUPS, f"groups {list(data.groups())}")
    expect(set(summary.index) == set(PARAMETERS), f"summary of {list(summary.index)}")
    table = rows(folder / "posterior.csv")
    weights = groups["smc"]["weight"].values
    n_draws = groups["posterior"].sizes["draw"]
    for name in PARAMETERS:
        of_sets = column(table, name).reshape(weights.shape)
        mean = (weights * of_sets).sum(1).mean()
        error = summary.loc[name, "sd"] / math.sqrt(n_draws)  # more than systematic choice can err
        expect(abs(summary.loc[name, "mean"] - mean) < error, f"mean of {name}")
        expect(summary.loc[name, "ess_bulk"] > 10, f"effective draws of {name}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loo = az.loo(data, var_name="raids")
    expect(loo.n_data_points == 36 and math.isfinite(loo.elpd_loo), "leaving one out")


def main(arguments):
    folder, case = pathlib.Path(arguments[0]), pathlib.Path(arguments[1])
    path = folder / "posterior.nc"
    with xr.open_datatree(path) as tree:
        expect(set(tree.children) == GROUPS, f"groups {list(tree)}")
        expect(tree.attrs["case"] == "fitted" and tree.attrs["seed"] == 1, "attributes")
        expect(tree.attrs["command"].startswith("casus fit fitted"), "command")
        expect(tree.attrs["case_hash"].startswith("fnv1a64:"), "hash of the case")
    groups = {name: xr.open_dataset(path, group=name) for name in GROUPS}
    check_posterior(groups, folder)
    check_prior(groups["prior"])
    check_stages(groups["smc"], folder)
    check_record(groups, case)
    check_scores(groups)
    check_histories(groups, folder)
    check_arviz(folder, groups)
    print(f"{path} is what the CSV files say, and ArviZ {az.__version__} reads it")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Wrong as wrong:
        print(f"posterior.nc is wrong: {wrong}", file=sys.stderr)
        sys.exit(1)
