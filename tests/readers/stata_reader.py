# SPDX-License-Identifier: Apache-2.0
"""pandas reads the Stata files: the numbers of the CSV, labels of values, years, and `.h` for what is held back.

usage: stata_reader.py PROGRAM RESULT REGISTER_RESULT
"""
import sys
import tempfile
from pathlib import Path

from exported import need, number, rows, run, table_names

need("pandas")
import pandas  # noqa: E402

program, result, register = sys.argv[1:]
held_back = 0
with tempfile.TemporaryDirectory() as folder:
    for source in (result, register):
        for name in table_names(program, source):
            path = Path(folder) / f"{name}.dta"
            run(program, "export", source, "--as", "dta", "--table", name, "-o", path, "--quiet")
            lines = rows(program, source, name)
            frame = pandas.read_stata(path)
            for line, value in zip(lines, frame["value"], strict=True):
                wanted = number(line["value"])
                assert (pandas.isna(value) and wanted is None) or value == wanted, (name, line, value)
            raw = pandas.read_stata(path, convert_missing=True, convert_categoricals=False)
            for line, value in zip(lines, raw["value"], strict=True):
                if line["value"] == "":
                    assert str(value) == ".h", (name, line, value)
                    held_back += 1
            if "year" in frame:
                assert [str(year.year) for year in frame["year"]] == [line["year"] for line in lines]
    reader = pandas.read_stata(Path(folder) / "person_years.dta", iterator=True)
    frame = reader.read()
    assert reader.variable_labels()["state"] == "tilstand", reader.variable_labels()
    assert reader.data_label == "Personår i hver tilstand, etter region, år og tilstand", reader.data_label
    assert list(frame["state"].cat.categories) == ["Skole", "Arbeid", "Arbeidsavklaringspenger på nå"]
    assert list(frame["region"].cat.categories) == ["0301 Oslo", "4204 Kristiansand – Ålo"]
    lives = Path(folder) / "lives.dta"
    run(program, "export", result, "--as", "dta", "--life-courses", "-o", lives, "--quiet")
    frame = pandas.read_stata(lives)
    assert [str(time)[:16] for time in frame["time"]] == ["2024-12-31 04:40", "2025-02-19 21:19", "2024-12-31 04:40"]
    assert list(frame["person"]) == ["1", "1", "7"] and list(frame["to"]) == ["school", "work", "work"]
assert held_back > 0
