# SPDX-License-Identifier: Apache-2.0
"""LibreOffice opens the workbook and sees the numbers of the CSV.

usage: libreoffice_reader.py PROGRAM RESULT
"""
import csv
import shutil
import sys
import tempfile
from pathlib import Path

from exported import number, rows, run, skip, table_names

program, result = sys.argv[1:]
office = shutil.which("soffice") or shutil.which("libreoffice")
if office is None:
    skip("LibreOffice is not installed (libreoffice-calc-nogui)")
# Comma, quotes, UTF-8, from the first line, …, not as shown but as they are, every sheet a file.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "small.xlsx"
    run(program, "export", result, "--as", "xlsx", "-o", path, "--quiet")
    run(office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", AS_CSV, "--outdir", folder, path)
    for name in table_names(program, result):
        with open(Path(folder) / f"small-{name}.csv", encoding="utf-8") as file:
            heading, *cells = csv.reader(file)
        lines = rows(program, result, name)
        assert len(cells) == len(lines), (name, len(cells), len(lines))
        for line, row in zip(lines, cells):
            assert number(row[len(heading) - 1]) == number(line["value"]), (name, line, row)
    assert "Oslo" in (Path(folder) / "small-person_years.csv").read_text(encoding="utf-8")
