#!/usr/bin/env bash
# Builds the executables: release by default (optimised, Swift runtime linked statically), or with --debug as the tests use them.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"

options=(-c release --static-swift-stdlib)
# Nothing is ever linked to the executables, so they export no symbols, which costs 5 MB of memory per process; gold cannot drop unused C functions so well.
[ "$(uname -s)" != Linux ] || options+=(-Xswiftc -use-ld=lld -Xlinker --no-export-dynamic -Xcc -ffunction-sections -Xcc -fdata-sections)
# Relocations in the short form take 2 MB less; the loader understands it from glibc 2.36 on.
libc=$(getconf GNU_LIBC_VERSION 2>/dev/null || true)
if [ -n "$libc" ] && printf '2.36\n%s\n' "${libc#glibc }" | sort -CV; then options+=(-Xlinker -z -Xlinker pack-relative-relocs); fi
minutes="15 to 20"
products=()
while [ "$#" -gt 0 ]; do
  case "$1" in
    --debug) options=(); minutes="about 10" ;;
    -h | --help)
      echo "usage: scripts/build.sh [--debug] [PRODUCT…]   executables end up in .build/release or .build/debug; without names, all five"
      exit 0
      ;;
    -*) echo "scripts/build.sh: unknown argument $1 (try --help)" >&2; exit 2 ;;
    *) products+=("$1") ;;
  esac
  shift
done
[ "${#products[@]}" -gt 0 ] || products=(ecs-mcp-server pipeline-mcp-server cts-mcp-server mcp-gateway huaweicloud-simulator)

scripts/setup.sh
echo "Building. The first time this takes $minutes minutes on two cores; later only what changed is built." >&2
for product in "${products[@]}"; do
  swift build "${options[@]}" --product "$product" >&2
done
echo "Done: $(swift build "${options[@]}" --show-bin-path)" >&2
