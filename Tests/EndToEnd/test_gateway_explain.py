"""What `explain` says is what the running gateway does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import forgery
from support.caller import INITIALIZE
from support.gateways import Gateway, service, start_jwt_gateway
from support.keys import gateway_command
from support.wire import exchange, request


@pytest.fixture(scope="module")
def gateway(simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    gateway = start_jwt_gateway(
        tmp_path_factory.mktemp("explain"), simulator.env,
        services=[
            service(), service("ops", mount_path="/ops", required_roles=["admin"]),
            {"name": "ro", "mount_path": "/ecs/ro", "command": ["ecs-mcp-server"], "tools": {"include": ["ecs_list_*"]}},
            {"name": "off", "enabled": False, "upstream": "http://127.0.0.1:9"},
        ],
    )
    yield gateway
    assert gateway.process.stop() == 0, gateway.log


TOKENS = {
    "admin": lambda g: g.keys.token(),
    "reader": lambda g: g.keys.token("rita", "readonly"),
    "nobody": lambda g: g.keys.token("nina", "others"),
    "expired": lambda g: g.keys.token(ttl=-100),
    "forged": lambda g: forgery.rs256(forgery.stranger(), forgery.claims()),
    "garbage": lambda g: "garbage",
}
PLACES = [
    ("POST", "/ecs/mcp"), ("POST", "/ecs/mcp/"), ("POST", "/ops/mcp"), ("POST", "/%6fps/mcp"), ("POST", "/ecs/ro/mcp"), ("POST", "/off/mcp"), ("POST", "/nothing"),
    ("POST", "/ecs/healthz"), ("PUT", "/ecs/mcp"), ("POST", "/ecs//mcp"), ("POST", "/ecs/../ops/mcp"), ("POST", "/ecs/%2e%2e/ops/mcp"), ("DELETE", "/ecs/sse"),
]


@pytest.mark.parametrize(("method", "path"), PLACES)
@pytest.mark.parametrize("who", TOKENS)
def test_explain_agrees_with_the_gateway(who: str, method: str, path: str, gateway: Gateway) -> None:
    token = TOKENS[who](gateway)
    lines = (f"Authorization: Bearer {token}", "Content-Type: application/json", "Accept: application/json, text/event-stream")
    answer = exchange(gateway.port, request(method, path, *lines, body=json.dumps(INITIALIZE).encode()))
    words = ["explain", "--manifest", str(gateway.manifest), "--path", path, "--method", method, "--token", token]
    told = gateway_command(*words, "--format", "json")
    report = json.loads(told.stdout)
    refused = report["verdict"] == "deny"
    assert told.returncode == (1 if refused else 0)
    if refused:
        assert (report["status"], report["reason"]) == (answer.status, answer.error)
    else:
        assert answer.status == 200 and report["service"] in ("ecs", "ops", "ro")
    text = gateway_command(*words).stdout
    first, other = ("deny", "allow") if refused else ("allow", "deny")
    assert text.startswith(first) and other not in text
    assert token not in told.stdout + told.stderr + text or who == "garbage"


@pytest.mark.parametrize(("roles", "path", "tool", "outcome"), [
    ("admin", "/ecs/mcp", "ecs_delete_server", "runs"), ("admin", "/ecs/ro/mcp", "ecs_delete_server", "unknown tool"),
    ("readonly", "/ecs/ro/mcp", "ecs_list_servers", "runs"),
])
def test_explain_tells_the_tool_by_token(roles: str, path: str, tool: str, outcome: str, gateway: Gateway) -> None:
    token = gateway.keys.token("tom", roles)
    told = gateway_command("explain", "--manifest", str(gateway.manifest), "--path", path, "--token", token, "--tool", tool, "--format", "json")
    assert json.loads(told.stdout)["tool_outcome"] == outcome


def test_a_token_is_read_from_no_file_by_accident(gateway: Gateway, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(gateway.keys.token())
    told = gateway_command("explain", "--manifest", str(gateway.manifest), "--path", "/ecs/mcp", "--token", str(tmp_path / "token"), "--format", "json")
    assert told.returncode == 1 and json.loads(told.stdout)["reason"] == "jwt-invalid:DecodeError"
