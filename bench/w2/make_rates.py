#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the folder of workload W2: model.yaml, regions.csv, rates.csv and w2.yaml.

W1's rates, times 0.8 + 0.4 r/15 for region r, times 0.6 + 0.8 exp(-d/2) for band d of the time in the state (under 0.5,
1, 2 years, and over), times 0.3 exp(0.07 a) for deaths and 1.2 - 0.4 a/50 for the rest, a = whole years since 16.
"""
import math
import pathlib
import re
import sys

here = pathlib.Path(__file__).parent
out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)

model = (here.parent / "w1" / "model.yaml").read_text()
rates = re.findall(r"from: (\w+), to: (\w+), rate_per_year: ([\d.]+)", model)
model = re.sub(r"rate_per_year: [\d.]+", "rates: rates.csv", model)
model = model.replace("Workload W1: eight states, 21 transitions with constant rates per year.",
                      "Workload W2: W1 with rates by region, age and time in state.")
model = model.replace("name: w1", "name: w2\nregions: regions.csv")
(out / "model.yaml").write_text(model)
(out / "w2.yaml").write_text((here / "w2.yaml").read_text())

regions = [f"r{r:02}" for r in range(16)]
(out / "regions.csv").write_text("region\n" + "".join(f"{r}\n" for r in regions))

days = [0, 182.625, 365.25, 730.5]
with open(out / "rates.csv", "w") as table:
    table.write("from;to;region;age_from;age_to;days_from;days_to;rate_per_year\n")
    for source, target, rate in rates:
        for r, region in enumerate(regions):
            for a in range(51):
                aging = 0.3 * math.exp(0.07 * a) if target == "dead" else 1.2 - 0.4 * a / 50
                for d in range(4):
                    value = float(rate) * (0.8 + 0.4 * r / 15) * (0.6 + 0.8 * math.exp(-d / 2)) * aging
                    ages = ("" if a == 0 else 16 + a, "" if a == 50 else 17 + a)
                    last = days[d + 1] if d < 3 else ""
                    table.write(f"{source};{target};{region};{ages[0]};{ages[1]};{days[d]};{last};{value!r}\n")
