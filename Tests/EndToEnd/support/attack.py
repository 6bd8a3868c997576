"""A gateway to attack: in mode jwt, with the real ecs server and a recorder behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .caller import Caller
from .gateways import Gateway, service, start_jwt_gateway
from .recorder import Recorded, Recorder
from .wire import Answer, exchange, request

PUBLIC_URL = "https://mcp.example.com"


@dataclass
class World:
    """What the tests need of it."""

    gateway: Gateway
    recorder: Recorder
    outsider: Recorder  # on no mount: nothing may ever reach it

    @property
    def port(self) -> int:
        return self.gateway.port

    def token(self, roles: str = "admin", sub: str = "alice", **options) -> str:
        return self.gateway.keys.token(sub, roles, **options)

    def caller(self, roles: str = "admin", sub: str = "alice", mount: str = "/ecs", **options) -> Caller:
        return Caller(self.port, self.token(roles, sub, **options), mount)

    def send(self, method: str, target: str, *headers: str, body: bytes = b"", token: str | None = None, host: str = "localhost") -> Answer:
        lines = [f"Authorization: Bearer {token}", *headers] if token else list(headers)
        return exchange(self.port, request(method, target, *lines, body=body, host=host))

    def forwarded(self, *headers: str, body: bytes = b"{}", target: str = "/rec/mcp", token: str | None = None) -> Recorded:
        """What reaches the recorder of a request."""
        self.recorder.requests.clear()
        answer = self.send("POST", target, *headers, body=body, token=token or self.token("readonly"))
        assert answer.status == 200, answer
        assert len(self.recorder.requests) == 1
        return self.recorder.requests[0]


@contextmanager
def attacked(env: dict[str, str], folder: Path) -> Iterator[World]:
    """Mounts: /ecs for everyone, /ops for admins, /ecs/ops for operators, /rec for any caller; the last two are the recorder."""
    recorder, outsider = Recorder(), Recorder()
    gateway = start_jwt_gateway(
        folder, {**env, "MCP_GATEWAY_LOG_LEVEL": "trace"}, public_url=PUBLIC_URL,
        services=[
            service("ecs"),
            service("ops", mount_path="/ops", required_roles=["admin"]),
            {"name": "nested", "mount_path": "/ecs/ops", "required_roles": ["operator"], "upstream": recorder.url},
            {"name": "rec", "mount_path": "/rec", "upstream": recorder.url},
        ],
    )
    try:
        yield World(gateway, recorder, outsider)
    finally:
        recorder.close()
        outsider.close()
        assert gateway.process.stop() == 0, gateway.log
    assert outsider.connections == 0, "something outside the manifest was reached"
