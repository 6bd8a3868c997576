#!/usr/bin/env bash
# Builds the executables: release by default (optimised, Swift runtime linked statically), or with --debug as the tests use them.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"

options=(-c release --static-swift-stdlib)
minutes="15 to 20"
case "${1:-}" in
  "") ;;
  --debug) options=(); minutes="about 10" ;;
  -h | --help)
    echo "usage: scripts/build.sh [--debug]   executables end up in .build/release or .build/debug"
    exit 0
    ;;
  *) echo "scripts/build.sh: unknown argument $1 (try --help)" >&2; exit 2 ;;
esac

scripts/setup.sh
echo "Building. The first time this takes $minutes minutes on two cores; later only what changed is built." >&2
for product in ecs-mcp-server pipeline-mcp-server cts-mcp-server mcp-gateway huaweicloud-simulator; do
  swift build "${options[@]}" --product "$product" >&2
done
echo "Done: $(swift build "${options[@]}" --show-bin-path)" >&2
