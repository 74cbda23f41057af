# SPDX-License-Identifier: Apache-2.0
"""openpyxl reads the workbook: a front sheet, a sheet for each table, the numbers of the CSV, nothing of what is held back.

usage: excel_reader.py PROGRAM RESULT REGISTER_RESULT
"""
import sys
import tempfile
from pathlib import Path

from exported import need, number, rows, run, table_names

need("openpyxl")
import openpyxl  # noqa: E402

program, result, register = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "small.xlsx"
    for source, is_register in ((result, False), (register, True)):
        run(program, "export", source, "--as", "xlsx", "-o", path, "--quiet")
        book = openpyxl.load_workbook(path, read_only=True)
        names = table_names(program, source)
        assert book.sheetnames == ["Om tallene", *names], book.sheetnames
        front = [[cell for cell in row if cell is not None] for row in book["Om tallene"].iter_rows(values_only=True)]
        empty = 0
        for name in names:
            lines = rows(program, source, name)
            heading, *cells = book[name].iter_rows(values_only=True)
            assert len(cells) == len(lines), name
            for line, row in zip(lines, cells):
                value = row[len(heading) - 1] if len(row) == len(heading) else None
                assert value == number(line["value"]), (name, line, row)
                empty += value is None
                assert "year" not in line or int(line["year"]) in row
                assert "state" not in line or line["state"] in row
        said = [row for row in front if row and row[0] == "Holdt tilbake"]
        assert bool(said) == is_register and (not is_register or said[0][1].startswith(f"{empty} tall er tomme")), said
        assert not is_register or empty > 0
    assert ["Datagrunnlag", "laget av et register"] in front, front
    assert any(row[0] == "Kommando" and 'utvei run "a b.yaml"' in row[1] for row in front if row), front
    run(program, "export", result, "--as", "xlsx", "-o", path, "--quiet", "--lang", "en")
    assert openpyxl.load_workbook(path).sheetnames[0] == "About"
