#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the example as its users do: once, with parameter draws, and with replicates.
# usage: make_runs.sh PROGRAM SOURCE FOLDER
set -eu
program=$1
folder=$3
cd "$2"
run() {
  out=$1
  shift
  "$program" run scenarios/example/baseline.yaml scenarios/example/what_if.yaml --out "$folder/$out" --quiet \
    --set population.persons=1000 "$@"
}
run one
run draws --set draws=4 --set replicates=2
run replicates --set replicates=3
