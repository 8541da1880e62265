#!/usr/bin/env bash
# Runs every test project that was built and sums their result files; the last line is "N passed, N failed". How many could
# not run here stands in the line before it, and why further up.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
config=${1:-Release}
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

deploy/scripts/fetch-debian13.sh >/dev/null 2>"$results/fetch-debian13.log" || true
# The program and not its project, whose build files would be read again with all that it references.
program_of() { echo "artifacts/bin/$1/${config,,}/CryptoScreener.$1.dll"; }
left_out=''
if ! command -v kubectl >/dev/null && [ ! -x .data/debian13/usr/bin/kubectl ]; then
  left_out='FullyQualifiedName!~KubectlTests'
  count=$(dotnet test "$(program_of ContractTests)" --nologo --list-tests | grep -c '^ .*\.KubectlTests\.')
  echo "$count" >>"$results/not-run"
  echo "  SKIPPED: $count tests that build the overlays of k8s with kubectl, because $(tail -n 1 "$results/fetch-debian13.log"); others read them"
fi

status=0
for project in tests/*Tests; do
  name=$(basename "$project")
  started=$SECONDS
  if dotnet test "$(program_of "$name")" --nologo ${left_out:+--filter "$left_out"} --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
      --logger "console;verbosity=minimal" --blame-hang-timeout 10m >"$results/$name.log" 2>&1; then
    echo "  $name: ok ($((SECONDS - started)) s)"
  else
    status=1
    echo "  $name: FAILED ($((SECONDS - started)) s)"
    grep -vE '^\s*$' "$results/$name.log" | tail -n 80
  fi
done

# The same storage tests on the other PostgreSQL, where it can be had.
CONFIG=$config RESULTS=$results deploy/scripts/test-timescale.sh short || status=1

sum() { cat "$results"/*.trx 2>/dev/null | grep -oE "<Counters [^>]*" | grep -oE "\b$1=\"[0-9]+\"" | grep -oE '[0-9]+' | paste -sd+ -; }
count() { echo $(( $(sum "$1") + 0 )); }
total=$(count total)
passed=$(count passed)
failed=$(( $(count failed) + $(count error) + $(count timeout) + $(count aborted) ))
skipped=$(( total - passed - failed + $(paste -sd+ "$results/not-run" 2>/dev/null || echo 0) ))

# A project that died before it wrote its results must not look like one that had nothing to say.
for project in tests/*Tests; do
  [ -f "$results/$(basename "$project").trx" ] || { echo "  $(basename "$project"): wrote no results"; failed=$((failed + 1)); }
done
[ "$total" -gt 0 ] || { echo "  no test ran"; status=1; }
[ "$failed" -eq 0 ] || status=1

[ "$skipped" -eq 0 ] || echo "  $skipped tests could not run here: the lines above say which and why"
echo "$passed passed, $failed failed"
exit "$status"
