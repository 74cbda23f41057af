#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# readers/R: tables as in the CSV, differences as `utvei compare` has them.
# usage: rhdf5_reader.sh PROGRAM RUNS
set -eu
command -v Rscript >/dev/null || { echo "SKIPPED: R is not installed (r-base-core)"; exit 77; }
Rscript -e 'quit(status = !requireNamespace("rhdf5", quietly = TRUE))' >/dev/null 2>&1 ||
  { echo "SKIPPED: R's rhdf5 is not installed (r-bioc-rhdf5)"; exit 77; }
Rscript - "$1" "$2" "$(dirname "$0")/../../readers/R/utvei.R" <<'R'
words <- commandArgs(trailingOnly = TRUE)
program <- words[1]
runs <- words[2]
source(words[3])

csv_of <- function(...) read.csv(text = system2(program, c(..., "--quiet"), stdout = TRUE), colClasses = c(region = "character", state = "character"))

check_difference <- function(folder, interval) {
  baseline <- file.path(folder, "baseline.h5")
  scenario <- file.path(folder, "what_if.h5")
  wanted <- subset(csv_of("compare", baseline, scenario, "--format", "csv"), measure_of == "person_years")
  wanted[c("region", "year", "state")] <- lapply(wanted[c("region", "year", "state")], function(one) ifelse(is.na(one), "", one))
  key <- function(frame) paste(frame$region, frame$year, frame$state)
  for (by in list("state", c("region", "state"), c("year", "state"))) {
    found <- utvei_difference(baseline, scenario, "person_years", by = by)
    for (name in setdiff(c("region", "year"), by)) found[[name]] <- ""
    line <- wanted[match(key(found), key(wanted)), ]
    stopifnot(!anyNA(line$baseline), found$interval == interval)
    numbers <- c("baseline", "value", "difference", "mc_se", if (interval == "parameters") c("low_95", "high_95"))
    for (name in numbers) stopifnot(isTRUE(all.equal(found[[name]], line[[name]], tolerance = 1e-9)))
  }
}

check_difference(file.path(runs, "draws"), "parameters")
check_difference(file.path(runs, "one"), "simulation")
check_difference(file.path(runs, "replicates"), "simulation")
result <- file.path(runs, "draws/baseline.h5")
stopifnot("person_years" %in% utvei_tables(result)$table, utvei_about(result)$seed == 42)
frame <- utvei_table(result, "stock", language = "en")
lines <- csv_of("export", result, "--table", "stock")
stopifnot(frame$value == lines$value, frame$year == lines$year, frame$region == lines$region, frame$state == lines$state,
          "Work" %in% frame$state_label)
fails <- function(expression) inherits(try(expression, silent = TRUE), "try-error")
stopifnot(fails(utvei_difference(result, file.path(runs, "draws/what_if.h5"), "stock", by = "state")),
          fails(utvei_difference(result, file.path(runs, "one/what_if.h5"), "stock", by = "year")),
          fails(utvei_table(result, "stok")))
R
