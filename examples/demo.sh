#!/bin/sh
# Trace the example reports to their sources; pages go to OUT. BIN is where `quoth` is installed, empty for the PATH.
set -eu
cd "$(dirname "$0")/.."
OUT=${OUT:-out}
quoth=${BIN:+$BIN/}quoth
mkdir -p "$OUT"
"$quoth" trace examples/gazette.txt --source examples/statement.txt --html "$OUT/demo.html"
"$quoth" trace examples/courier.txt --source examples/statement.txt --source examples/interview.txt \
  --html "$OUT/demo-courier.html" >/dev/null
echo
echo "The same as a page:  $OUT/demo.html"
echo "A second report, held against two sources:  $OUT/demo-courier.html"
