#!/usr/bin/env bash
# test-timescale.sh [short]   the storage tests on PostgreSQL 17 with TimescaleDB (fetch-debian13.sh gets it; SCREENER_TEST_POSTGRES_ROOT
# names another folder with a system that has them). Runs what was built: CONFIG; result files go to RESULTS.
# The last line says on which servers the tests ran, or why not on this one.
# "short" is what follows all other tests (test.sh): without Redis and the fights of whole processes, which know no server. Where such a
# server cannot be had that is no failure then, but the tests count as skipped: their number goes to RESULTS/not-run.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
results=${RESULTS:-artifacts/test-results}
mkdir -p "$results"
filter='FullyQualifiedName~IntegrationTests.Storage'
ran_on() { grep -ohE 'storage tests ran on PostgreSQL [^<]*' "$results/$1.trx" 2>/dev/null | head -n 1 | sed 's/storage tests ran on //; s/[[:space:]]*$//'; }
short=0 others=
if [ "${1:-}" = short ]; then
  short=1
  filter="$filter&FullyQualifiedName!~FightTests&FullyQualifiedName!~Redis"
  others=$(ran_on IntegrationTests)
fi

if ! root=${SCREENER_TEST_POSTGRES_ROOT:-$(deploy/scripts/fetch-debian13.sh 2>"$results/fetch-debian13.log")}; then
  skipped=$(grep -oE '<UnitTest name="CryptoScreener\.IntegrationTests\.Storage\.[^"]*' "$results/IntegrationTests.trx" 2>/dev/null | grep -cvE '\.Redis\.|FightTests')
  [ "$short" -eq 0 ] || echo "${skipped:-0}" >>"$results/not-run"
  echo "  SKIPPED: ${skipped:-all} storage tests on TimescaleDB, because $(tail -n 1 "$results/fetch-debian13.log"); they ran on ${others:-nothing}"
  exit $((1 - short))
fi

started=$SECONDS
config=${CONFIG:-Release}
SCREENER_TEST_POSTGRES_ROOT=$root dotnet test "artifacts/bin/IntegrationTests/${config,,}/CryptoScreener.IntegrationTests.dll" --nologo --filter "$filter" \
  --logger "trx;LogFileName=Timescale.trx" --results-directory "$results" --blame-hang-timeout 5m >"$results/Timescale.log" 2>&1
status=$?
if [ "$status" -eq 0 ]; then
  echo "  IntegrationTests.Storage on TimescaleDB: ok ($((SECONDS - started)) s)"
else
  echo "  IntegrationTests.Storage on TimescaleDB: FAILED ($((SECONDS - started)) s)"
  grep -vE '^\s*$' "$results/Timescale.log" | tail -n 80
fi
ran=$(ran_on Timescale)
echo "  storage tests ran on ${others:+$others and on }${ran:-nothing}"
[ -n "$ran" ] || status=1
exit "$status"
