"""A caller of Streamable HTTP who does everything by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from .wire import Answer, Wire, request

INITIALIZE = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
    "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "by-hand", "version": "1"}}}
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}


@dataclass
class Caller:
    """Someone with a token at a mount; keeps the session id that was given."""

    port: int
    token: str
    mount: str = "/ecs"
    session: str | None = None
    headers: list[str] = field(default_factory=list)

    def post(self, message: Any, *headers: str, session: str | None = None) -> Answer:
        """Sends one message; `session` replaces the caller's own."""
        lines = [f"Authorization: Bearer {self.token}", "Content-Type: application/json",
                 "Accept: application/json, text/event-stream", *self.headers, *headers]
        if used := session or self.session:
            lines.append(f"Mcp-Session-Id: {used}")
        with Wire(self.port) as wire:
            wire.send(request("POST", f"{self.mount}/mcp", *lines, body=json.dumps(message).encode()))
            return wire.answer()

    def open(self) -> Caller:
        """Begins a session."""
        self.session = None
        answer = self.post(INITIALIZE)
        assert answer.status == 200, answer
        self.session = answer.header("Mcp-Session-Id")
        assert self.session
        assert self.post(INITIALIZED).status == 202
        return self

    def ask(self, method: str, *headers: str, **params: Any) -> Any:
        """The result of a request."""
        answer = self.post({"jsonrpc": "2.0", "id": 7, "method": method, "params": params}, *headers)
        assert answer.status == 200, answer
        text = answer.body.decode()
        if answer.header("Content-Type").startswith("text/event-stream"):
            text = next(line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: {"))
        return json.loads(text)["result"]

    def tools(self, *headers: str) -> set[str]:
        """The names of the tools that are listed."""
        return {tool["name"] for tool in self.ask("tools/list", *headers)["tools"]}

    def call(self, name: str, /, **arguments: Any) -> dict[str, Any]:
        """The envelope of a tool call."""
        return self.ask("tools/call", name=name, arguments=arguments)["structuredContent"]
