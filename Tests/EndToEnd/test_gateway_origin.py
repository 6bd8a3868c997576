"""A web page that the gateway's manifest names may call the servers behind it; every other one is refused at the door."""

from __future__ import annotations

import json
from pathlib import Path

from support.processes import get
from support.world import start_gateway, start_server

PAGE = "https://app.example.com"
INITIALIZE = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
    "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "page", "version": "1"}}}).encode()


def initialize(base: str, origin: str) -> int:
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", "Origin": origin}
    return get(f"{base}/mcp", data=INITIALIZE, headers=headers)[0]


def test_a_listed_page_gets_through_to_the_server_and_others_do_not(simulator, stopping, tmp_path: Path) -> None:
    service = {"name": "ecs", "required_roles": [], "command": ["ecs-mcp-server"]}
    process, base = start_gateway(tmp_path, simulator.env, {"origins": [PAGE], "services": [service]})
    stopping(process)
    assert initialize(f"{base}/ecs", PAGE) == 200
    assert initialize(f"{base}/ecs", "https://evil.example") == 403


def test_a_server_alone_refuses_every_page_that_is_not_local(simulator, stopping) -> None:
    process, base = start_server("ecs", simulator.env)
    stopping(process)
    assert initialize(base, PAGE) == 403
    assert initialize(base, "http://localhost:3000") == 200
