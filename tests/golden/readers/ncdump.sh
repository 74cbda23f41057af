#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The netCDF library sees named dimensions, variables with units, and the values.
set -eu
command -v ncdump >/dev/null || { echo "SKIPPED: ncdump is not installed (netcdf-bin)"; exit 77; }
header=$(ncdump -h "$1")
want() {
  printf '%s\n' "$2" | grep -qF -- "$1" || { echo "ncdump does not show: $1"; printf '%s\n' "$2"; exit 1; }
}
want 'region = 2 ;' "$header"
want 'year = 3 ;' "$header"
want 'year_2 = 2 ;' "$header"
want 'double person_years(draw, region, year, state) ;' "$header"
want 'int64 stock(draw, region, year_2, state) ;' "$header"
want 'person_years:units = "years" ;' "$header"
want 'string region(region) ;' "$header"
want 'string state_label_nb(state) ;' "$header"
want 'double person_years(draw, group, region, year, state) ;' "$header"
want 'event = UNLIMITED ; // (3 currently)' "$header"
want 'uint64 person(event) ;' "$header"
want 'string :scenario_name = "grunnlag" ;' "$header"
case "$header" in *phony_dim*) echo "an axis has no name"; exit 1 ;; esac
values=$(ncdump -v person_years,region,/life_courses/time "$1")
want '"0301", "4204"' "$values"
want '0, 0.25, 0.5,' "$values"
want '28927000, 28999999, 28927000' "$values"
