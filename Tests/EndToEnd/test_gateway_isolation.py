"""One upstream that is dead, hangs or is full: refused quickly, found again by itself, and nobody else notices."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from support.caller import Caller
from support.gateways import Gateway, service, start_jwt_gateway
from support.processes import BIN, get
from support.recorder import OK, STREAM, Recorder
from support.wire import Answer, Wire, exchange, request

COOLDOWN = 2
LIMITS = {"response_timeout": 1, "connect_timeout": 1, "circuit_failures": 3, "circuit_cooldown": COOLDOWN}


class Moody:
    """A server on a port that is its own from the beginning to the end; its mood is what it does with a connection."""

    def __init__(self) -> None:
        self.mood = "answers"
        self.accepted = 0
        self.requests = 0
        self._held: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.accepted += 1
            if self.mood == "resets":
                # A close with linger 0 is a reset.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                connection.close()
            else:
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as reader:
            try:
                while recorded := Recorder._read(reader):
                    self.requests += 1
                    if self.mood == "hangs" or (self.mood == "hangs but for /healthz" and "/healthz" not in recorded.request_line):
                        reader.read(1)
                        return
                    if recorded.head.startswith(b"GET /mcp"):
                        connection.sendall(STREAM + b"9\r\ndata: 1\n\n\r\n")
                        reader.read(1)
                        return
                    connection.sendall(OK)
            except (OSError, ValueError):
                return

    def close(self) -> None:
        self._listener.close()


class Unreachable:
    """A port that is bound and never listened on: connections to it are refused, and nobody else can take it meanwhile."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def begin(self) -> None:
        """From now on there is a server, which answers everything."""
        self._socket.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    @staticmethod
    def _serve(connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as reader:
            try:
                while Recorder._read(reader):
                    connection.sendall(OK)
            except (OSError, ValueError):
                return

    def close(self) -> None:
        self._socket.close()


class Full:
    """A port whose queue of connections is full, so that further ones get no reply at all; empty it to have them accepted."""

    def __init__(self) -> None:
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(0)
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._fillers: list[socket.socket] = []
        while not self._is_full():
            assert len(self._fillers) < 64, "the queue does not fill"

    def _is_full(self) -> bool:
        filler = socket.socket()
        self._fillers.append(filler)
        filler.settimeout(0.3)
        try:
            filler.connect(("127.0.0.1", self.port))
        except TimeoutError:
            return True
        return False

    @property
    def attempts(self) -> int:
        """The connections to it that are being opened."""
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        return sum(1 for row in rows if row[3] == "02" and row[2].endswith(f":{self.port:04X}"))

    def close(self) -> None:
        for filler in self._fillers:
            filler.close()
        self._listener.close()


@pytest.fixture
def moody() -> Iterator[Moody]:
    server = Moody()
    yield server
    server.close()


@pytest.fixture
def other() -> Iterator[Recorder]:
    server = Recorder()
    yield server
    server.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Gateway]]:
    running: list[Gateway] = []

    def begin(*services: dict[str, Any], **members: Any) -> Gateway:
        env = members.pop("env", {})
        gateway = start_jwt_gateway(tmp_path, env, services=list(services), **{"limits": LIMITS, **members})
        running.append(gateway)
        return gateway

    yield begin
    for gateway in running:
        assert gateway.process.stop() == 0, gateway.log


class Client:
    """Sends small requests and takes the time."""

    def __init__(self, gateway: Gateway) -> None:
        self.port = gateway.port
        self.line = f"Authorization: Bearer {gateway.keys.token()}"

    def post(self, mount: str, *, within: float = 15) -> Answer:
        begun = time.monotonic()
        answer = exchange(self.port, request("POST", f"{mount}/mcp", self.line, "Content-Type: application/json", body=b"{}"))
        took = time.monotonic() - begun
        assert took < within, f"{answer.status} after {took:.2f} s"
        return answer

    def health(self) -> None:
        begun = time.monotonic()
        assert exchange(self.port, request("GET", "/healthz")).status == 200
        assert time.monotonic() - begun < 0.5

    def stream(self, mount: str) -> Wire:
        wire = Wire(self.port)
        wire.send(request("GET", f"{mount}/mcp", self.line, "Accept: text/event-stream"))
        wire.wait_for(b"\r\n\r\n")
        return wire


def metrics(gateway: Gateway) -> dict[str, float]:
    """Every sample of /metrics; the format is checked on the way."""
    status, headers, body = get(f"{gateway.admin}/metrics")
    assert status == 200 and headers["Content-Type"].startswith("text/plain; version=0.0.4")
    samples: dict[str, float] = {}
    types: dict[str, str] = {}
    for line in body.decode().splitlines():
        if found := re.fullmatch(r"# TYPE (\w+) (counter|gauge|histogram)", line):
            assert found[1] not in types, f"{found[1]} twice"
            types[found[1]] = found[2]
        elif not line.startswith("# HELP "):
            found = re.fullmatch(r'(\w+)(\{(?:\w+="[^"]*",?)*\})? (\S+)', line)
            assert found, line
            family = found[1] if found[1] in types else re.sub(r"_(bucket|sum|count)$", "", found[1])
            assert family in types, line
            assert types[family] != "counter" or family.endswith("_total"), line
            assert f"{found[1]}{found[2] or ''}" not in samples, line
            samples[f"{found[1]}{found[2] or ''}"] = float(found[3])
    return samples


def row(gateway: Gateway, name: str) -> dict[str, Any]:
    """A service in /status."""
    return next(row for row in gateway.status()["services"] if row["name"] == name)


def expect_open(answer: Answer) -> None:
    assert (answer.status, answer.error) == (503, "upstream-unavailable")
    assert 1 <= int(answer.header("Retry-After") or 0) <= COOLDOWN


def wait_until(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


# ---- The circuit breaker


def test_refused_connections_open_the_circuit_and_the_server_is_found_again(start, other: Recorder) -> None:
    dead = Unreachable()
    gateway = start({"name": "dead", "upstream": dead.url}, {"name": "other", "upstream": other.url})
    client = Client(gateway)
    for _ in range(3):
        answer = client.post("/dead", within=1.5)
        assert (answer.status, answer.error) == (502, "upstream-unreachable")
    for _ in range(5):
        expect_open(client.post("/dead", within=0.5))
        assert client.post("/other", within=0.5).status == 200
    client.health()
    assert row(gateway, "dead")["circuit"] == "open" and row(gateway, "other")["circuit"] == "closed"
    gateway.process.wait_for(r"WARNING mcp-gateway service-circuit .*service=dead circuit=open error=upstream-unreachable")

    dead.begin()
    wait_until(lambda: client.post("/dead", within=0.5).status == 200)
    assert row(gateway, "dead")["circuit"] == "closed"
    gateway.process.wait_for(r"INFO mcp-gateway service-circuit .*service=dead circuit=closed")
    dead.close()


def test_silence_opens_the_circuit_and_one_request_at_a_time_probes(start, moody: Moody, other: Recorder) -> None:
    gateway = start({"name": "moody", "upstream": moody.url}, {"name": "other", "upstream": other.url})
    client = Client(gateway)
    moody.mood = "hangs but for /healthz"
    hanging = [Wire(gateway.port) for _ in range(4)]
    for wire in hanging:
        wire.send(request("POST", "/moody/mcp", client.line, body=b"{}"))
    # While they hang nobody else waits.
    for _ in range(10):
        assert client.post("/other", within=0.5).status == 200
        client.health()
    for wire in hanging:
        with wire:
            answer = wire.answer()
        assert (answer.status, answer.error) == (504, "upstream-timeout")
    expect_open(client.post("/moody", within=0.5))
    before = moody.accepted
    for _ in range(5):
        expect_open(client.post("/moody", within=0.5))
    assert moody.accepted <= before + 1, "nothing but the health check touches it"

    # The next probe takes its time, and the others are refused meanwhile.
    probe = Wire(gateway.port)
    deadline = time.monotonic() + 15
    while True:
        assert time.monotonic() < deadline
        probe.send(request("POST", "/moody/mcp", client.line, body=b"{}"))
        begun = time.monotonic()
        answer = probe.answer()
        if answer.status == 504:
            break
        expect_open(answer)
        time.sleep(0.1)
    assert time.monotonic() - begun >= 0.9
    probe.socket.close()
    expect_open(client.post("/moody", within=0.5))
    assert row(gateway, "moody")["circuit_openings"] >= 2

    moody.mood = "answers"
    wait_until(lambda: client.post("/moody", within=0.5).status == 200)
    assert row(gateway, "moody")["circuit"] == "closed"


def test_resets_open_the_circuit_and_open_streams_stay(start, moody: Moody) -> None:
    gateway = start({"name": "moody", "upstream": moody.url})
    client = Client(gateway)
    with client.stream("/moody") as stream:
        stream.wait_for(b"data: 1")
        moody.mood = "resets"
        for _ in range(3):
            answer = client.post("/moody", within=1)
            assert (answer.status, answer.error) == (502, "upstream-unreachable")
        expect_open(client.post("/moody", within=0.5))
        assert row(gateway, "moody")["upstream_connections"] == 1
        moody.mood = "answers"
        wait_until(lambda: client.post("/moody", within=0.5).status == 200)
        stream.socket.settimeout(0.2)
        with pytest.raises(TimeoutError):
            stream.socket.recv(1)
    wait_until(lambda: row(gateway, "moody")["upstream_connections"] == 0)


def test_connections_that_nobody_accepts_open_the_circuit(start, other: Recorder) -> None:
    full = Full()
    gateway = start(
        {"name": "full", "upstream": full.url}, {"name": "other", "upstream": other.url}, limits={**LIMITS, "connect_timeout": 5, "response_timeout": 15}
    )
    client = Client(gateway)
    before = full.attempts
    # Clients that leave meanwhile take their attempts along, and say nothing about the server.
    leaving = [Wire(gateway.port) for _ in range(5)]
    for wire in leaving:
        wire.send(request("POST", "/full/mcp", client.line, body=b"{}"))
    wait_until(lambda: row(gateway, "full")["upstream_connections"] == 5 and full.attempts == before + 5, 4)
    for wire in leaving:
        wire.socket.close()
    wait_until(lambda: row(gateway, "full")["upstream_connections"] == 0 and full.attempts == before, 4)
    assert row(gateway, "full")["circuit"] == "closed"

    waiting = [Wire(gateway.port) for _ in range(3)]
    for wire in waiting:
        wire.send(request("POST", "/full/mcp", client.line, body=b"{}"))
    assert client.post("/other", within=0.5).status == 200
    client.health()
    for wire in waiting:
        with wire:
            answer = wire.answer()
        assert (answer.status, answer.error) == (502, "upstream-unreachable")
    expect_open(client.post("/full", within=0.5))
    full.close()


def test_errors_of_the_server_do_not_open_the_circuit(start, other: Recorder) -> None:
    gateway = start({"name": "other", "upstream": other.url})
    client = Client(gateway)
    with other.answering(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"):
        for _ in range(8):
            assert client.post("/other").status == 500
    with other.answering(b"nonsense\r\n\r\n"):
        for _ in range(8):
            assert client.post("/other").status == 502
    assert row(gateway, "other")["circuit"] == "closed"
    assert client.post("/other").status == 200


def test_a_service_can_have_no_circuit_breaker(start) -> None:
    dead = Unreachable()
    gateway = start({"name": "dead", "upstream": dead.url, "limits": {"circuit_failures": None}})
    client = Client(gateway)
    for _ in range(8):
        assert client.post("/dead", within=1.5).status == 502
    dead.close()


def test_a_managed_server_that_hangs_is_spared_and_a_new_one_is_used_at_once(start, simulator, other: Recorder) -> None:
    gateway = start(service(), {"name": "other", "upstream": other.url}, env=simulator.env)
    caller = Caller(gateway.port, gateway.keys.token())
    assert caller.open().tools()
    [child] = gateway.children()
    os.kill(child, signal.SIGSTOP)
    try:
        client = Client(gateway)
        statuses = [client.post("/ecs").status for _ in range(4)]
        assert statuses == [504, 504, 504, 503]
        assert client.post("/other", within=0.5).status == 200
        client.health()
    finally:
        os.kill(child, signal.SIGKILL)
    wait_until(lambda: row(gateway, "ecs")["restarts"] == 1 and row(gateway, "ecs")["state"] == "ready", 30)
    assert row(gateway, "ecs")["circuit"] == "closed"
    assert Caller(gateway.port, gateway.keys.token()).open().tools()


# ---- The limit of connections


def test_the_limit_of_connections_refuses_newcomers_and_frees_again(start, moody: Moody, other: Recorder) -> None:
    gateway = start(
        {"name": "moody", "upstream": moody.url, "limits": {"upstream_connections": 3}}, {"name": "other", "upstream": other.url}
    )
    client = Client(gateway)
    with ExitStack() as stack:
        streams = [stack.enter_context(client.stream("/moody")) for _ in range(3)]
        for _ in range(4):
            answer = client.post("/moody", within=0.5)
            assert (answer.status, answer.error) == (503, "upstream-busy") and int(answer.header("Retry-After") or 0) >= 1
            assert client.post("/other", within=0.5).status == 200
        client.health()
        found = row(gateway, "moody")
        assert (found["upstream_connections"], found["upstream_connections_limit"], found["limit_rejections"]) == (3, 3, 4)
        streams[0].socket.close()
        wait_until(lambda: client.post("/moody", within=0.5).status == 200)
        for stream in streams[1:]:
            stream.wait_for(b"data: 1")
    wait_until(lambda: row(gateway, "moody")["upstream_connections"] == 0)
    assert "rate-limited" in gateway.settled_log() and "limit=upstream_connections" in gateway.log


def test_a_reload_changes_the_limits_and_ends_no_stream(start, moody: Moody) -> None:
    gateway = start({"name": "moody", "upstream": moody.url})
    client = Client(gateway)
    with client.stream("/moody") as stream:
        record = gateway.reload(services=[{"name": "moody", "upstream": moody.url, "limits": {"upstream_connections": 1}}])
        assert "limits changed: moody" in record
        assert client.post("/moody").error == "upstream-busy"
        stream.wait_for(b"data: 1")
    wait_until(lambda: client.post("/moody").status == 200)


def test_limits_that_make_no_sense_are_refused_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({
        "limits": {"upstream_connections": 0, "circuit_cooldown": None},
        "services": [{"name": "a", "upstream": "http://127.0.0.1:1", "limits": {"circuit_failures": "3", "connections": 1}}],
    }))
    result = subprocess.run([str(BIN / "mcp-gateway"), "config", "validate", "--manifest", str(path)], capture_output=True, text=True, env={})
    assert result.returncode == 2
    for place in ("limits.upstream_connections", "limits.circuit_cooldown", "services[0].limits.circuit_failures", "services[0].limits.connections"):
        assert f": {place}: " in result.stderr, result.stderr


# ---- /metrics and /status


def test_figures_of_the_upstreams(start, moody: Moody) -> None:
    dead = Unreachable()
    gateway = start(
        {"name": "dead", "upstream": dead.url}, {"name": "moody", "upstream": moody.url, "limits": {"upstream_connections": 1}}
    )
    client = Client(gateway)
    for _ in range(5):
        client.post("/dead")
    with client.stream("/moody"):
        client.post("/moody")
        found = metrics(gateway)
        expected = {
            'mcp_gateway_service_ready{service="dead"}': 0,
            'mcp_gateway_service_ready{service="moody"}': 1,
            'mcp_gateway_circuit_state{service="dead",state="open"}': 1,
            'mcp_gateway_circuit_state{service="dead",state="closed"}': 0,
            'mcp_gateway_circuit_state{service="moody",state="closed"}': 1,
            'mcp_gateway_circuit_openings_total{service="dead"}': 1,
            'mcp_gateway_circuit_rejections_total{service="dead"}': 2,
            'mcp_gateway_circuit_rejections_total{service="moody"}': 0,
            'mcp_gateway_upstream_connections{service="moody"}': 1,
            'mcp_gateway_upstream_connections_limit{service="moody"}': 1,
            'mcp_gateway_upstream_connections_limit{service="dead"}': 10000,
            'mcp_gateway_upstream_limit_rejections_total{service="moody"}': 1,
            'mcp_gateway_refusals_total{reason="upstream-unavailable"}': 2,
            'mcp_gateway_refusals_total{reason="upstream-busy"}': 1,
            "mcp_gateway_audit_enabled": 0,
        }
        assert {name: found.get(name) for name in expected} == expected
        status = gateway.status()
        assert [row["circuit"] for row in status["services"]] == ["open", "closed"]
        assert status["services"][0]["last_failure"] == "upstream-unreachable"
        assert (status["services"][0]["circuit_rejections"], status["services"][1]["limit_rejections"]) == (2, 1)
        assert (status["audit"], status["revocations"], status["jwks"]) == (None, None, None)
    dead.close()


def test_figures_of_audit_and_revocations(start, other: Recorder, tmp_path: Path) -> None:
    revocations = tmp_path / "revocations.json"
    revocations.write_text('{"jti": ["a", "b"], "sub": ["mallory"]}')
    audit = tmp_path / "audit.jsonl"
    gateway = start(
        {"name": "other", "upstream": other.url},
        jwt={"revocations": str(revocations)},
        env={"MCP_GATEWAY_AUDIT_FILE": str(audit)},
    )
    client = Client(gateway)
    before = time.time()
    assert client.post("/other").status == 200
    wait_until(lambda: '"event":"request"' in audit.read_text().replace(" ", ""))
    found = metrics(gateway)
    assert (found["mcp_gateway_audit_enabled"], found["mcp_gateway_audit_healthy"]) == (1, 1)
    assert found["mcp_gateway_audit_records_total"] >= 2 and found["mcp_gateway_audit_write_failures_total"] == 0
    assert (found['mcp_gateway_revocations{kind="jti"}'], found['mcp_gateway_revocations{kind="sub"}']) == (2, 1)
    assert found["mcp_gateway_revocations_healthy"] == 1
    assert abs(found["mcp_gateway_revocations_loaded_timestamp_seconds"] - before) < 60
    assert "mcp_gateway_revocations_failed_timestamp_seconds" not in found
    status = gateway.status()
    assert status["audit"]["healthy"] is True and status["audit"]["records"] >= 2 and status["audit"]["last_error"] is None
    assert (status["revocations"]["jti"], status["revocations"]["sub"], status["revocations"]["healthy"]) == (2, 1, True)

    revocations.write_text("nonsense")
    wait_until(lambda: metrics(gateway)["mcp_gateway_revocations_healthy"] == 0)
    found = metrics(gateway)
    assert found["mcp_gateway_revocations_load_failures_total"] >= 1
    assert found["mcp_gateway_revocations_failed_timestamp_seconds"] >= before - 1
    assert found['mcp_gateway_revocations{kind="jti"}'] == 2, "the last good list stays"
    status = gateway.status()["revocations"]
    assert status["healthy"] is False and status["last_error"] and status["jti"] == 2 and status["failed"]


def test_figures_of_an_audit_that_fails(start, other: Recorder, tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    folder.mkdir()
    audit = folder / "audit.jsonl"
    gateway = start({"name": "other", "upstream": other.url}, env={"MCP_GATEWAY_AUDIT_FILE": str(audit)})
    client = Client(gateway)
    # The path names a folder now: no record can be written any more.
    audit.unlink()
    audit.mkdir()
    wait_until(lambda: client.post("/other").error == "audit-unavailable" if client.post("/other").status == 503 else False)
    found = metrics(gateway)
    assert (found["mcp_gateway_audit_healthy"], found["mcp_gateway_audit_enabled"]) == (0, 1)
    assert found["mcp_gateway_audit_write_failures_total"] >= 1 and found["mcp_gateway_audit_records_waiting"] >= 1
    status = gateway.status()["audit"]
    assert status["healthy"] is False and status["last_error"]
    audit.rmdir()
    wait_until(lambda: client.post("/other").status == 200)
    assert metrics(gateway)["mcp_gateway_audit_healthy"] == 1


def test_figures_of_the_key_set(start, other: Recorder, moody: Moody) -> None:
    # What it answers is no key set.
    gateway = start({"name": "other", "upstream": other.url}, jwt={"jwks_url": f"{moody.url}/keys"})
    wait_until(lambda: metrics(gateway).get("mcp_gateway_jwks_load_failures_total", 0) >= 1)
    found = metrics(gateway)
    assert (found["mcp_gateway_jwks_healthy"], found["mcp_gateway_jwks_keys"]) == (0, 0)
    status = gateway.status()["jwks"]
    assert status["healthy"] is False and status["keys"] == 0 and status["loaded"] is None and status["failed"] and status["last_error"]
    # A key that is pinned goes on.
    assert Client(gateway).post("/other").status == 200
