#!/usr/bin/env bash
# Runs every test: unit tests of all modules, the end-to-end tests with the official Python client (1.x and 2.x), and the
# conformance scenarios of every protocol revision. From a clean clone it installs what is missing and builds first (about
# 25 minutes in all on two cores).
#
#   scripts/test.sh                    everything
#   scripts/test.sh --filter NAME      unit tests whose name contains NAME, nothing else
#   scripts/test.sh --end-to-end …     end-to-end tests only; further words go to pytest
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"

case "${1:-}" in
  -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac

scripts/setup.sh --tests

if [ "${1:-}" = --filter ]; then
  exec swift test --disable-xctest --filter "$2"
fi

echo "== Build ==" >&2
swift build --build-tests
export MCP_BIN
MCP_BIN=$(swift build --show-bin-path)

if [ "${1:-}" = --end-to-end ]; then
  only=end-to-end
  shift
else
  echo "== Unit tests ==" >&2
  swift test --skip-build --disable-xctest
fi

for line in mcp1 mcp2; do
  echo "== End-to-end tests with $(head -n 1 "Tests/EndToEnd/requirements-$line.txt") ==" >&2
  pytest=(".venv-$line/bin/python" -m pytest -q -o "cache_dir=$root/.run/pytest-$line" Tests/EndToEnd "$@")
  if ! "${pytest[@]}"; then
    # A busy machine can make a test miss its time; what fails twice is broken.
    echo "== Once more, only what failed ==" >&2
    "${pytest[@]}" --last-failed --last-failed-no-failures none
  fi
done

if [ "${only:-}" != end-to-end ]; then
  echo "== Conformance ==" >&2
  scripts/conformance.sh
fi
