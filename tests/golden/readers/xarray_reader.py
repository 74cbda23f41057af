# SPDX-License-Identifier: Apache-2.0
"""xarray opens the file as a dataset with coordinates and selects by label."""
import sys

try:
    import h5netcdf  # noqa: F401
    import xarray
except ImportError as missing:
    print(f"SKIPPED: {missing.name} is not installed (python3-xarray, python3-h5netcdf)")
    sys.exit(77)

with xarray.open_dataset(sys.argv[1], engine="h5netcdf") as result:
    years = result["person_years"]
    assert years.dims == ("draw", "region", "year", "state")
    assert float(years.sel(draw="0", region="4204", year="2027", state="aap")) == 17 / 4
    assert float(years.sel(state="work").sum()) == sum(i / 4 for i in range(18) if i % 3 == 1)
    assert years.attrs["units"] == "years"
    assert str(result["state_label_nb"].sel(state="work").values) == "Arbeid"
    assert result["stock"].dtype == "int64"
    assert not bool(years.isnull().any())
with xarray.open_dataset(sys.argv[1], engine="h5netcdf", group="groups") as groups:
    assert groups["person_years"].dims == ("draw", "group", "region", "year", "state")
with xarray.open_dataset(sys.argv[1], engine="h5netcdf", group="life_courses") as lives:
    assert lives["time"].dims == ("event",)
    assert str(lives["time"].values[0])[:16] == "2024-12-31T04:40"
    assert list(lives["person"].values) == [1, 1, 7]
with xarray.open_dataset(sys.argv[1], engine="h5netcdf", group="life_courses/people") as people:
    assert people["birth"].dims == ("row",) and list(people["region"].values) == [1, 0]
