"""One server, mounted twice with different powers: the tool policies of the manifest, as clients meet them."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.client import connect, run
from support.processes import BIN, Process, get
from support.world import start_gateway, target

READING = {"ecs_list_servers", "ecs_get_server", "ecs_list_flavors", "ecs_get_job_status"}
OTHERS = {"ecs_wait_for_job", "ecs_whoami"}
CHANGING = {"ecs_power_action", "ecs_delete_server", "ecs_resize_server", "ecs_confirm_destructive"}


def manifest(**powerful: Any) -> dict[str, Any]:
    """`/ecs` with these further members, and `/ecs/ro` for reading."""
    return {
        "services": [
            {"name": "ecs", "mount_path": "/ecs", "command": ["ecs-mcp-server"], **powerful},
            {
                "name": "ecs-ro",
                "mount_path": "/ecs/ro",
                "command": ["ecs-mcp-server"],
                "tools": {"include": ["ecs_list_*", "ecs_get_*"], "exclude": ["*_flavors"]},
            },
        ]
    }


class Caller:
    """A session of revision 2025-06-18 on one mount, without a client library: what is refused stays visible."""

    def __init__(self, base: str) -> None:
        self.url = f"{base}/mcp"
        self.headers = {
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": "2025-06-18",
        }
        client = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
        status, headers, _ = self._post({"id": 0, "method": "initialize", "params": client})
        assert status == 200
        self.headers["Mcp-Session-Id"] = headers["Mcp-Session-Id"]
        assert self._post({"method": "notifications/initialized"})[0] == 202

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        status, headers, body = self._post({"id": 1, "method": method, "params": params})
        assert status == 200, (status, body)
        if headers["Content-Type"].startswith("text/event-stream"):
            lines = [line[5:].strip() for line in body.decode().splitlines() if line.startswith("data:")]
            body = next(line for line in lines if '"id":1' in line.replace(" ", "")).encode()
        return json.loads(body)

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        return self.ask("tools/call", name=tool, arguments=arguments)

    def tools(self) -> set[str]:
        return {tool["name"] for tool in self.ask("tools/list")["result"]["tools"]}

    def _post(self, message: dict[str, Any]) -> Any:
        return get(self.url, data=json.dumps({"jsonrpc": "2.0", **message}).encode(), headers=self.headers)


@pytest.fixture
def gateway_and_folder(simulator: Any, tmp_path: Path) -> Iterator[tuple[Process, str, Path]]:
    process, base = start_gateway(tmp_path, simulator.env, manifest())
    yield process, base, tmp_path
    assert process.stop() == 0, process.stderr


def reload(process: Process, folder: Path, **powerful: Any) -> None:
    count = process.stderr.count(" reloaded ")
    (folder / "manifest.json").write_text(json.dumps(manifest(**powerful)))
    process.process.send_signal(signal.SIGHUP)
    process.wait_for(rf"(?s)(?:\breloaded\b.*){{{count + 1}}}")


def test_each_mount_lists_and_runs_its_own_tools(simulator, gateway_and_folder) -> None:
    _, base, _ = gateway_and_folder
    everything, reading = Caller(f"{base}/ecs"), Caller(f"{base}/ecs/ro")
    assert everything.tools() == READING | CHANGING | OTHERS
    assert reading.tools() == READING - {"ecs_list_flavors"}

    servers = reading.call("ecs_list_servers", limit=1)["result"]["structuredContent"]["data"]["servers"]
    for tool in sorted(CHANGING | {"ecs_list_flavors"}):
        refused = reading.call(tool, server_ids=[servers[0]["id"]], approval_id="apr-0")
        assert refused["error"]["code"] == -32602, refused
        assert refused["error"]["message"] == f"Unknown tool: {tool}"
    assert everything.call("ecs_list_flavors")["result"]["structuredContent"]["ok"] is True


def test_an_approval_of_one_mount_is_not_there_on_the_other(simulator, gateway_and_folder) -> None:
    _, base, _ = gateway_and_folder
    everything = Caller(f"{base}/ecs")
    server = everything.call("ecs_list_servers", limit=1)["result"]["structuredContent"]["data"]["servers"][0]["id"]
    preview = everything.call("ecs_delete_server", server_ids=[server])["result"]["structuredContent"]["data"]
    refused = Caller(f"{base}/ecs/ro").call("ecs_confirm_destructive", approval_id=preview["approval_id"])
    assert refused["error"]["code"] == -32602
    assert everything.call("ecs_confirm_destructive", approval_id=preview["approval_id"])["result"]["isError"] is False


def test_a_session_of_one_mount_does_not_exist_on_the_other(simulator, gateway_and_folder) -> None:
    _, base, _ = gateway_and_folder
    everything = Caller(f"{base}/ecs")
    everything.url = f"{base}/ecs/ro/mcp"
    status, _, body = everything._post({"id": 1, "method": "tools/list"})
    assert status == 404 and json.loads(body)["error"] == "session-not-found"


def test_a_reload_changes_the_powers_of_open_sessions_at_once(simulator, gateway_and_folder) -> None:
    process, base, folder = gateway_and_folder
    caller = Caller(f"{base}/ecs")
    server = caller.call("ecs_list_servers", limit=1)["result"]["structuredContent"]["data"]["servers"][0]["id"]
    preview = caller.call("ecs_delete_server", server_ids=[server])["result"]["structuredContent"]["data"]

    reload(process, folder, tools={"exclude": ["*_delete_*"]})
    assert "tools changed: ecs" in process.stderr
    assert "ecs_delete_server" not in caller.tools()
    assert caller.call("ecs_delete_server", server_ids=[server])["error"]["code"] == -32602
    # The confirm tool is still there, but not for what the tool that is gone has prepared.
    refused = caller.call("ecs_confirm_destructive", approval_id=preview["approval_id"])["result"]["structuredContent"]
    assert refused["error"]["code"] == "APPROVAL_NOT_FOUND"
    process.wait_for("reason=tool-policy")
    found = caller.call("ecs_get_server", server_id=server)["result"]["structuredContent"]
    assert found["ok"] is True

    reload(process, folder)
    assert caller.call("ecs_confirm_destructive", approval_id=preview["approval_id"])["result"]["isError"] is False


def test_a_policy_that_makes_no_sense_is_not_taken_over(simulator, gateway_and_folder) -> None:
    process, base, folder = gateway_and_folder
    (folder / "manifest.json").write_text(json.dumps(manifest(tools={"include": []})))
    process.process.send_signal(signal.SIGHUP)
    assert "services[0].tools.include" in process.wait_for(r"(?m)^.*reload-failed.*$").group(0)
    assert Caller(f"{base}/ecs").tools() == READING | CHANGING | OTHERS


def test_the_official_client_sees_the_same(simulator, gateway_and_folder) -> None:
    _, base, _ = gateway_and_folder

    async def story() -> None:
        for kind in ("http", "sse"):
            async with connect(target(kind, f"{base}/ecs/ro")) as session:
                assert set(await session.tools()) == READING - {"ecs_list_flavors"}
                with pytest.raises(Exception, match="Unknown tool: ecs_delete_server"):
                    await session.call("ecs_delete_server", server_ids=[])

    run(story())


def test_explain_says_what_would_happen_and_by_which_rule(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(manifest()))

    def explain(mount: str, tool: str) -> dict[str, Any]:
        words = ["explain", "--manifest", str(path), "--path", f"{mount}/mcp", "--roles", "admin", "--tool", tool, "--format", "json"]
        result = subprocess.run([str(BIN / "mcp-gateway"), *words], capture_output=True, text=True, timeout=30, env={})
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    assert explain("/ecs", "ecs_delete_server")["tool_outcome"] == "runs"
    refused = explain("/ecs/ro", "ecs_delete_server")
    assert refused["tool_exists"] is False and refused["tool_outcome"] == "unknown tool"
    assert refused["tool_rule"] == "services[].tools: not matched by include"
    assert explain("/ecs/ro", "ecs_list_flavors")["tool_rule"] == "services[].tools: excluded by '*_flavors'"
