#!/usr/bin/env bash
# Packs a release: builds (optimised, Swift runtime linked statically), strips, packs the executables with everything that belongs to
# them, unpacks that again and tries it. Prints sizes and start-up times.
#
#   scripts/release.sh                 builds (15 to 20 minutes the first time) and packs into dist/
#   scripts/release.sh --bin DIR       packs the executables in DIR instead of building
#   scripts/release.sh --output DIR    where the archive and its SHA256SUMS go; default dist/
#   scripts/release.sh --starts N      starts each server N times to measure the start-up; default 20, 0: not at all
#   scripts/release.sh --compression N   1 (fast) to 9 (small); default 9
#   scripts/release.sh --allow-shared-runtime   packs executables, too, that need an installed Swift runtime (a debug build, to try this)
#
# The archive is huaweicloud-mcp-servers-<version>-linux-<arch>.tar.gz: bin/ with the five executables, start.sh, manifest.json,
# .env.example, deploy/, docs/, completions for bash and zsh, READMEs, licence, changes, and SHA256SUMS of all of it. Packed twice from
# the same commit and executables it has the same bytes: names are sorted, owners left out, and all times are that of the commit, or
# SOURCE_DATE_EPOCH. Tell which build you run with: sha256sum -c SHA256SUMS.
#
# Exit status: 0 packed and tried; 1 something does not work or is not as it should be, and then there is no archive; 2 wrong usage.
set -euo pipefail
shopt -s inherit_errexit
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
executables=(ecs-mcp-server pipeline-mcp-server cts-mcp-server mcp-gateway huaweicloud-simulator)
servers=(ecs-mcp-server pipeline-mcp-server cts-mcp-server)
# What a linked executable may need of the system: the C and C++ libraries and zlib, which every distribution has.
libraries='^(libc|libm|libpthread|libdl|librt|libgcc_s|libstdc\+\+|libz|ld-linux-[a-z0-9-]+|ld64)\.so\.[0-9]+$'

wrong() { echo "scripts/release.sh: $1 (try --help)" >&2; exit 2; }
fail() { echo "scripts/release.sh: $1" >&2; exit 1; }

bin=
output="$root/dist"
starts=20
compression=9
shared=no
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) sed -n '2,/^set -euo/s/^# \{0,1\}//p' "$0" | sed '$d'; exit 0 ;;
    --bin | --output | --starts | --compression)
      [ $# -ge 2 ] || wrong "$1 needs a value"
      case "$1" in --bin) bin=$2 ;; --output) output=$2 ;; --starts) starts=$2 ;; --compression) compression=$2 ;; esac
      shift 2
      ;;
    --allow-shared-runtime) shared=yes; shift ;;
    *) wrong "unknown argument $1" ;;
  esac
done
[[ "$starts" =~ ^[0-9]+$ ]] || wrong "--starts must be a number"
[[ "$compression" =~ ^[1-9]$ ]] || wrong "--compression must be from 1 to 9"
for tool in strip readelf tar gzip sha256sum python3; do
  command -v "$tool" >/dev/null 2>&1 || fail "$tool is missing"
done

epoch=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || true)}
[[ "$epoch" =~ ^[0-9]+$ ]] || fail "the time of the release is unknown: no commit here; set SOURCE_DATE_EPOCH"
if [ -n "$(git -C "$root" status --porcelain 2>/dev/null || true)" ]; then
  echo "Note: there are changes that are not committed." >&2
fi

if [ -z "$bin" ]; then
  "$root/scripts/build.sh"
  bin="$root/.build/release"
fi
[ -d "$bin" ] || wrong "'$bin' is no folder"
bin=$(cd "$bin" && pwd)
for name in "${executables[@]}"; do [ -x "$bin/$name" ] || wrong "$bin/$name is missing"; done

# A version is what the executables say; all of them say the same.
version=$("$bin/mcp-gateway" --version)
version=${version##* }
[[ "$version" =~ ^[0-9A-Za-z.+-]+$ ]] || fail "mcp-gateway tells no version: $version"
for name in "${executables[@]}"; do
  told=$("$bin/$name" --version)
  [ "$told" = "$name $version" ] || [ "$told" = "$version" ] || fail "$name --version says '$told', not $version"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name="huaweicloud-mcp-servers-$version-linux-$(uname -m)"
tree="$work/$name"

# ---- Executables and their completions
mkdir -p "$tree/bin" "$tree/completions/bash" "$tree/completions/zsh"
for executable in "${executables[@]}"; do
  strip --strip-all -o "$tree/bin/$executable" "$bin/$executable"
  needed=$(readelf -d "$tree/bin/$executable" | sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p')
  others=$(grep -Ev "$libraries" <<<"$needed" || true)
  if [ -n "$others" ] && [ "$shared" = no ]; then
    fail "$executable needs more than the C and C++ libraries: ${others//$'\n'/ } (is this a release build?)"
  fi
  "$bin/$executable" --generate-completion-script bash >"$tree/completions/bash/$executable"
  "$bin/$executable" --generate-completion-script zsh >"$tree/completions/zsh/_$executable"
done

# ---- What belongs to them: of the folders only what is part of the project
files() { # files FOLDER: its files, relative to the root
  git -C "$root" ls-files -z -- "$1" 2>/dev/null | grep -qz . && { git -C "$root" ls-files -z -- "$1"; return; }
  (cd "$root" && find "$1" -type f -print0)
}
while IFS= read -r -d '' file; do
  [ -f "$root/$file" ] || continue
  mkdir -p "$tree/$(dirname "$file")"
  cp "$root/$file" "$tree/$file"
done < <(files deploy; files docs)
cp "$root"/{start.sh,manifest.json,.env.example,README.md,README.zh-CN.md,CHANGELOG.md,SECURITY.md,LICENSE} "$tree/"

find "$tree" -type d -exec chmod 755 {} +
find "$tree" -type f -exec chmod 644 {} +
chmod 755 "$tree/bin/"* "$tree/start.sh"
(cd "$tree" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sed 's| \./| |') >"$work/sums"
install -m 644 "$work/sums" "$tree/SHA256SUMS"

archive="$work/$name.tar.gz"
LC_ALL=C tar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=gnu -C "$work" -cf - "$name" | gzip -n "-$compression" >"$archive"

# ---- Try it: unpacked elsewhere, with an empty environment
trial="$work/trial"
mkdir "$trial"
tar -xzf "$archive" -C "$trial"
cd "$trial/$name"
sha256sum --quiet -c SHA256SUMS || fail "the archive is damaged"
clean() { env -i PATH=/usr/bin:/bin HOME="$work" "$@"; }
for executable in "${executables[@]}"; do
  told=$(clean "bin/$executable" --version) || fail "$executable does not run"
  [ "${told##* }" = "$version" ] || fail "$executable says $told"
  clean "bin/$executable" --help | grep -q "$executable" || fail "$executable --help does not help"
  clean bash -c "source completions/bash/$executable && complete -p $executable" >/dev/null || fail "the completions of $executable for bash are broken"
  if command -v zsh >/dev/null 2>&1; then clean zsh -n "completions/zsh/_$executable" || fail "the completions of $executable for zsh are broken"; fi
done
clean MCP_GATEWAY_AUTH_MODE=dev bin/mcp-gateway config validate --manifest manifest.json >/dev/null || fail "the packed manifest is not valid"
clean MCP_GATEWAY_AUTH_MODE=dev ./start.sh config preview --tools >/dev/null || fail "start.sh does not find what is packed beside it"

# ---- Publish
mkdir -p "$output"
output=$(cd "$output" && pwd)
install -m 644 "$archive" "$output/"
(cd "$output" && sha256sum "$name.tar.gz" >SHA256SUMS)

# ---- Report
# start_ms EXECUTABLE: median of the time from just before exec to the answer to initialize over stdio, in milliseconds.
start_ms() {
  clean HUAWEICLOUD_ACCESS_KEY_ID=none HUAWEICLOUD_SECRET_ACCESS_KEY=none HUAWEICLOUD_REGION=cn-north-4 MCP_TRANSPORT=stdio \
    python3 - "$starts" "bin/$1" <<'PYTHON'
import json, statistics, subprocess, sys, time
hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
    "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "release", "version": "1"}}}
times = []
for _ in range(int(sys.argv[1])):
    start = time.monotonic()
    server = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    server.stdin.write(json.dumps(hello).encode() + b"\n")
    server.stdin.flush()
    answer = json.loads(server.stdout.readline() or "{}")
    times.append((time.monotonic() - start) * 1000)
    server.stdin.close()
    if server.wait(10) != 0 or "result" not in answer:
        sys.exit(f"{sys.argv[2]} does not answer initialize, or does not end: {answer}")
print(f"{statistics.median(times):.1f}")
PYTHON
}
megabytes() { awk -v bytes="$(stat -L -c %s "$1")" 'BEGIN { printf "%.1f", bytes / 1e6 }'; }

printf '| executable | MB | unstripped | ms to initialize (median of %s) |\n|---|---:|---:|---:|\n' "$starts"
for executable in "${executables[@]}"; do
  took=-
  case " ${servers[*]} " in
    *" $executable "*) if [ "$starts" -gt 0 ]; then took=$(start_ms "$executable"); fi ;;
  esac
  printf '| %s | %s | %s | %s |\n' "$executable" "$(megabytes "bin/$executable")" "$(megabytes "$bin/$executable")" "$took"
done
printf '\nNeeds of the system: %s\n' "$(for executable in "${executables[@]}"; do readelf -d "bin/$executable"; done |
  sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p' | LC_ALL=C sort -u | paste -sd ' ')"
printf '%s, %s MB, sha256 %s\n' "$output/$name.tar.gz" "$(megabytes "$archive")" "$(cut -d ' ' -f 1 "$output/SHA256SUMS")"
