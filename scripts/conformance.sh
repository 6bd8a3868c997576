#!/usr/bin/env bash
# Runs the conformance scenarios of Tests/Conformance against the fixture server: every revision over HTTP directly and
# through the gateway in development mode, and over stdio. Prints a line per run and last the sum. Needs a debug build.
#
#   scripts/conformance.sh                  everything (about five minutes)
#   scripts/conformance.sh http|gateway|stdio …   only these
#   scripts/conformance.sh --scenario ID …  only these scenarios, in every run
#
# MCP_BIN names the folder of the executables. The full output of each run is kept below .run/conformance.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"

ways=()
options=()
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
    http | gateway | stdio) ways+=("$1"); shift ;;
    --scenario) [ $# -ge 2 ] || { echo "--scenario needs an id" >&2; exit 2; }; options+=(--scenario "$2"); shift 2 ;;
    *) echo "scripts/conformance.sh: unknown argument $1 (try --help)" >&2; exit 2 ;;
  esac
done
[ ${#ways[@]} -gt 0 ] || ways=(http gateway stdio)

bin=${MCP_BIN:-$(swift build --show-bin-path)}
for program in conformance-server mcp-gateway; do
  [ -x "$bin/$program" ] || { echo "$bin/$program is missing: run swift build first" >&2; exit 1; }
done

environment="$root/.venv-conformance"
if ! cmp -s Tests/Conformance/requirements.txt "$environment/installed.txt"; then
  echo "Preparing the Python environment of the conformance scenarios" >&2
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check -r Tests/Conformance/requirements.txt
  cp Tests/Conformance/requirements.txt "$environment/installed.txt"
fi
export PYTHONDONTWRITEBYTECODE=1

logs="$root/.run/conformance"
rm -rf "$logs"
mkdir -p "$logs"
started=()
stop() {
  local pid
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
  started=()
}
trap stop EXIT

passed=0
failed=0
# run NAME ARGUMENT…: one run of the scenarios and its line.
run() {
  local name=$1 last
  shift
  local output="$logs/${name// /-}.txt" status=0
  "$environment/bin/python" Tests/Conformance/run.py "$@" >"$output" 2>&1 || status=$?
  last=$(tail -n 1 "$output")
  if [[ "$last" =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
  else
    status=3
  fi
  # A run that broke off, or in which nothing ran, must not look like a clean one.
  if [ "$status" -gt 1 ]; then failed=$((failed + 1)); fi
  printf '%-20s %s\n' "$name" "$last"
  if [ "$status" -ne 0 ]; then
    grep -E '^FAIL ' "$output" | head -n 20 | sed 's/^/    /' || true
    echo "    all of it: $output"
  fi
}

# await FILE PATTERN: waits until a line of a log has the pattern and prints what its first group matched.
await() {
  local line
  for _ in $(seq 100); do
    line=$(sed -nE "s|.*$2.*|\1|p" "$1" 2>/dev/null | head -n 1)
    [ -z "$line" ] || { printf '%s\n' "$line"; return; }
    sleep 0.1
  done
  echo "nothing became ready; see $1" >&2
  cat "$1" >&2
  return 1
}

# over_http NAME BASE: all revisions; 2024-11-05 has HTTP+SSE only, 2026-07-28 Streamable HTTP only.
over_http() {
  local revision
  for revision in 2026-07-28 2025-11-25 2025-06-18 2025-03-26; do
    if [ "$revision" = 2026-07-28 ]; then
      run "$1 $revision" --url "$2/mcp" --revision "$revision" "${options[@]}"
    else
      run "$1 $revision" --url "$2/mcp" --sse-url "$2/sse" --revision "$revision" "${options[@]}"
    fi
  done
  run "$1 2024-11-05" --sse-url "$2/sse" --revision 2024-11-05 "${options[@]}"
}

start_fixture() {
  "$bin/conformance-server" --transport streamable-http --port 0 </dev/null 2>"$logs/$1-fixture.log" &
  started+=($!)
  fixture=$(await "$logs/$1-fixture.log" 'listening on ([^ ]+)')
}

for way in "${ways[@]}"; do
  case "$way" in
    http)
      start_fixture http
      over_http http "http://$fixture"
      stop
      ;;
    gateway)
      start_fixture gateway
      printf '{"services":[{"name":"conformance","upstream":"http://%s"}]}\n' "$fixture" >"$logs/manifest.json"
      MCP_GATEWAY_AUTH_MODE=dev "$bin/mcp-gateway" serve --manifest "$logs/manifest.json" --port 0 --admin-port off \
        </dev/null >"$logs/gateway.log" 2>&1 &
      started+=($!)
      gateway=$(await "$logs/gateway.log" 'gateway-ready address=([^ ]+)')
      over_http gateway "http://$gateway/conformance"
      stop
      ;;
    stdio)
      for revision in 2026-07-28 2025-11-25 2025-06-18 2025-03-26 2024-11-05; do
        run "stdio $revision" --revision "$revision" "${options[@]}" --stdio -- "$bin/conformance-server" --transport stdio
      done
      ;;
  esac
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
