"""start.sh as the README shows it: the demo from nothing to a client's call, and nothing left running afterwards."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

from support.client import connect, run
from support.processes import ROOT, Process, get
from support.world import target

START = str(ROOT / "start.sh")


def descendants(pid: int) -> set[int]:
    """All processes below a process."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found: set[int] = set()
    grew = True
    while grew:
        more = {child for child, parent in parents.items() if parent == pid or parent in found} - found
        found |= more
        grew = bool(more)
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def start_demo(*words: str, env: dict[str, str] | None = None) -> tuple[Process, str]:
    demo = Process([START, *words], env={"MCP_GATEWAY_ADMIN_PORT": "0", **(env or {})}, cwd=Path("/"))
    base = demo.wait_for(r"(?m)^Ready: (\S+)", stream="stdout", seconds=60).group(1)
    return demo, base


def test_demo_serves_a_client_and_leaves_nothing_running() -> None:
    demo, base = start_demo("--demo", "--port", "0")
    try:
        text = demo.stdout
        configuration = json.loads(text[text.index("{\n"):text.index("\n}\n") + 3])
        urls = {name: entry["url"] for name, entry in configuration["mcpServers"].items()}
        assert urls["huaweicloud-ecs"] == f"{base}/ecs/mcp"
        assert len(urls) == 3 and len(re.findall(r"(?m)^  [123]\. ", text)) == 3

        async def call() -> None:
            async with connect(target("http", f"{base}/ecs")) as session:
                assert (await session.call("ecs_list_servers", limit=1)).data["count"] >= 30

        run(call())
        below = descendants(demo.pid)
        assert len(below) >= 5, "simulator, gateway and three servers"
    finally:
        code = demo.stop(signal.SIGINT)
    assert code == 0
    deadline = time.monotonic() + 5
    while any(alive(pid) for pid in below) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in below if alive(pid)]


def test_service_list_and_demo_combine_in_any_order() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    demo, base = start_demo("ecs,cts", "--demo", "--log-level", "warning", f"--port={port}")
    try:
        assert base == f"http://127.0.0.1:{port}"
        mounted = json.loads(get(f"{base}/healthz")[2])["mounted"]
        assert [service["name"] for service in mounted] == ["ecs", "cts"]
    finally:
        assert demo.stop() == 0


def script(*words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    base = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run([START, *words], env={**base, **(env or {})}, capture_output=True, text=True, timeout=30, cwd="/")


def test_subcommands_pass_through() -> None:
    assert "serve" in script("--help").stdout
    assert script("token", "--help").returncode == 0
    preview = script("config", "preview", "--manifest", str(ROOT / "manifest.json"), "--format", "json")
    assert [service["name"] for service in json.loads(preview.stdout)["services"]] == ["ecs", "pipeline", "cts"]


def test_without_a_key_the_gateway_refuses_to_start() -> None:
    refused = script("--print-only")
    assert refused.returncode == 2 and "MCP_JWT_PUBLIC_KEY" in refused.stderr


def test_manifest_beside_the_script_is_the_default_from_any_folder() -> None:
    summary = script("ecs", "--print-only", env={"MCP_GATEWAY_AUTH_MODE": "dev"})
    assert summary.returncode == 0 and "ecs" in summary.stdout + summary.stderr
