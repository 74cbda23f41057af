# SPDX-License-Identifier: Apache-2.0
"""Results of utvei in Python: which tables there are, a table with labels, a paired difference with its error.

Needs h5py and numpy; with pandas, tables are data frames, else dicts of columns. Copy the file beside your script.

    import utvei
    utvei.tables("runs/baseline.h5")
    utvei.table("runs/baseline.h5", "person_years", language="nb")
    utvei.difference("runs/baseline.h5", "runs/what_if.h5", "person_years", by=["state"])

Reading a result file shows what is in it: one made from a register stays where the register is.
"""
import itertools
import statistics
import sys

import h5py
import numpy

RUNS = ("draw", "replicate")
# Heads on a day: adding them over years or days counts the same people again.
HEADS = {"stock", "defined", "defined_of", "queue_length", "in_measure", "income_state", "three_years_known",
         "income_histogram"}
NO_SUMS = {"median_income"}
QUANTILE = statistics.NormalDist().inv_cdf(0.975)


def _names(dataset):
    """Of its axes, as the result calls them (`year`, where the scale is `year_2`)."""
    scales = [dataset.dims[i][0] for i in range(len(dataset.dims))]
    return [str(s.attrs.get("dimension", s.name.rsplit("/", 1)[-1])) for s in scales]


def _codes(dataset, axis):
    return [str(text) for text in dataset.dims[axis][0].asstr()[:]]


def _labels(file, name, codes, language):
    """Words for codes where the file has them, else the codes."""
    dataset = {"next_state": "state"}.get(name, name)
    for label in ([f"{dataset}_label_{one}" for one in (language, "nb", "en", "nn")] if name != "region" else ["region_name"]):
        if label not in file:
            continue
        words = dict(zip(_codes(file[label], 0), file[label].asstr()[:]))
        found = [words.get(code) or None for code in codes]
        if any(found):
            return [word or code for word, code in zip(found, codes)]
    return codes


def _frame(columns):
    try:
        import pandas
    except ImportError:
        return columns
    return pandas.DataFrame(columns)


def _open(path):
    file = h5py.File(path, "r")
    if file.attrs.get("format") != "utvei-result":
        raise ValueError(f"{path}: not a result of `utvei run`")
    return file


def about(path):
    """What to know before the numbers are used: scenario, seed, data class, program, command, unverified rows."""
    with _open(path) as file:
        known = ("scenario_name", "data_class", "seed", "start", "end", "weight", "rows_with_status", "unverified_rows",
                 "utvei_version", "git_hash", "command_line")
        return {key: file.attrs[key] for key in known if key in file.attrs}


def tables(path):
    """Name, units, dimensions and meaning of each table."""
    with _open(path) as file:
        found = [(name, file[name]) for name in file if isinstance(file[name], h5py.Dataset) and "quantity" in file[name].attrs]
        return _frame({"table": [name for name, _ in found],
                       "units": [dataset.attrs["units"] for _, dataset in found],
                       "dimensions": [" ".join(_names(dataset)) for _, dataset in found],
                       "meaning": [dataset.attrs["long_name"] for _, dataset in found]})


def table(path, name, language="nb"):
    """One line a cell: codes, `NAME_label` where the file has words for them, and `value`; years are numbers, regions are not."""
    with _open(path) as file:
        if name not in file or "quantity" not in file[name].attrs:
            raise KeyError(f"{path}: no table {name}; utvei.tables() tells which there are")
        dataset = file[name]
        columns = {}
        cells = list(itertools.product(*(range(n) for n in dataset.shape)))
        for axis, dimension in enumerate(_names(dataset)):
            codes = _codes(dataset, axis)
            labels = _labels(file, dimension, codes, language)
            is_number = dimension != "region" and all(code.isdigit() and code == str(int(code)) for code in codes)
            columns[dimension] = [int(codes[cell[axis]]) if is_number else codes[cell[axis]] for cell in cells]
            if labels != codes:
                columns[dimension + "_label"] = [labels[cell[axis]] for cell in cells]
        columns["value"] = dataset[()].reshape(-1)
        return _frame(columns)


class _Cube:
    """Numbers of a table by run, group and what is asked for."""

    def __init__(self, file, path, by, where):
        dataset = file[path]
        names = _names(dataset)
        unknown = [name for name in [*by, *where] if name not in names]
        if unknown:
            raise KeyError(f"{path} has no dimension {', '.join(unknown)}; it has {', '.join(names)}")
        values = dataset[()].astype(float)
        for axis, name in reversed(list(enumerate(names))):
            if name in where:
                codes = _codes(dataset, axis)
                values = numpy.take(values, [codes.index(code) for code in _as_texts(where[name])], axis)
        kept = [*RUNS, "group", *by]
        values = values.sum(axis=tuple(i for i, name in enumerate(names) if name not in kept))
        names = [name for name in names if name in kept]
        for missing in [name for name in kept if name not in names]:
            values, names = values[..., None], [*names, missing]
        values = values.transpose([names.index(name) for name in kept])
        self.values = values.reshape(*values.shape[:3], -1)  # draw, replicate, group, cell
        axes = _names(dataset)
        self.codes = [_as_texts(where[name]) if name in where else _codes(dataset, axes.index(name)) for name in by]


def _as_texts(value):
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else [str(value)]


def _check_pair(one, other, names):
    for key in ("seed", "people", "start", "end"):
        if one.attrs.get(key) != other.attrs.get(key):
            raise ValueError(f"the two results differ in {key}: they do not share people and luck")
    if any(file.attrs.get("data_class") == "register" for file in (one, other)):
        print("utvei: made from a register: these numbers stay where the register is", file=sys.stderr)
    for file in (one, other):
        if int(file.attrs.get("unverified_rows", 0)) > 0:
            print(f"utvei: {file.attrs['scenario_name']}: {int(file.attrs['unverified_rows'])} rows of rates, shares and"
                  " ages are unverified", file=sys.stderr)
    if one[names].shape != other[names].shape:
        raise ValueError(f"{names} has other labels in the two results")


def _variance_of_one_run(one, other, table, by, where, totals):
    """Of a paired difference by luck, for each cell: random groups of people (docs/formats/comparison.md), or replicates."""
    coupled = any("places_couple_people" in file.attrs for file in (one, other))
    if not coupled and f"groups/{table}" in one and f"groups/{table}" in other:
        parts = _Cube(other, f"groups/{table}", by, where).values - _Cube(one, f"groups/{table}", by, where).values
        groups = parts.shape[2]
        persons = _Cube(one, "groups/persons", [], {}).values[0].sum(axis=0)[:, 0]
        residual = parts - (persons / persons.sum())[:, None] * totals[:, :, None, :]
        return (groups / (groups - 1) * (residual**2).sum(axis=2)).mean(axis=(0, 1))
    if totals.shape[1] > 1:
        return totals.var(axis=1, ddof=1).mean(axis=0)
    return numpy.full(totals.shape[-1], numpy.nan)


def difference(baseline, scenario, table, by=(), where=None, language="nb"):
    """Paired differences, summed over all dimensions but `by`, of the labels in `where` ({"state": ["work"], "year": 2030}).

    `mc_se` is what luck in the simulation leaves open. `low_95` and `high_95` hold the uncertainty of the parameters,
    without luck, where the results have draws (empty where luck hides it); else 1.96 `mc_se`. `interval` says which.
    They are the numbers of `utvei compare`.
    """
    by, where = list(by), dict(where or {})
    with _open(baseline) as one, _open(scenario) as other:
        _check_pair(one, other, table)
        names, quantity = _names(one[table]), one[table].attrs["quantity"]
        summed = [name for name in names if name not in [*RUNS, *by] and name not in where]
        if quantity in HEADS and {"year", "stock_date"} & set(summed):
            raise ValueError(f"{table}: people on a day are not added up over years or days: name them in by or where")
        if quantity in NO_SUMS and summed:
            raise ValueError(f"{table}: medians are not added up: name {', '.join(summed)} in by or where")
        first, second = _Cube(one, table, by, where), _Cube(other, table, by, where)
        totals = (second.values - first.values)[:, :, 0, :]
        draws, replicates = totals.shape[:2]
        variance = _variance_of_one_run(one, other, table, by, where, totals)
        columns = {}
        for i, name in enumerate(by):
            cells = [cell[i] for cell in itertools.product(*first.codes)]
            columns[name] = cells
            words = dict(zip(first.codes[i], _labels(one, name, first.codes[i], language)))
            if any(words[code] != code for code in words):
                columns[name + "_label"] = [words[code] for code in cells]
    mean = totals.mean(axis=(0, 1))
    mc_se = numpy.sqrt(variance / (draws * replicates))
    half = QUANTILE * mc_se
    if draws > 1:
        spread = totals.mean(axis=1).var(axis=0, ddof=1)
        of_parameters = spread - variance / replicates
        half = QUANTILE * numpy.sqrt(numpy.where((of_parameters > 0) | (spread == 0), numpy.maximum(of_parameters, 0), numpy.nan))
    columns.update(baseline=first.values.mean(axis=(0, 1, 2)), value=second.values.mean(axis=(0, 1, 2)), difference=mean,
                   mc_se=mc_se, low_95=mean - half, high_95=mean + half,
                   interval=["parameters" if draws > 1 else "simulation"] * len(mean))
    return _frame(columns)
