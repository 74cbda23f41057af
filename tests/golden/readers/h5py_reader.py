# SPDX-License-Identifier: Apache-2.0
"""h5py sees labels, values, attributes and the names of the axes."""
import sys

try:
    import h5py
except ImportError:
    print("SKIPPED: h5py is not installed (python3-h5py)")
    sys.exit(77)

with h5py.File(sys.argv[1], "r") as result:
    years = result["person_years"]
    assert [d.label or d.keys()[0] for d in years.dims] == ["draw", "region", "year", "state"]
    assert years.shape == (1, 2, 3, 3) and years[0, 1, 2, 2] == 17 / 4
    assert years.attrs["units"] == "years"
    assert list(years.dims[1][0].asstr()) == ["0301", "4204"]
    stock = result["stock"]
    assert list(stock.dims[2][0].asstr()) == ["2025", "2026"]
    assert stock.dims[2][0].attrs["dimension"] == "year"
    assert stock[0, 1, 1, 2] == 12 and stock.dtype == "int64"
    assert result["groups/person_years"].shape == (1, 4, 2, 3, 3)
    assert list(result["state_label_nb"].asstr())[2] == "Arbeidsavklaringspenger på nå"
    assert list(result["state_label_nn"].asstr()) == ["Skule", "", ""]
    assert list(result["region_name"].asstr()) == ["Oslo", "Kristiansand – Ålo"]
    assert result.attrs["format"] == "utvei-result" and result.attrs["seed"] == 4294967295
    lives = result["life_courses"]
    assert list(lives["person"]) == [1, 1, 7] and list(lives["to"]) == [0, 1, 1]
    assert list(lives["cause"].attrs["labels"]) == ["start", "transition", "limit", "age", "end"]
    people = lives["people"]
    assert list(people["person"]) == [1, 7] and list(people["birth"]) == [20000000, -3]
    assert list(people["region_code"].asstr()[list(people["region"])[::-1]]) == ["0301", "4204"]
    assert list(people["traits/sex"].attrs["labels"]) == ["female", "male"] and list(people["traits/sex"]) == [1, 0]
