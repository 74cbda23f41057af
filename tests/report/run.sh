#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tests of the report's page: run.sh bundle | unit | browser. Exit code 77, which ctest calls skipped, where Node or its packages are missing.
set -eu
cd "$(dirname "$0")/../.."
web=output/report/web

missing() {
  echo "skipped: $1"
  exit 77
}

command -v node >/dev/null || missing "no node"
[ -d $web/node_modules/esbuild ] || missing "no packages: npm ci --prefix $web"
case $1 in
  bundle) node $web/build.js --check ;;
  unit) node --test tests/report/unit/*.test.js ;;
  browser)
    [ -x "${UTVEI_CHROMIUM:-/usr/bin/chromium}" ] || missing "no Chromium"
    node --test --test-concurrency=1 tests/report/browser/*.test.js
    ;;
esac
