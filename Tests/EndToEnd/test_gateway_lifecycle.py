"""Streams and processes of the gateway over time: token expiry, disconnects, signals, crashes, reloads."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support import forgery
from support.caller import INITIALIZE, Caller
from support.gateways import Gateway, is_running, service, start_jwt_gateway
from support.keys import keygen
from support.processes import BIN, wait_until_ok
from support.recorder import Recorder
from support.wire import Wire, request


def eventually(condition: Callable[[], object], what: str, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    recorder = Recorder()
    yield recorder
    recorder.close()


@pytest.fixture
def start(simulator, tmp_path: Path) -> Iterator[Callable[..., Gateway]]:
    """Starts a gateway that is stopped after the test, whatever happened, and leaves no server behind."""
    started: list[tuple[Gateway, list[int]]] = []

    def begin(env: dict[str, str] | None = None, **members) -> Gateway:
        gateway = start_jwt_gateway(tmp_path, {**simulator.env, **(env or {})}, **members)
        started.append((gateway, gateway.children()))
        return gateway

    yield begin
    for gateway, pids in started:
        pids += gateway.children()
        gateway.process.stop(seconds=40)
        eventually(lambda: not any(map(is_running, pids)), "a server outlived its gateway")


# The end of a chunked response.
END = b"\r\n0\r\n\r\n"


def open_stream(gateway: Gateway, path: str, token: str, *headers: str) -> Wire:
    wire = Wire(gateway.port)
    wire.send(request("GET", path, f"Authorization: Bearer {token}", "Accept: text/event-stream", *headers))
    wire.wait_for(b"\r\n\r\n")
    assert wire.received.startswith(b"HTTP/1.1 200 "), wire.received
    return wire


# ---- Token expiry (gateway.md §9.4)


@pytest.mark.parametrize("kind", ["sse", "mcp", "recorder"])
def test_stream_ends_with_its_token(kind: str, start, recorder: Recorder) -> None:
    gateway = start(
        {"MCP_GATEWAY_SSE_KEEPALIVE": "1"}, jwt={"leeway": 0},
        services=[service(), {"name": "rec", "mount_path": "/rec", "upstream": recorder.url}],
    )
    long = Caller(gateway.port, gateway.keys.token())
    lines = [f"Mcp-Session-Id: {long.open().session}"] if kind == "mcp" else []
    token = gateway.keys.token(ttl=3)
    expiry = forgery.decode(token.split(".")[1])["exp"]
    path = "/rec/mcp" if kind == "recorder" else f"/ecs/{kind}"
    with open_stream(gateway, path, token, *lines) as wire:
        wire.wait_for(END)
        body = wire.received.split(b"\r\n\r\n", 1)[1]
    assert 0 <= time.time() - expiry < 2, "not before, and not much later"
    assert b": keepalive\n\n" in body
    assert body.endswith(b": token-expired\n\n" + END), "a comment and a proper end"
    eventually(lambda: re.search(r" stream-closed .*\breason=token-expired\b", gateway.log), "no record of it")
    assert gateway.status()["open_streams"] == 0
    if kind == "recorder":
        assert recorder.wait_for(lambda: recorder.closed_streams == 1), "the upstream request goes on"
    again = Caller(gateway.port, token).post(INITIALIZE)
    assert (again.status, again.error) == (401, "jwt-invalid:ExpiredSignatureError")


def test_stream_lives_as_long_as_the_leeway(start) -> None:
    gateway = start({"MCP_GATEWAY_SSE_KEEPALIVE": "1"}, jwt={"leeway": 3})
    token = gateway.keys.token(ttl=1)
    with open_stream(gateway, "/ecs/sse", token) as wire:
        wire.wait_for(b": token-expired\n\n" + END)
    assert 3 <= time.time() - forgery.decode(token.split(".")[1])["exp"] < 5


# ---- Disconnects


@pytest.mark.parametrize("how", ["close", "reset"])
def test_client_disconnect_ends_the_upstream_stream(how: str, start, recorder: Recorder) -> None:
    gateway = start(services=[service(), {"name": "rec", "mount_path": "/rec", "upstream": recorder.url}])
    token = gateway.keys.token()
    streams = [open_stream(gateway, "/rec/mcp", token), open_stream(gateway, "/ecs/sse", token)]
    eventually(lambda: gateway.status()["open_streams"] == 2, "two streams")
    for wire in streams:
        if how == "reset":
            wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        wire.socket.close()
    eventually(lambda: gateway.status()["open_streams"] == 0, "the gateway did not notice", 3)
    assert recorder.wait_for(lambda: recorder.closed_streams == 1, 3), "the upstream request goes on"


def test_upstream_that_breaks_tears_the_response(start, recorder: Recorder) -> None:
    gateway = start(services=[{"name": "rec", "mount_path": "/rec", "upstream": recorder.url}])
    with recorder.answering(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhalf"):
        with Wire(gateway.port) as wire:
            recorder.closes = True
            wire.send(request("POST", "/rec/mcp", f"Authorization: Bearer {gateway.keys.token()}", body=b"{}"))
            received = wire.rest()
    assert received.endswith(b"half") and b"Content-Length: 100" in received, "it must not look complete"


# ---- Signals (§12)


def test_sigterm_drains_and_leaves_no_child(start, recorder: Recorder) -> None:
    gateway = start(services=[service(), {"name": "rec", "mount_path": "/rec", "upstream": recorder.url}], limits={"drain_timeout": 10})
    pids = gateway.children()
    assert len(pids) == 1
    token = gateway.keys.token()
    stream = open_stream(gateway, "/ecs/sse", token)
    recorder.delay = 1.5
    running = Wire(gateway.port)
    running.send(request("POST", "/rec/mcp", f"Authorization: Bearer {token}", body=b"{}"))
    assert recorder.wait_for(lambda: bool(recorder.requests))
    gateway.process.process.send_signal(signal.SIGTERM)
    with stream, running:
        begun = time.monotonic()
        assert stream.rest().endswith(END), "a stream is ended properly"
        assert time.monotonic() - begun < 1, "and at once"
        with pytest.raises(OSError):
            Wire(gateway.port, 1).socket.close()
        assert running.answer().status == 200, "a running request may finish"
    assert gateway.process.process.wait(15) == 0
    assert time.monotonic() - begun < 8
    assert not any(map(is_running, pids))


def test_drain_time_is_a_limit(start, recorder: Recorder) -> None:
    gateway = start(services=[service(), {"name": "rec", "mount_path": "/rec", "upstream": recorder.url}], limits={"drain_timeout": 1})
    recorder.delay = 30
    with Wire(gateway.port) as wire:
        wire.send(request("POST", "/rec/mcp", f"Authorization: Bearer {gateway.keys.token()}", body=b"{}"))
        assert recorder.wait_for(lambda: bool(recorder.requests))
        begun = time.monotonic()
        assert gateway.process.stop(seconds=12) == 0
        assert time.monotonic() - begun < 8
        assert b"200 OK" not in wire.rest()


def test_death_of_the_gateway_leaves_no_child(start) -> None:
    gateway = start(services=[service(), service("ops", mount_path="/ops")])
    pids = gateway.children()
    assert len(pids) == 2 and all(map(is_running, pids))
    gateway.process.process.kill()
    gateway.process.process.wait(15)
    eventually(lambda: not any(map(is_running, pids)), "a server outlived the gateway")


def test_gateway_that_cannot_listen_starts_no_child(simulator, tmp_path: Path) -> None:
    keys = keygen(tmp_path)
    manifest = tmp_path / "manifest.json"
    marker = tmp_path / "started"
    manifest.write_text(
        '{"jwt":{"public_key":"file:%s"},"services":[{"name":"ecs","command":["/bin/sh","-c","touch %s; sleep 60"]}]}' % (keys.public, marker)
    )
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = subprocess.run(
            [str(BIN / "mcp-gateway"), "serve", "--manifest", str(manifest), "--port", port, "--admin-port", "0"],
            env=simulator.env, capture_output=True, text=True, timeout=30,
        )
    assert result.returncode == 1 and port in result.stderr and "in use" in result.stderr
    assert not marker.exists()


# ---- Supervision


def test_killed_server_is_started_again(start) -> None:
    gateway = start()
    caller = Caller(gateway.port, gateway.keys.token()).open()
    pid, = gateway.children()
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: gateway.status()["services"][0]["state"] != "ready", "it was not noticed", 3)
    meanwhile = caller.post(INITIALIZE)
    assert (meanwhile.status, meanwhile.error) == (503, "upstream-unavailable") and int(meanwhile.header("Retry-After")) >= 1
    with Wire(gateway.port) as wire:
        wire.send(request("GET", "/readyz"))
        assert wire.answer().status == 503
        wire.send(request("GET", "/healthz"))
        assert wire.answer().status == 200
    wait_until_ok(f"{gateway.base}/readyz", gateway.process)
    new, = gateway.children()
    assert new != pid and gateway.status()["services"][0]["restarts"] == 1
    lost = caller.post({"jsonrpc": "2.0", "id": 2, "method": "tools/list"})
    assert lost.status == 404, "the session died with the server; the client begins a new one"
    assert caller.open().tools()


def test_server_with_a_wrong_configuration_fails_and_the_gateway_goes_on(start) -> None:
    gateway = start()
    gateway.reload(services=[service(), {"name": "broken", "command": ["ecs-mcp-server", "--no-such-option"]}])
    eventually(lambda: " service-state service=broken state=failed" in gateway.log, "it did not fail")
    assert "no-such-option" in gateway.log, "why it failed"
    assert Caller(gateway.port, gateway.keys.token()).open().tools()
    assert Caller(gateway.port, gateway.keys.token(), "/broken").post(INITIALIZE).status == 503


def test_server_gets_none_of_the_gateways_own_settings(start) -> None:
    gateway = start({"MCP_GATEWAY_SESSION_KEY": "A" * 43 + "=", "MCP_JWT_ISSUER": "mcp-gateway", "MCP_DEV_ROLES": "admin"})
    pid, = gateway.children()
    names = {entry.split(b"=")[0].decode() for entry in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") if entry}
    assert "HUAWEICLOUD_SECRET_ACCESS_KEY" in names
    own = {name for name in names if name.startswith(("MCP_GATEWAY_", "MCP_JWT_", "MCP_DEV_"))}
    assert own == {"MCP_GATEWAY_IDENTITY_PUBLIC_KEY", "MCP_GATEWAY_IDENTITY_AUDIENCE"}


# ---- Reload


def test_reload_adds_a_mount_and_keeps_what_runs(start) -> None:
    gateway = start()
    caller = Caller(gateway.port, gateway.keys.token()).open()
    pid, = gateway.children()
    with open_stream(gateway, "/ecs/sse", caller.token) as stream:
        record = gateway.reload(services=[service(), service("ops", mount_path="/ops", required_roles=["admin"])])
        assert "service added: ops" in record
        wait_until_ok(f"{gateway.base}/readyz", gateway.process)
        assert Caller(gateway.port, caller.token, "/ops").open().tools()
        assert pid in gateway.children() and len(gateway.children()) == 2
        assert caller.tools(), "the session is still there"
        assert gateway.status()["open_streams"] == 1 and not stream.received.endswith(END)


@pytest.mark.parametrize("members", [
    {"services": [{"name": "ecs"}]}, {"services": "none"}, {"jwt": {"public_key": "file:/nowhere"}}, {"limits": {"burst": 0}}, {"nonsense": 1},
    {"services": [service(), service()]},
])
def test_reload_with_a_mistake_changes_nothing(members: dict, start) -> None:
    gateway = start()
    caller = Caller(gateway.port, gateway.keys.token()).open()
    pids = gateway.children()
    record = gateway.reload("reload-failed", **members)
    assert "manifest.json: " in record
    assert caller.tools() and gateway.children() == pids


def test_reload_that_is_no_json_changes_nothing(start) -> None:
    gateway = start()
    gateway.manifest.write_text("{")
    gateway.process.process.send_signal(signal.SIGHUP)
    gateway.process.wait_for(" reload-failed ")
    assert Caller(gateway.port, gateway.keys.token()).open().tools()


def test_reload_ends_streams_that_are_no_longer_allowed(start, recorder: Recorder) -> None:
    rec = {"name": "rec", "mount_path": "/rec", "upstream": recorder.url}
    gateway = start(services=[service(), rec])
    reader, admin = gateway.keys.token("bob", "readonly"), gateway.keys.token()
    with open_stream(gateway, "/ecs/sse", reader) as lost, open_stream(gateway, "/ecs/sse", admin) as kept, open_stream(gateway, "/rec/mcp", admin) as gone:
        assert gateway.status()["open_streams"] == 3
        gateway.reload(services=[service(required_roles=["admin"])])
        lost.wait_for(END)
        gone.wait_for(END)
        assert gateway.status()["open_streams"] == 1 and not kept.received.endswith(END)
    assert Caller(gateway.port, reader).post(INITIALIZE).status == 403
    assert Caller(gateway.port, admin, "/rec").post(INITIALIZE).status == 404


def test_reload_takes_over_another_key(start, tmp_path: Path) -> None:
    gateway = start()
    old = Caller(gateway.port, gateway.keys.token()).open()
    (tmp_path / "new").mkdir()
    new = keygen(tmp_path / "new")
    both = tmp_path / "both.pem"
    both.write_text(gateway.keys.public.read_text() + new.public.read_text())
    gateway.reload(jwt={"public_key": f"file:{both}", "audience": "mcp-gateway"})
    assert old.tools() and Caller(gateway.port, new.token()).open().tools(), "both keys during a rotation"
    gateway.reload(jwt={"public_key": f"file:{new.public}", "audience": "mcp-gateway"})
    refused = old.post(INITIALIZE)
    assert (refused.status, refused.error) == (401, "jwt-invalid:InvalidSignatureError"), "not from the cache either"
    assert Caller(gateway.port, new.token()).open().tools()


def test_reload_does_not_change_addresses(start) -> None:
    gateway = start()
    gateway.reload(limits={"requests_per_second": 1000})
    assert Caller(gateway.port, gateway.keys.token()).open().tools()


# ---- Slow and greedy clients (§11)


def test_slow_head_is_ended(start) -> None:
    gateway = start(limits={"header_timeout": 1, "body_timeout": 1})
    with Wire(gateway.port) as wire:
        wire.send(b"POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\n")
        for _ in range(8):
            wire.send(b"X: y\r\n")
            time.sleep(0.25)
        assert wire.answer().status == 408
        assert wire.rest() == b""
    with Wire(gateway.port) as wire:
        wire.send(request("POST", "/ecs/mcp", f"Authorization: Bearer {gateway.keys.token()}", "Content-Type: application/json", "Content-Length: 100") + b"{")
        assert wire.answer().status == 408


def test_rate_and_stream_limits(start) -> None:
    gateway = start(limits={"requests_per_second": 1, "burst": 3, "streams_per_subject": 1, "failed_auth_per_minute": 3})
    alice, bob = gateway.keys.token("alice"), gateway.keys.token("bob")
    answers = [Caller(gateway.port, alice).post({"jsonrpc": "2.0", "id": 1, "method": "ping"}) for _ in range(8)]
    limited = [answer for answer in answers if answer.status == 429]
    assert limited and limited[0].error == "rate-limited" and int(limited[0].header("Retry-After")) >= 1
    with open_stream(gateway, "/ecs/sse", bob) as stream:
        with Wire(gateway.port) as second:
            second.send(request("GET", "/ecs/sse", f"Authorization: Bearer {bob}"))
            answer = second.answer()
        assert (answer.status, answer.error) == (429, "too-many-streams")
        failures = [Caller(gateway.port, "x").post(INITIALIZE).status for _ in range(6)]
        assert failures[:3] == [401, 401, 401] and failures[-1] == 429
        assert not stream.received.endswith(END), "what runs goes on"


def test_one_dead_service_does_not_hinder_another(start, recorder: Recorder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        gateway = start(
            services=[service(), {"name": "silent", "upstream": f"http://127.0.0.1:{silent.getsockname()[1]}"}, {"name": "dead", "upstream": "http://127.0.0.1:9"}],
            limits={"response_timeout": 4},
        )
        token = gateway.keys.token()
        waiting = [Wire(gateway.port) for _ in range(20)]
        for wire in waiting:
            wire.send(request("POST", "/silent/mcp", f"Authorization: Bearer {token}", body=b"{}"))
        begun = time.monotonic()
        assert Caller(gateway.port, token).open().tools()
        assert time.monotonic() - begun < 3
        dead = Caller(gateway.port, token, "/dead").post(INITIALIZE)
        assert (dead.status, dead.error) == (502, "upstream-unreachable") and b"127.0.0.1" not in dead.body
        for wire in waiting:
            with wire:
                answer = wire.answer()
            assert (answer.status, answer.error) == (504, "upstream-timeout")
