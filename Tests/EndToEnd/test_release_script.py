"""scripts/release.sh with the executables under test: what it packs, with which modes, the same bytes again, and completions that complete."""

from __future__ import annotations

import hashlib
import platform
import shutil
import stat
import subprocess
import tarfile
from pathlib import Path

import pytest

from support.processes import BIN, ROOT

SCRIPT = str(ROOT / "scripts" / "release.sh")
EXECUTABLES = ["cts-mcp-server", "ecs-mcp-server", "huaweicloud-simulator", "mcp-gateway", "pipeline-mcp-server"]
TIME = 1_700_000_000


def release(*words: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "SOURCE_DATE_EPOCH": str(TIME)}
    return subprocess.run([SCRIPT, *words], capture_output=True, text=True, timeout=120, env=env, cwd="/")


def stand_ins(folder: Path, *executables: str) -> None:
    """Small programs that run the real ones: packing 350 MB again and again takes too long."""
    for executable in executables:
        source = folder / f"{executable}.c"
        source.write_text(f'#include <unistd.h>\nint main(int n, char **words) {{ return n ? execv("{BIN / executable}", words) : 1; }}\n')
        subprocess.run(["cc", "-O1", "-g", "-o", str(source.with_suffix("")), str(source)], check=True, timeout=30)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("executables")
    stand_ins(folder, *(one for one in EXECUTABLES if one != "mcp-gateway"))
    (folder / "mcp-gateway").symlink_to(BIN / "mcp-gateway")
    output = tmp_path_factory.mktemp("release")
    result = release("--bin", str(folder), "--output", str(output), "--allow-shared-runtime", "--compression", "1", "--starts", "1")
    assert result.returncode == 0, result.stderr
    archives = list(output.glob("*.tar.gz"))
    assert len(archives) == 1 and str(archives[0]) in result.stdout
    return archives[0]


@pytest.fixture(scope="module")
def unpacked(archive: Path) -> Path:
    with tarfile.open(archive) as tar:
        tar.extractall(archive.parent, filter="fully_trusted")
    return archive.parent / archive.name.removesuffix(".tar.gz")


def test_the_archive_holds_what_belongs_to_a_release(archive: Path) -> None:
    version = subprocess.run([str(BIN / "mcp-gateway"), "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    name = f"huaweicloud-mcp-servers-{version}-linux-{platform.machine()}"
    assert archive.name == f"{name}.tar.gz"
    with tarfile.open(archive) as tar:
        members = tar.getmembers()
    names = [member.name for member in members]
    assert names == sorted(names) and all(one == name or one.startswith(f"{name}/") for one in names)
    inside = {one.removeprefix(f"{name}/") for one in names}
    assert {one for one in inside if one.startswith("bin/")} == {f"bin/{executable}" for executable in EXECUTABLES}
    assert {f"completions/bash/{one}" for one in EXECUTABLES} | {f"completions/zsh/_{one}" for one in EXECUTABLES} <= inside
    tracked = subprocess.run(["git", "ls-files", "deploy", "docs"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert set(tracked) <= inside
    for one in ("start.sh", "manifest.json", ".env.example", "README.md", "README.zh-CN.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "SHA256SUMS"):
        assert one in inside, one
    for member in members:
        assert (member.uid, member.gid, member.uname, member.gname, member.mtime) == (0, 0, "", "", TIME), member.name
        runs = member.isdir() or member.name.startswith(f"{name}/bin/") or member.name.endswith("/start.sh")
        assert (member.isdir() or member.isfile()) and stat.S_IMODE(member.mode) == (0o755 if runs else 0o644), member.name


def test_packed_again_it_has_the_same_bytes(tmp_path: Path) -> None:
    stand_ins(tmp_path, *EXECUTABLES)
    archives = []
    for output in (tmp_path / "first", tmp_path / "second"):
        result = release("--bin", str(tmp_path), "--output", str(output), "--starts", "0")
        assert result.returncode == 0, result.stderr
        archives.append(next(output.glob("*.tar.gz")))
        for source in tmp_path.glob("*-*"):
            source.touch()  # another time and another order in the folder
    assert archives[0].read_bytes() == archives[1].read_bytes()


def test_checksums(archive: Path, unpacked: Path) -> None:
    assert (archive.parent / "SHA256SUMS").read_text() == f"{hashlib.sha256(archive.read_bytes()).hexdigest()}  {archive.name}\n"
    listed = dict(reversed(line.split("  ", 1)) for line in (unpacked / "SHA256SUMS").read_text().splitlines())
    files = {str(file.relative_to(unpacked)): file for file in unpacked.rglob("*") if file.is_file() and file.name != "SHA256SUMS"}
    assert listed == {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}


def complete(script: Path, *words: str) -> set[str]:
    """What bash offers for the last word."""
    name = words[0]
    code = """
        source "$1"; shift
        COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        "_$1" "$1" "${!#}" "${COMP_WORDS[$#-2]}"
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    result = subprocess.run(["bash", "-c", code, "bash", str(script), *words], capture_output=True, text=True, timeout=20)
    assert result.returncode == 0, (name, result.stderr)
    return set(result.stdout.split())


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("mcp-gateway", "ser"), {"serve"}),
        (("mcp-gateway", "config", ""), {"validate", "preview"}),
        (("mcp-gateway", "serve", "--po"), {"--port"}),
        (("mcp-gateway", "config", "preview", "--format", ""), {"text", "json"}),
        (("ecs-mcp-server", "--list"), {"--list-tools"}),
        (("mcp-gateway", "serve", "--log-level", "w"), {"warning"}),
        (("ecs-mcp-server", "--transport", "s"), {"stdio", "sse", "streamable-http"}),
        (("pipeline-mcp-server", "--env"), {"--env-file"}),
        (("cts-mcp-server", "--ver"), {"--version"}),
        (("huaweicloud-simulator", "--print"), {"--print-data"}),
    ],
)
def test_bash_completes(unpacked: Path, words: tuple[str, ...], offered: set[str]) -> None:
    assert offered <= complete(unpacked / "completions" / "bash" / words[0], *words)


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
@pytest.mark.parametrize("executable", EXECUTABLES)
def test_zsh_reads_the_completions(unpacked: Path, executable: str) -> None:
    script = unpacked / "completions" / "zsh" / f"_{executable}"
    assert script.read_text().startswith(f"#compdef {executable}\n")
    code = 'fpath=("$1" $fpath); autoload -Uz compinit; compinit -u -D; [[ ${_comps[$2]} == "_$2" ]] && autoload +X "_$2"'
    result = subprocess.run(["zsh", "-f", "-c", code, "zsh", str(script.parent), executable], capture_output=True, text=True, timeout=20)
    assert result.returncode == 0, result.stderr


def test_the_release_works_where_it_was_unpacked(unpacked: Path) -> None:
    env = {"PATH": "/usr/bin:/bin", "MCP_GATEWAY_AUTH_MODE": "dev"}
    preview = subprocess.run([str(unpacked / "start.sh"), "config", "preview", "--tools"], env=env, cwd=unpacked, capture_output=True, text=True, timeout=60)
    assert preview.returncode == 0, preview.stderr
    for tool in ("ecs_list_servers", "pipeline_list", "cts_search_traces"):
        assert tool in preview.stdout, "the gateway finds the servers beside it"


def test_a_shared_runtime_is_refused(tmp_path: Path) -> None:
    needed = subprocess.run(["readelf", "-d", str(BIN / "mcp-gateway")], capture_output=True, text=True, check=True).stdout
    if "libswiftCore" not in needed:
        pytest.skip("these executables are linked statically")
    result = release("--bin", str(BIN), "--output", str(tmp_path), "--starts", "0")
    assert result.returncode == 1 and "libswiftCore.so" in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [("--nonsense",), ("--bin",), ("--bin", "/nonexistent"), ("--starts", "x"), ("--compression", "0")])
def test_wrong_usage(words: tuple[str, ...]) -> None:
    result = release(*words)
    assert result.returncode == 2 and "--help" in result.stderr


def test_help_teaches() -> None:
    result = release("--help")
    assert result.returncode == 0 and "--bin DIR" in result.stdout and "sha256sum -c" in result.stdout
