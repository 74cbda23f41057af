# SPDX-License-Identifier: Apache-2.0
"""Computes numbers of a report anew from the result files, with none of the program's code.

usage: recompute.py DOCUMENT BASELINE.h5 SCENARIO.h5
"""
import json
import sys

try:
    import h5py
    import numpy as np
except ImportError:
    print("skipped: no h5py")
    sys.exit(77)

TOLERANCE = 1e-6
NORMAL_975 = 1.959963984540054
LEAST_NUMBERS = 30


class Result:
    def __init__(self, path):
        self.file = h5py.File(path)

    def labels(self, name):
        return [text.decode() if isinstance(text, bytes) else str(text) for text in self.file[name][()]]

    def table(self, name, keep):
        """Sums over all but draw, replicate and `keep`; the runs first, in one dimension."""
        data = self.file[name]
        names = [dimension[0].name.strip("/").rstrip("0123456789").rstrip("_") for dimension in data.dims]
        values = data[()].astype(float)
        runs = [name for name in names if name in ("draw", "replicate")]
        values = values.sum(axis=tuple(i for i, name in enumerate(names) if name not in keep and name not in runs))
        left = [name for name in names if name in keep or name in runs]
        values = np.transpose(values, [left.index(name) for name in runs + list(keep)])
        return values.reshape((-1,) + values.shape[len(runs):])


class Cell(float):
    """A number of a table, written with two digits more than are shown."""

    def __new__(cls, value, column):
        cell = super().__new__(cls, value)
        cell.off = 0.51 * 10.0 ** -(column.get("decimals", 0) + (4 if column["type"] == "percent" else 2))
        return cell


class Report:
    def __init__(self, path):
        document = json.load(open(path, encoding="utf-8"))
        self.figures = {figure["id"]: figure for section in document["sections"] for figure in section["figures"]}
        self.compared, self.wrong = 0, []

    def rows(self, figure, **where):
        """Rows of a figure by the names of its columns."""
        if figure not in self.figures:
            return
        columns = self.figures[figure]["columns"]
        for cells in self.figures[figure]["rows"]:
            row = {column["name"]: Cell(cell, column) if isinstance(cell, (int, float)) else cell
                   for column, cell in zip(columns, cells)}
            if all(row[key] == value for key, value in where.items()):
                yield row

    def expect(self, what, found, expected):
        self.compared += 1
        if found is None or abs(found - expected) > found.off + TOLERANCE * max(1, abs(expected)):
            self.wrong.append(f"{what}: the page says {found}, the results {expected}")


def check_difference(report, before, after):
    groups = np.array(before.labels("state_group"))
    years = before.labels("year")
    for group in sorted(set(groups) & {"outside", "work", "education"}):
        of = [result.table("person_years", ("year", "state"))[:, :, groups == group].sum(axis=2) for result in (before, after)]
        paired = of[1] - of[0]
        for row in report.rows(f"difference-{group}", region=""):
            y = years.index(str(int(row["year"])))
            at = f"{group} in {years[y]}"
            report.expect(f"{at}, baseline", row["baseline"], of[0][:, y].mean())
            report.expect(f"{at}, value", row["value"], of[1][:, y].mean())
            report.expect(f"{at}, difference", row["difference"], paired[:, y].mean())
            if "places_couple_people" in after.file.attrs and paired.shape[0] > 1 and "draw" in before.file and len(before.file["draw"]) == 1:
                half = NORMAL_975 * np.sqrt(paired[:, y].var(ddof=1) / paired.shape[0])
                report.expect(f"{at}, low_95", row["low_95"], paired[:, y].mean() - half)
                report.expect(f"{at}, high_95", row["high_95"], paired[:, y].mean() + half)


def check_states(report, before, after, names):
    states, years = before.labels("state"), before.labels("year")
    for name, result in zip(names, (before, after)):
        people = result.table("stock", ("year", "state")).mean(axis=0)
        for row in report.rows("people-by-state", region="", scenario=name):
            y, s = years.index(str(int(row["year"]))), states.index(row["state"])
            report.expect(f"{name}: {row['state']} in {row['year']}", row["people"], people[y, s])
            report.expect(f"{name}: share of {row['state']} in {row['year']}", row["share"], people[y, s] / people[y].sum())


def check_flows(report, before, after, names):
    transitions = before.labels("transition")
    for name, result in zip(names, (before, after)):
        moves = result.table("transitions", ("transition",)).mean(axis=0)
        for row in report.rows("moves", scenario=name):
            way = f"{row['from'][2:]} -> {row['to'][2:]}"
            report.expect(f"{name}: {way}", row["people"], moves[transitions.index(way)])


def check_money(report, before, after):
    if "balance" not in before.file:
        return
    rules = json.loads(before.file.attrs["money"])["ledgers"]
    accounts, years = before.labels("account"), [int(year) for year in before.labels("year")]
    first = min(int(year) for year in json.loads(after.file.attrs["money"])["ledgers"]["first_years"].values())
    rate = rules["discount"][0]["rate"]
    worth = np.array([(1 + rate) ** -(year + 0.5 - first) for year in years])
    paired = (after.table("balance", ("year", "account")) - before.table("balance", ("year", "account"))).mean(axis=0)
    gains = dict(zip(accounts, worth @ paired))
    for row in report.rows("payers", region=""):
        if row["payer"] in gains:
            report.expect(f"money of {row['payer']}", row["amount"], gains[row["payer"]])
    payers = [row["payer"] for row in report.rows("payers", region="") if row["payer"] in gains]
    public = sum(gains[payer] for payer in ("municipality", "county", "health_authority", "state"))
    tax_cost = rules["tax_cost"] * public
    for row in report.rows("payers", region="", payer="tax_cost"):
        report.expect("cost of taxes", row["amount"], tax_cost)
    for row in report.rows("payers", region="", payer="sum"):
        report.expect("society", row["amount"], sum(gains[payer] for payer in payers) + tax_cost)
    sums = np.cumsum(worth[:, None] * paired, axis=0)
    for row in report.rows("break-even-public_purse"):
        at = years.index(int(row["year"]))
        report.expect(f"public purse up to {row['year']}", row["net"],
                      sum(sums[at, accounts.index(payer)] for payer in ("municipality", "county", "health_authority", "state")))


def check_money_of_places(report, before, after):
    if "balance" not in before.file or "region" not in before.file:
        return
    rules = json.loads(before.file.attrs["money"])["ledgers"]
    first = min(int(year) for year in json.loads(after.file.attrs["money"])["ledgers"]["first_years"].values())
    worth = np.array([(1 + rules["discount"][0]["rate"]) ** -(int(year) + 0.5 - first) for year in before.labels("year")])
    accounts, regions = before.labels("account"), before.labels("region")
    paired = [result.table("balance", ("region", "year", "account")).mean(axis=0) for result in (before, after)]
    gains = np.einsum("y,rya->ra", worth, paired[1] - paired[0])
    for row in report.rows("payers"):
        if row["region"] in regions and row["payer"] in accounts:
            report.expect(f"money of {row['payer']} in {row['region']}", row["amount"],
                          gains[regions.index(row["region"]), accounts.index(row["payer"])])


def check_costs(report, after):
    """What measures themselves cost, not discounted, against a baseline without measures."""
    if "payments" not in after.file:
        return
    paid = list(zip(after.labels("payment"), after.table("payments", ("payment",)).mean(axis=0)))
    for row in report.rows("measure-costs"):
        starts = tuple(f"{row['measure']}: {words}" for words in (f"paid by {row['payer']}", f"{row['payer']} to "))
        report.expect(f"cost of {row['measure']}", row["amount"], sum(kroner for name, kroner in paid if name.startswith(starts)))


def check_waiting(report, after, name):
    if "participants" not in after.file:
        return
    years, measures = after.labels("year"), after.labels("measure")
    began = after.table("participants", ("year", "measure")).mean(axis=0)
    inside = after.table("participant_years", ("year", "measure")).mean(axis=0)
    days = after.table("waited_days", ("year", "measure")).mean(axis=0)
    queue = after.table("queue_length", ("year", "measure")).mean(axis=0)
    for row in report.rows("places-and-waiting", scenario=name):
        at = years.index(str(int(row["year"]))), measures.index(row["measure"])
        report.expect(f"who began in {row['year']}", row["began"], began[at])
        report.expect(f"who takes part in {row['year']}", row["participants"], inside[at])
        if row["waiting"] is not None:  # no count falls in a part of a year
            report.expect(f"who waits in {row['year']}", row["waiting"], queue[at])
        if began[at] > 0:
            report.expect(f"mean wait in {row['year']}", row["mean_wait_days"], days[at] / began[at])


def main(document, baseline, scenario):
    report, before, after = Report(document), Result(baseline), Result(scenario)
    names = [result.file.attrs["scenario_name"] for result in (before, after)]
    names = [name.decode() if isinstance(name, bytes) else name for name in names]
    check_difference(report, before, after)
    check_states(report, before, after, names)
    check_flows(report, before, after, names)
    check_money(report, before, after)
    check_money_of_places(report, before, after)
    if "measure" not in before.file:
        check_costs(report, after)
    check_waiting(report, after, names[1])
    print("\n".join(report.wrong))
    print(f"{report.compared} numbers of the page computed anew, {len(report.wrong)} of them otherwise")
    return 1 if report.wrong or report.compared < LEAST_NUMBERS else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
