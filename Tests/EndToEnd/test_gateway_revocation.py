"""Revoked tokens: refused at once, their streams ended, and a list that cannot be read changes nothing."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.processes import BIN, Process, get
from support.world import start_gateway


class Gateway:
    """A gateway in mode jwt with one server and a revocation list."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.folder = folder
        self.list = folder / "revoked.json"
        self.run("token", "keygen")
        self.write({})
        manifest = {
            "jwt": {"public_key": "file:jwt-public.pem", "audience": "mcp-gateway", "revocations": "revoked.json"},
            "services": [{"name": "ecs", "command": ["ecs-mcp-server"]}],
        }
        self.process, self.base = start_gateway(folder, {**env, "MCP_GATEWAY_AUTH_MODE": "jwt"}, manifest)

    def run(self, *words: str) -> str:
        result = subprocess.run([str(BIN / "mcp-gateway"), *words], cwd=self.folder, capture_output=True, text=True, timeout=60, env={})
        assert result.returncode == 0, result.stderr
        return result.stdout

    def token(self, sub: str, jti: str) -> str:
        return self.run("token", "create", "--sub", sub, "--roles", "admin", "--audience", "mcp-gateway", "--jti", jti).strip()

    def write(self, revoked: Any) -> None:
        text = revoked if isinstance(revoked, str) else json.dumps(revoked)
        (self.folder / "next.json").write_text(text)
        os.replace(self.folder / "next.json", self.list)

    def ask(self, token: str) -> tuple[int, dict[str, Any]]:
        """A request that needs no session: 401, or whatever the server says."""
        status, _, body = get(
            f"{self.base}/ecs/mcp", data=b"{}", headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        )
        return status, json.loads(body or b"{}")

    def stream(self, token: str) -> socket.socket:
        """An open HTTP+SSE stream, read up to its first event."""
        host, port = self.base.removeprefix("http://").split(":")
        stream = socket.create_connection((host, int(port)), timeout=15)
        stream.sendall(f"GET /ecs/sse HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
        received = b""
        while b"event: endpoint" not in received:
            received += stream.recv(4096)
        return stream


@pytest.fixture
def gateway(simulator: Any, tmp_path: Path) -> Iterator[Gateway]:
    gateway = Gateway(tmp_path, simulator.env)
    yield gateway
    assert gateway.process.stop() == 0, gateway.process.stderr


def rest(stream: socket.socket) -> str:
    """What comes until the end of the stream's response."""
    received = b""
    while not received.endswith(b"0\r\n\r\n"):
        piece = stream.recv(4096)
        assert piece, received
        received += piece
    return received.decode()


def test_a_revoked_token_is_refused_and_its_streams_end(gateway: Gateway) -> None:
    leaked, kept, bob = gateway.token("alice", "leaked"), gateway.token("alice", "kept"), gateway.token("bob", "b")
    streams = {name: gateway.stream(token) for name, token in (("leaked", leaked), ("kept", kept), ("bob", bob))}
    assert all(gateway.ask(token)[0] not in (401, 403) for token in (leaked, kept, bob))

    gateway.write({"jti": ["leaked"], "sub": ["bob"]})
    gateway.process.wait_for(r"revocations-loaded jti=1 sub=1", seconds=4)
    assert gateway.ask(leaked) == (401, {"error": "jwt-revoked", "status": 401})
    assert gateway.ask(bob)[0] == 401
    assert gateway.ask(kept)[0] not in (401, 403)
    assert ": revoked\n" in rest(streams["leaked"]) and ": revoked\n" in rest(streams["bob"])
    assert len(gateway.process.stderr.split("stream-closed")) == 3 and "reason=revoked" in gateway.process.stderr
    streams["kept"].settimeout(0.5)
    with pytest.raises(TimeoutError):
        streams["kept"].recv(1)
    for stream in streams.values():
        stream.close()


def test_a_list_that_cannot_be_read_keeps_the_last_good_one(gateway: Gateway) -> None:
    token = gateway.token("alice", "leaked")
    gateway.write({"jti": ["leaked"]})
    gateway.process.wait_for(r"revocations-loaded", seconds=4)
    gateway.write('{"jti": ["lea')
    gateway.process.wait_for(r"revocations-failed", seconds=4)
    assert gateway.ask(token)[1]["error"] == "jwt-revoked"
    gateway.list.unlink()
    gateway.process.wait_for(r"revocations-failed .*not found", seconds=4)
    assert gateway.ask(token)[1]["error"] == "jwt-revoked"
    gateway.write({})
    gateway.process.wait_for(r"(?s)revocations-loaded.*revocations-loaded", seconds=4)
    assert gateway.ask(token)[0] not in (401, 403)


def test_without_a_good_list_the_gateway_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "revoked.json").write_text('{"jit": []}')
    subprocess.run([str(BIN / "mcp-gateway"), "token", "keygen"], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    process = Process(
        [str(BIN / "mcp-gateway"), "serve", "--port", "0", "--admin-port", "off", "--revocations", "revoked.json"],
        env={"MCP_JWT_PUBLIC_KEY": "file:jwt-public.pem"},
        cwd=tmp_path,
    )
    assert process.process.wait(15) == 2
    assert 'MCP_JWT_REVOCATIONS: revoked.json: unknown member "jit"' in process.stderr
