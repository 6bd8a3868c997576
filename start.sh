#!/usr/bin/env bash
# Starts the gateway with the servers behind it.
#
#   ./start.sh                     reads .env, starts what manifest.json names
#   ./start.sh ecs,pipeline        only these services
#   ./start.sh --port 9000         flags pass through to `mcp-gateway serve`
#   ./start.sh --demo              everything on a bundled simulator of the cloud: no account, no keys
#   ./start.sh token|config|explain|serve …, -h      passed to mcp-gateway as they are
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)

demo=no
arguments=()
for argument in "$@"; do
  if [ "$argument" = --demo ]; then demo=yes; else arguments+=("$argument"); fi
done
set -- "${arguments[@]+"${arguments[@]}"}"

# A release build if there is one, else a debug build; if there is none, the demo makes the one that is ready sooner.
find_binaries() {
  local configuration name
  for configuration in release debug; do
    for name in mcp-gateway ecs-mcp-server pipeline-mcp-server cts-mcp-server huaweicloud-simulator; do
      [ -x "$root/.build/$configuration/$name" ] || continue 2
    done
    printf '%s\n' "$root/.build/$configuration"
    return 0
  done
  return 1
}
# An unpacked release has the executables beside this script.
if [ -x "$root/bin/mcp-gateway" ]; then
  bin="$root/bin"
elif ! bin=$(find_binaries); then
  if [ "$demo" = yes ]; then "$root/scripts/build.sh" --debug; else "$root/scripts/build.sh"; fi
  bin=$(find_binaries)
fi

case "${1:-}" in
  token | config | explain | -h | --help | --version) exec "$bin/mcp-gateway" "$@" ;;
  serve) shift ;;
  "" | -*) ;;
  *) services=$1; shift; set -- --enable "$services" "$@" ;;
esac

has() { # has OPTION ARGUMENTS…: whether an option is among them, also as --option=value
  local wanted=$1 argument; shift
  for argument in "$@"; do [ "$argument" = "$wanted" ] || [ "${argument#"$wanted"=}" != "$argument" ] && return 0; done
  return 1
}
if [ -z "${MCP_GATEWAY_MANIFEST:-}" ] && ! has --manifest "$@"; then set -- --manifest "$root/manifest.json" "$@"; fi
if [ "$demo" = no ] && [ -f "$root/.env" ] && ! has --env-file "$@"; then set -- --env-file "$root/.env" "$@"; fi

if [ "$demo" = no ]; then exec "$bin/mcp-gateway" serve "$@"; fi

# ---- Demo: this script stays as the parent and stops everything it started.
work=$(mktemp -d)
simulator= gateway= tail=
stop() {
  trap - EXIT INT TERM
  for pid in $gateway $simulator $tail; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in $gateway $simulator; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap 'stop; exit 0' INT TERM
trap 'status=$?; stop; exit $status' EXIT

failed() { echo "start.sh: $1" >&2; cat "$2" >&2; exit 1; }

echo "Starting the simulator of the cloud …" >&2
"$bin/huaweicloud-simulator" --port 0 --write-env "$work/simulator.env" >"$work/simulator.out" 2>"$work/simulator.log" &
simulator=$!
for _ in $(seq 1 100); do
  grep -q '^ready ' "$work/simulator.out" 2>/dev/null && break
  kill -0 "$simulator" 2>/dev/null || failed "the simulator did not start:" "$work/simulator.log"
  sleep 0.1
done
url=$(sed -n 's/^ready //p' "$work/simulator.out")
[ -n "$url" ] || failed "the simulator did not say where it listens:" "$work/simulator.log"

# Every server is pointed at the simulator: keys, region, projects, endpoint overrides. Read as data, never evaluated.
unset HUAWEICLOUD_SECURITY_TOKEN CODEARTS_REGION
while IFS='=' read -r name value; do
  case "$name" in [A-Z]*) export "$name=$value" ;; esac
done <"$work/simulator.env"
export MCP_GATEWAY_AUTH_MODE=${MCP_GATEWAY_AUTH_MODE:-dev}

echo "Starting the gateway and the servers behind it …" >&2
"$bin/mcp-gateway" serve "$@" 2>"$work/gateway.log" &
gateway=$!
# Where it listens is in its log; at a log level that hides that, what was asked for.
option() { # option NAME DEFAULT ARGUMENTS…: the value of an option, also as --name=value
  local wanted=$1 found=$2 previous= argument; shift 2
  for argument in "$@"; do
    [ "$previous" = "$wanted" ] && found=$argument
    [ "${argument#"$wanted"=}" != "$argument" ] && found=${argument#"$wanted"=}
    previous=$argument
  done
  printf '%s' "$found"
}
asked="$(option --host "${MCP_GATEWAY_HOST:-127.0.0.1}" "$@"):$(option --port "${MCP_GATEWAY_PORT:-8080}" "$@")"
address=
for _ in $(seq 1 300); do
  address=$(sed -n 's/.*gateway-ready.* address=\([^ ]*\).*/\1/p; s/.*"msg":"gateway-ready".*"address":"\([^"]*\)".*/\1/p' "$work/gateway.log" | head -n 1)
  [ -n "$address" ] || [ "${asked##*:}" = 0 ] || address=$asked
  [ -n "$address" ] && curl -fsS -o /dev/null "http://$address/readyz" 2>/dev/null && break
  kill -0 "$gateway" 2>/dev/null || failed "the gateway did not start:" "$work/gateway.log"
  sleep 0.1
done
[ -n "$address" ] || failed "the log does not say where the gateway listens; give --port a number or use --log-level info:" "$work/gateway.log"
curl -fsS -o /dev/null "http://$address/readyz" || failed "the services did not become ready within 30 s:" "$work/gateway.log"

mounts=$(curl -fsS "http://$address/healthz" | grep -o '"mount_path":"[^"]*"' | cut -d'"' -f4)
echo
echo "Ready: http://$address  (simulated cloud at $url; Ctrl-C stops everything)"
echo
echo "Client configuration to paste (Streamable HTTP; for older clients replace /mcp by /sse):"
echo
printf '{\n  "mcpServers": {\n'
separator=
for mount in $mounts; do
  printf '%s    "huaweicloud-%s": { "type": "http", "url": "http://%s%s/mcp" }' "$separator" "${mount#/}" "$address" "$mount"
  separator=$',\n'
done
printf '\n  }\n}\n\n'
cat <<'TRY'
Three things to try with your assistant:
  1. "Which of my servers are stopped? Start one and tell me when it runs."
  2. "Shut down web-prod-02." The server shows what would happen and waits for your yes.
  3. "Delete db-staging-01." See what would be lost with it before you decide.

Log:
TRY
tail -n +1 -f --pid="$gateway" "$work/gateway.log" >&2 &
tail=$!
wait "$gateway"
