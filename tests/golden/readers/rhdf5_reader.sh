#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# R reads values, labels and attributes; it reverses the order of dimensions.
set -eu
command -v Rscript >/dev/null || { echo "SKIPPED: R is not installed (r-base-core)"; exit 77; }
Rscript -e 'quit(status = !requireNamespace("rhdf5", quietly = TRUE))' >/dev/null 2>&1 ||
  { echo "SKIPPED: R's rhdf5 is not installed (r-bioc-rhdf5)"; exit 77; }
Rscript - "$1" <<'R'
library(rhdf5)
file <- commandArgs(trailingOnly = TRUE)[1]
years <- h5read(file, "person_years", read.attributes = TRUE)
stopifnot(dim(years) == c(3, 3, 2, 1), years[3, 3, 2, 1] == 17 / 4, attr(years, "units") == "years")
stopifnot(h5read(file, "region") == c("0301", "4204"))
stopifnot(h5read(file, "state_label_nb")[1:2] == c("Skole", "Arbeid"))
stopifnot(h5read(file, "stock", bit64conversion = "double")[3, 2, 2, 1] == 12)
stopifnot(h5read(file, "groups/person_years")[1] == 0)
stopifnot(h5read(file, "life_courses/person", bit64conversion = "double") == c(1, 1, 7))
stopifnot(h5readAttributes(file, "/")$scenario_name == "grunnlag")
R
