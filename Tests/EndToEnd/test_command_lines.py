"""Exit codes, messages and clean ends of the executables, as a person at a shell meets them."""

from __future__ import annotations

import json
import signal
import socket
import subprocess

import pytest

from support.processes import BIN, Process, get
from support.world import SERVICES, start_server

EXECUTABLES = [*SERVICES.values(), "mcp-gateway", "huaweicloud-simulator"]


def command(*words: str, env: dict[str, str] | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BIN / words[0]), *words[1:]], env=env or {}, input=stdin, capture_output=True, text=True, timeout=30)


@pytest.mark.parametrize("name", EXECUTABLES)
def test_help_and_version(name: str) -> None:
    text = command(name, "--help")
    assert text.returncode == 0 and len(text.stdout) > 400
    version = command(name, "--version")
    assert version.returncode == 0 and version.stdout.strip()


@pytest.mark.parametrize("name", EXECUTABLES)
def test_unknown_option_is_a_usage_error(name: str) -> None:
    result = command(name, "--no-such-option")
    assert result.returncode in (2, 64)
    assert result.stdout == "" and "no-such-option" in result.stderr


def test_missing_configuration_names_everything_that_is_missing() -> None:
    result = command("ecs-mcp-server")
    assert result.returncode == 2 and result.stdout == ""
    for name in ("HUAWEICLOUD_ACCESS_KEY_ID", "HUAWEICLOUD_SECRET_ACCESS_KEY", "HUAWEICLOUD_REGION"):
        assert name in result.stderr


def test_port_in_use_is_one_line_and_exit_1(simulator) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for words in (["ecs-mcp-server", "--transport", "sse", "--port", port], ["huaweicloud-simulator", "--port", port]):
            result = command(*words, env=simulator.env)
            assert result.returncode == 1, (words, result)
            assert port in result.stderr and "in use" in result.stderr


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_a_server_cleanly(stop: int, simulator) -> None:
    process, base = start_server("ecs", simulator.env)
    assert get(f"{base}/healthz")[0] == 200
    assert process.stop(stop) == 0


def test_stdio_end_of_input_ends_the_server_cleanly(simulator) -> None:
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
    ]
    lines = "".join(json.dumps(message) + "\n" for message in messages)
    result = command("ecs-mcp-server", env=simulator.env, stdin=lines + "this is no JSON\n" + '{"jsonrpc":"2.0","id":3,"method":"ping"}\n')
    assert result.returncode == 0
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer.get("id") for answer in answers] == [1, 2, None, 3]
    assert answers[2]["error"]["code"] == -32700 and "id" not in answers[2]
    assert answers[3]["result"] == {}


def test_over_long_line_is_refused_and_the_session_lives_on(simulator) -> None:
    huge = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"x": "y" * (5 << 20)}}) + "\n"
    result = command("ecs-mcp-server", env=simulator.env, stdin=huge + '{"jsonrpc":"2.0","id":2,"method":"ping"}\n')
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer.get("id") for answer in answers] == [None, 2]
    assert answers[0]["error"]["code"] in (-32600, -32700)


def test_list_tools_needs_no_credentials() -> None:
    result = command("ecs-mcp-server", "--list-tools", "--format", "json")
    assert result.returncode == 0
    assert {tool["name"] for tool in json.loads(result.stdout)} >= {"ecs_list_servers", "ecs_confirm_destructive"}


def test_no_secret_in_any_output(simulator) -> None:
    process, base = start_server("ecs", simulator.env, "--log-level", "trace")
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    status, answered, _ = get(f"{base}/mcp", data=body, headers=headers)
    assert status == 200
    headers["Mcp-Session-Id"] = answered["Mcp-Session-Id"]
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "ecs_list_servers", "arguments": {}}}
    assert get(f"{base}/mcp", data=json.dumps(call).encode(), headers=headers)[0] == 200
    assert process.stop() == 0
    assert "tool-ok" in process.stderr
    assert simulator.env["HUAWEICLOUD_SECRET_ACCESS_KEY"] not in process.stderr + process.stdout
    assert simulator.env["HUAWEICLOUD_ACCESS_KEY_ID"] not in process.stderr
