"""Every command that the README files show does what they say, in a folder like a fresh clone with the executables built."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from support.client import Target, connect, run
from support.deployment import filled
from support.processes import BIN, ROOT, Process, get, wait_until_ok
from support.world import Simulator

README = {name: (ROOT / name).read_text() for name in ("README.md", "README.zh-CN.md")}
PROGRAMS = r"(?:\./(?:start|scripts/\w+)\.sh|(?:ecs|pipeline|cts)-mcp-server|mcp-gateway|huaweicloud-simulator)"

# The demo has its own tests.
DEMO = "./start.sh --demo"
# What runs this test, and what takes minutes.
LONG = ["./scripts/test.sh", "./scripts/build.sh"]


def commands(text: str) -> set[str]:
    """Lines of shell blocks without their comments, and commands between code marks."""
    blocks = re.findall(r"(?ms)^```sh\n(.*?)^```", text)
    lines = {re.sub(r"\s+#.*$", "", line) for block in blocks for line in block.splitlines() if line.strip()}
    prose = re.sub(r"(?ms)^```.*?^```", "", text)
    return lines | set(re.findall(rf"`({PROGRAMS} [^`]+)`", prose))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of a clone that the commands use, and the executables where a release has them."""
    for name in ("start.sh", "manifest.json", ".env.example"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").symlink_to(BIN)
    return tmp_path


def environment(**more: str) -> dict[str, str]:
    return {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": os.environ.get("HOME", "/"), **more}


def shell(command: str, folder: Path) -> str:
    """What a command that ends by itself prints; it must succeed."""
    assert command in ALL, f"the README files no longer show {command!r}"
    result = subprocess.run(["bash", "-c", command], env=environment(), cwd=folder, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    return result.stdout


def serving(command: str, folder: Path, **env: str) -> tuple[Process, str]:
    """A gateway that a command starts, on free ports, and its address."""
    assert command in ALL, f"the README files no longer show {command!r}"
    process = Process(
        ["bash", "-c", f"exec env {command}"], cwd=folder,
        env=environment(MCP_GATEWAY_PORT="0", MCP_GATEWAY_ADMIN_PORT="0", **env),
    )
    base = "http://" + process.wait_for(r"gateway-ready .*?\baddress=(\S+)").group(1)
    wait_until_ok(f"{base}/readyz", process)
    return process, base


ALL = set().union(*map(commands, README.values()))
DONE_HERE = {
    "ecs-mcp-server --help", "ecs-mcp-server --list-tools", "ecs-mcp-server --transport sse --port 8000",
    "cp .env.example .env", "./start.sh token keygen",
    "./start.sh token create --sub alice --roles operator --audience mcp-gateway",
    "MCP_GATEWAY_AUTH_MODE=jwt MCP_JWT_PUBLIC_KEY=file:jwt-public.pem ./start.sh", "./start.sh ecs,pipeline",
    "./start.sh config preview", "./start.sh explain --path /ecs/mcp --roles readonly",
}


@pytest.mark.parametrize("name", README)
def test_every_command_is_tested(name: str) -> None:
    assert commands(README[name]) == DONE_HERE | {DEMO, *LONG}


def test_the_demo_has_its_own_tests() -> None:
    assert '"--demo"' in (ROOT / "Tests" / "EndToEnd" / "test_start_script.py").read_text()


@pytest.mark.parametrize("command", LONG)
def test_what_takes_too_long_to_run_here_explains_itself(command: str) -> None:
    result = subprocess.run([str(ROOT / command), "--help"], env=environment(), cwd="/", capture_output=True, text=True, timeout=30)
    assert result.returncode == 0 and len(result.stdout) > 60, result.stderr


def test_a_server_explains_its_settings_and_shows_its_tools(folder: Path) -> None:
    text = shell("ecs-mcp-server --help", folder)
    assert "HUAWEICLOUD_ACCESS_KEY_ID" in text and "EXAMPLES" in text
    assert "ecs_confirm_destructive" in shell("ecs-mcp-server --list-tools", folder)


def test_a_server_on_loopback_has_the_paths_that_the_comment_names(folder: Path, simulator: Simulator, stopping) -> None:
    command = "ecs-mcp-server --transport sse --port 8000"
    assert command in ALL
    process = stopping(Process(["bash", "-c", f"exec {command.replace('8000', '0')}"], cwd=folder, env=environment(**simulator.env)))
    base = "http://" + process.wait_for(r"server-started .*address=(\S+)").group(1)
    wait_until_ok(f"{base}/healthz", process)

    async def listed(kind: str, path: str) -> set[str]:
        async with connect(Target(kind, url=base + path)) as session:
            return set(await session.tools())

    assert run(listed("sse", "/sse")) == run(listed("http", "/mcp"))
    assert get(f"{base}/messages", data=b"{}")[0] in (400, 404)


def test_what_would_start_and_what_would_happen_is_told_without_keys(folder: Path) -> None:
    preview = shell("./start.sh config preview", folder)
    assert re.findall(r"(?m)^on +(\w+) at (\S+)", preview) == [("ecs", "/ecs"), ("pipeline", "/pipeline"), ("cts", "/cts")]
    verdict = shell("./start.sh explain --path /ecs/mcp --roles readonly", folder)
    assert verdict.startswith("allow\n") and "service: ecs\n" in verdict


def test_many_people_use_the_gateway_with_the_tokens_of_its_own_commands(folder: Path, simulator: Simulator, stopping) -> None:
    shell("cp .env.example .env", folder)
    (folder / ".env").write_text(filled((folder / ".env").read_text()))
    shell("./start.sh token keygen", folder)
    assert (folder / "jwt-private.pem").stat().st_mode & 0o777 == 0o600 and (folder / "jwt-public.pem").exists()

    started = "MCP_GATEWAY_AUTH_MODE=jwt MCP_JWT_PUBLIC_KEY=file:jwt-public.pem ./start.sh"
    process, base = serving(started, folder, **simulator.env)
    stopping(process)
    token = shell("./start.sh token create --sub alice --roles operator --audience mcp-gateway", folder).strip()

    async def first_server(kind: str, path: str, headers: dict[str, str]) -> str:
        async with connect(Target(kind, url=base + path, headers=headers)) as session:
            tools = await session.tools()
            assert "ecs_power_action" in tools and "ecs_delete_server" not in tools
            return (await session.call("ecs_list_servers", limit=1)).data["servers"][0]["id"]

    for kind, path in (("http", "/ecs/mcp"), ("sse", "/ecs/sse")):
        assert run(first_server(kind, path, {"Authorization": f"Bearer {token}"}))
    assert get(f"{base}/ecs/mcp", data=b"{}")[0] == 401


def test_some_services_only(folder: Path, simulator: Simulator, stopping) -> None:
    shell("cp .env.example .env", folder)
    (folder / ".env").write_text(filled((folder / ".env").read_text()))
    process, base = serving("./start.sh ecs,pipeline", folder, **simulator.env)
    stopping(process)
    assert [service["name"] for service in json.loads(get(f"{base}/healthz")[2])["mounted"]] == ["ecs", "pipeline"]
