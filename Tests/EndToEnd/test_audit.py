"""The audit trail of the gateway and of its servers: what is in it, that nothing happens without it, and that nobody changes it unnoticed."""

from __future__ import annotations

import fcntl
import http.client
import json
import re
import resource
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from support import audit
from support.audit import Record, eventually
from support.caller import INITIALIZE, Caller
from support.client import SDK, connect, run
from support.gateways import Gateway, service, start_jwt_gateway
from support.keys import gateway_command, keygen
from support.processes import BIN, Process, get
from support.recorder import Recorder
from support.streams import EventStream
from support.wire import Answer, Wire, exchange, request
from support.world import Simulator, start_server, stdio

MODES = ["legacy"] if SDK == 1 else ["legacy", "auto"]


@dataclass
class World:
    """A gateway with an audit file, and two servers that share another one."""

    gateway: Gateway
    recorder: Recorder
    file: Path
    servers_file: Path

    def caller(self, sub: str, roles: str = "admin", mount: str = "/ecs", **options: str) -> Caller:
        return Caller(self.gateway.port, self.gateway.keys.token(sub, roles, **options), mount)

    def requests(self, **members: Any) -> list[Record]:
        """The gateway's records of requests that have these members."""
        return [r for r in audit.of_event(self.file, "request") if all(r.get(name) == value for name, value in members.items())]

    def request_of(self, request_id: str) -> Record:
        """The one record of a request; it is written in the background."""
        eventually(lambda: self.requests(request_id=request_id), f"no record of {request_id}")
        found, = self.requests(request_id=request_id)
        return found

    def calls(self, sub: str) -> list[Record]:
        """What the servers have on record of a subject."""
        return [record for record in audit.records(self.servers_file) if record.get("sub") == sub]


@pytest.fixture(scope="module")
def world(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("audited")
    file, servers_file = folder / "gateway.jsonl", folder / "servers.jsonl"
    recorder = Recorder()
    gateway = start_jwt_gateway(
        folder, simulator.env, options=["--audit-file", str(file)], limits={"body_bytes": 100_000},
        services=[
            service("ecs", command=["ecs-mcp-server", "--audit-file", str(servers_file)]),
            service("cts", command=["cts-mcp-server", "--audit-file", str(servers_file)]),
            {"name": "rec", "upstream": recorder.url},
            {"name": "ops", "required_roles": ["admin"], "upstream": recorder.url},
            {"name": "dead", "upstream": "http://127.0.0.1:9"},
        ],
    )
    try:
        yield World(gateway, recorder, file, servers_file)
    finally:
        recorder.close()
        assert gateway.process.stop() == 0, gateway.log
    audit.assert_intact(file)
    audit.assert_intact(servers_file)


def deletions(simulator: Simulator) -> list[dict[str, Any]]:
    """The requests to the cloud to delete servers."""
    return [entry for entry in simulator.requests() if entry["method"] == "POST" and entry["target"].endswith("/cloudservers/delete")]


def a_server(caller: Caller) -> str:
    listed = caller.call("ecs_list_servers", status="ACTIVE", limit=100)["data"]["servers"]
    return next(server["id"] for server in listed if not server.get("task_state"))


def preview(caller: Caller) -> str:
    """The id of the approval of a deletion."""
    return caller.call("ecs_delete_server", server_ids=[a_server(caller)])["data"]["approval_id"]


# ---- What is on record


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ["sse", "http"])
def test_request_call_and_change_in_the_cloud_are_found_by_each_other(kind: str, mode: str, world: World, simulator: Simulator) -> None:
    """From the gateway's record to the server's, from there to the cloud's own trace, of everything that an official client does."""
    sub = f"ada-{kind}-{mode}"
    sent: list[dict[str, Any]] = []

    async def story() -> list[str]:
        admin = world.gateway.target(kind, world.gateway.keys.token(sub, "admin", tenant="acme"))
        async with connect(admin, mode) as session:

            async def call(name: str, **arguments: Any) -> dict[str, Any]:
                sent.append(arguments)
                return (await session.call(name, **arguments)).data

            listed = await call("ecs_list_servers", status="ACTIVE", limit=100)
            server = next(server["id"] for server in listed["servers"] if not server.get("task_state"))
            await call("ecs_get_server", server_id=server)
            shown = await call("ecs_delete_server", server_ids=[server])
            await call("ecs_confirm_destructive", approval_id=shown["approval_id"])
            return [server, shown["approval_id"]]

    server, approval = run(story())
    listed, got, asked, write, done = world.calls(sub)
    assert [(r["event"], r["tool"], r.get("outcome")) for r in (listed, got, asked, write, done)] == [
        ("tool-call", "ecs_list_servers", "ok"),
        ("tool-call", "ecs_get_server", "ok"),
        ("tool-call", "ecs_delete_server", "pending"),
        ("cloud-write", "ecs_confirm_destructive", None),
        ("tool-call", "ecs_confirm_destructive", "ok"),
    ]
    for record, arguments in zip((listed, got, asked, done), sent, strict=True):
        assert record["arguments_sha256"] == audit.sha256(audit.compact(arguments)), record
    assert write["arguments_sha256"] == done["arguments_sha256"] and write["call_id"] == done["call_id"]
    assert len({r["call_id"] for r in (listed, got, asked, done)}) == 4
    for record in (listed, got, asked, write, done):
        assert (record["source"], record["service"], record["tenant"], record["roles"]) == ("ecs-mcp-server", "ecs", "acme", ["admin"])
        # The request that brought the call, by its id and its trace.
        at_gateway = world.request_of(record["gateway_request_id"])
        assert at_gateway["trace_id"] == record["trace_id"]
        assert (at_gateway["service"], at_gateway["sub"], at_gateway["tenant"], at_gateway["roles"]) == ("ecs", sub, "acme", ["admin"])
        assert (at_gateway["method"], at_gateway["outcome"]) == ("POST", "allowed")
        assert at_gateway["path"] == ("/ecs/messages" if kind == "sse" else "/ecs/mcp")
        assert at_gateway["status"] == (202 if kind == "sse" else 200)
        # The gateway reads no body; from 2026-07-28 on the tool is named in a header.
        assert at_gateway.get("tool") == (record["tool"] if (kind, mode) == ("http", "auto") else None)
    assert [r["targets"] for r in (listed, got, asked, write, done)] == [[], [server], [server], [server], [server]]
    for record in (asked, write, done):
        assert (record["action"], record["consent"], record["approval_id"]) == ("delete", "two-phase", approval.removeprefix("apr-")[:8])
    assert (write["cloud_service"], write["operation_tool"], done["cloud_writes"], got["cloud_writes"]) == ("ECS", "ecs_delete_server", 1, 0)

    # The cloud's side: the request in its log, and the trace that CTS keeps of the change.
    by_id = {entry["request_id"]: entry for entry in simulator.requests()}
    assert by_id[got["request_id"]]["method"] == "GET" and server in by_id[got["request_id"]]["target"]
    deletion, = deletions(simulator)
    assert deletion["request_id"] == done["request_id"] and audit.sha256(deletion["body"]) == write["body_sha256"]
    cts = world.caller(sub, mount="/cts").open()
    trace, = cts.call("cts_search_traces", trace_name="deleteServer", resource_id=server)["data"]["traces"]
    assert cts.call("cts_get_trace_detail", trace_id=trace["trace_id"])["data"]["request_id"] == done["request_id"]
    assert [(r["source"], r["service"]) for r in world.calls(sub)[5:]] == [("cts-mcp-server", "cts")] * 2


def test_every_request_leaves_one_record_whatever_became_of_it(world: World) -> None:
    reader = world.gateway.keys.token("rita", "readonly", tenant="acme")
    body = json.dumps(INITIALIZE).encode()
    mcp = ("Content-Type: application/json", "Accept: application/json, text/event-stream")

    def send(name: str, method: str, target: str, *headers: str, token: str | None = reader, body: bytes = b"") -> Answer:
        lines = [f"X-Request-Id: one-{name}", *headers] + ([f"Authorization: Bearer {token}"] if token else [])
        return exchange(world.gateway.port, request(method, target, *lines, body=body))

    expected: dict[str, tuple[int, str, str | None, str | None, str | None]] = {
        # name: status, outcome, reason, service, subject
        "good": (200, "allowed", None, "ecs", "rita"),
        "own": (200, "allowed", None, None, None),
        "no-token": (401, "denied", "missing-bearer-token", "ecs", None),
        "bad-token": (401, "denied", "jwt-invalid:DecodeError", "ecs", None),
        "role": (403, "denied", "path-rbac:required=[admin]", "ops", "rita"),
        "path": (404, "denied", "not-found", None, "rita"),
        "method": (405, "denied", "unsupported-method", "ecs", "rita"),
        "spelling": (400, "denied", "bad-path:", None, None),
        "host": (421, "denied", "invalid-host", None, None),
        "session": (404, "denied", "session-not-found", "ecs", "rita"),
        "large": (413, "denied", "body-too-large", "ecs", "rita"),
        "dead": (502, "failed", "upstream-unreachable", "dead", "rita"),
    }
    assert send("good", "POST", "/ecs/mcp?access_token=in-the-query", *mcp, body=body).status == 200
    assert send("own", "GET", "/healthz", token=None).status == 200
    send("no-token", "POST", "/ecs/mcp", token=None, body=body)
    send("bad-token", "POST", "/ecs/mcp", token="no-token-at-all", body=body)
    send("role", "POST", "/ops/mcp", body=body)
    send("path", "POST", "/nothing/mcp", body=body)
    send("method", "PUT", "/ecs/mcp", body=body)
    send("spelling", "POST", "/ecs//mcp", body=body)
    exchange(world.gateway.port, request("GET", "/ecs/mcp", "X-Request-Id: one-host", host="evil.example"))
    send("session", "POST", "/ecs/mcp", *mcp, "Mcp-Session-Id: invented", body=body)
    send("large", "POST", "/ecs/mcp", body=b"x" * 100_001)
    send("dead", "POST", "/dead/mcp", body=body)
    for name, (status, outcome, reason, mount, sub) in expected.items():
        record = world.request_of(f"one-{name}")
        assert (record["status"], record["outcome"], record.get("sub")) == (status, outcome, sub), record
        assert record.get("reason", "").startswith(reason) if reason else "reason" not in record, str(record)
        if mount:
            assert record["service"] == mount, record
        assert record["source"] == "mcp-gateway" and record["peer"] == "127.0.0.1" and record["duration_ms"] >= 0
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", record["ts"])
    good = world.request_of("one-good")
    assert (good["path"], good["roles"], good["tenant"], good["bytes_in"]) == ("/ecs/mcp", ["readonly"], "acme", len(body))

    # What is no request is on record too, under an id of the gateway's own.
    answer = exchange(world.gateway.port, b"GET /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n")
    assert world.request_of(answer.header("X-Request-Id"))["status"] == 400
    # And so is a client that left before the answer.
    world.recorder.delay = 30
    try:
        with Wire(world.gateway.port) as wire:
            held = len(world.recorder.requests)
            wire.send(request("POST", "/rec/mcp", "X-Request-Id: one-left", f"Authorization: Bearer {reader}", body=b"{}"))
            assert world.recorder.wait_for(lambda: len(world.recorder.requests) > held)
        left = world.request_of("one-left")
        assert (left["outcome"], left["status"], left["sub"]) == ("aborted", 0, "rita")
    finally:
        world.recorder.delay = 0


def test_every_call_leaves_one_record_whatever_became_of_it(world: World, simulator: Simulator) -> None:
    otto = world.caller("otto", "operator", tenant="acme").open()
    server = a_server(otto)
    otto.call("ecs_delete_server", server_ids=[server])
    otto.call("ecs_list_servers", limit=0)
    otto.call("ecs_get_server", server_id="00000000-0000-4000-8000-000000000000")
    otto.call("ecs_confirm_destructive", approval_id="apr-" + "0" * 32)
    simulator.fault(match={"path_prefix": "/v1"}, status=403, body={"error_code": "Ecs.0013", "error_msg": "no"})
    otto.call("ecs_list_servers")
    started = otto.call("ecs_power_action", server_ids=[stopped(otto)], action="start")["data"]
    assert started["job_id"]
    found = world.calls("otto")
    assert [(r["tool"], r.get("outcome"), r.get("code"), r.get("status_code")) for r in found if r["event"] == "tool-call"] == [
        ("ecs_list_servers", "ok", None, None),
        ("ecs_delete_server", "denied", "FORBIDDEN", 403),
        ("ecs_list_servers", "failed", "INVALID_PARAMS", None),
        ("ecs_get_server", "failed", "NOT_FOUND", 200),
        ("ecs_confirm_destructive", "denied", "APPROVAL_NOT_FOUND", None),
        ("ecs_list_servers", "failed", "Ecs.0013", 403),
        ("ecs_list_servers", "ok", None, None),
        ("ecs_power_action", "ok", None, None),
    ]
    assert found[1]["targets"] == [server], "what was refused is on record with its targets"
    # Also a change that needs no consent is on record before it goes out.
    assert [r["event"] for r in found[-2:]] == ["cloud-write", "tool-call"] and found[-2]["call_id"] == found[-1]["call_id"]
    seen = {entry["request_id"]: entry["status"] for entry in simulator.requests()}
    assert seen[found[3]["request_id"]] == 200 and seen[found[5]["request_id"]] == 403 and seen[found[-1]["request_id"]] == 200


def stopped(caller: Caller) -> str:
    return caller.call("ecs_list_servers", status="SHUTOFF", limit=100)["data"]["servers"][0]["id"]


def test_no_token_session_argument_or_key_is_in_any_file(world: World, simulator: Simulator) -> None:
    world.recorder.requests.clear()
    sly = world.caller("sly").open()
    sly.call("ecs_list_servers", name="needle-in-a-name")
    sly.call("ecs_list_servers", nonsense={"needle-in-a-key": "needle-in-a-value"})
    sly.call("ecs_get_job_status", job_id="e" * 32)
    approval = preview(sly)
    sly.call("ecs_confirm_destructive", approval_id=approval)
    secret = simulator.env["HUAWEICLOUD_SECRET_ACCESS_KEY"]
    sly.call("ecs_get_server", server_id=secret)
    exchange(world.gateway.port, request(
        "POST", "/rec/mcp?needle-in-a-query=1", f"Authorization: Bearer {sly.token}", "Cookie: needle-in-a-cookie=1", body=b'{"needle-in-a-body":1}'))
    exchange(world.gateway.port, request("POST", f"/{sly.token}/mcp", "X-Request-Id: token-in-path"))
    forwarded, = world.recorder.requests
    world.request_of("token-in-path")
    text = world.file.read_text() + world.servers_file.read_text()
    assertion = forwarded.all("mcp-gateway-identity")[0]
    access = simulator.env["HUAWEICLOUD_ACCESS_KEY_ID"]
    for word in (sly.token, sly.token.split(".")[1], sly.session, assertion, assertion.split(".")[2], approval, secret, access, "needle"):
        assert word not in text, word
    assert "sly" in text


def test_several_processes_write_one_chain(world: World) -> None:
    callers = [world.caller(f"many-{number}", mount=mount).open() for number, mount in enumerate(["/ecs", "/cts"] * 2)]

    def calls(caller: Caller) -> None:
        for _ in range(15):
            assert caller.call("ecs_whoami" if caller.mount == "/ecs" else "cts_whoami")["ok"]

    with ThreadPoolExecutor(len(callers)) as pool:
        list(pool.map(calls, callers))
    for number in range(len(callers)):
        assert len(world.calls(f"many-{number}")) == 15
    audit.assert_intact(world.servers_file)


def test_the_values_of_pipeline_variables_are_not_on_record(simulator: Simulator, stopping, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    process, base = start_server("pipeline", simulator.env, "--audit-file", str(file))
    stopping(process)
    caller = direct(base)
    pipeline = caller.call("pipeline_list", name="shop-web-deploy")["data"]["pipelines"][0]["pipeline_id"]
    caller.call("pipeline_run", pipeline_id=pipeline, variables=[{"name": "needle_name", "value": "needle-value"}], description="needle-text")
    caller.call("pipeline_run", pipeline_id=pipeline)
    write, done = audit.records(file)[-2:]
    assert [r["event"] for r in (write, done)] == ["cloud-write", "tool-call"] and write["targets"] == done["targets"] == [pipeline]
    assert done["outcome"] == "ok" and done["request_id"] in {entry["request_id"] for entry in simulator.requests()}
    assert "needle" not in file.read_text()


@pytest.mark.parametrize("mode", MODES)
def test_on_stdio_calls_are_on_record_too(mode: str, simulator: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"

    async def story() -> None:
        async with connect(stdio("ecs", simulator.env, "--audit-file", str(file)), mode) as session:
            assert (await session.call("ecs_whoami")).data
            assert (await session.call("ecs_list_servers", limit=0)).is_error

    run(story())
    calls = audit.of_event(file, "tool-call")
    assert [(r["tool"], r["sub"], r["outcome"]) for r in calls] == [("ecs_whoami", "dev-local", "ok"), ("ecs_list_servers", "dev-local", "failed")]
    assert not any("gateway_request_id" in r or "trace_id" in r for r in calls)
    audit.assert_intact(file)


# ---- Who changes it is found out


def copy_with(folder: Path, texts: list[str], name: str = "copy.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(text + "\n" for text in texts))
    return path


Mistake = Callable[[list[str]], list[str]]

# What was done to a file, the line where it shows (counted from the line that was touched), and words of the problem.
MISTAKES: dict[str, tuple[Mistake, int, str]] = {
    "changed": (lambda t: [*t[:3], t[3].replace('"event":"', '"event":"x'), *t[4:]], 0, "was changed"),
    "blank added": (lambda t: [*t[:3], t[3].replace(",", ", ", 1), *t[4:]], 0, "was changed"),
    "changed with a hash that fits": (lambda t: [*t[:3], audit.resealed(t[3], sub="nobody"), *t[4:]], 1, "does not follow the record before it"),
    "removed": (lambda t: [*t[:3], *t[4:]], 0, "record 4 is missing before record 5"),
    "two removed": (lambda t: [*t[:3], *t[5:]], 0, "records 4 to 5 are missing before record 6"),
    "swapped": (lambda t: [*t[:3], t[4], t[3], *t[5:]], 0, "record 4 is missing before record 5"),
    "repeated": (lambda t: [*t[:4], t[3], *t[4:]], 1, "record 4 comes after record 4"),
    "inserted with a hash that fits": (
        lambda t: [*t[:3], audit.line(4, json.loads(t[2])["hash"], event="request", sub="nobody"), *t[3:]], 1, "record 4 comes after record 4"),
    "inserted without a hash": (lambda t: [*t[:3], '{"event":"request"}', *t[3:]], 0, "is no audit record"),
    "empty line": (lambda t: [*t[:3], "", *t[3:]], 0, "is no audit record"),
    "begun anew": (lambda t: [*t[:3], audit.line(4, audit.ORIGIN, event="request"), *t[4:]], 0, "does not follow the record before it"),
    "last one cut short": (lambda t: [*t[:3], t[3][:-10]], 0, "is no audit record"),
}


@pytest.mark.parametrize("whose", ["gateway", "servers"])
@pytest.mark.parametrize("name", MISTAKES)
def test_a_changed_file_is_found_out_with_its_place(name: str, whose: str, world: World, tmp_path: Path) -> None:
    source = world.file if whose == "gateway" else world.servers_file
    caller = world.caller("eve").open()
    while len(audit.lines(source)) < 8:
        caller.call("ecs_whoami")
    texts = audit.lines(source)
    good = copy_with(tmp_path, texts, "good.jsonl")
    audit.assert_intact(good)
    mistake, offset, problem = MISTAKES[name]
    bad = copy_with(tmp_path, mistake(texts))
    result = audit.verify(bad)
    assert result.returncode == 1 and not result.stdout
    assert result.stderr.startswith(f"broken: {bad}:{4 + offset}: ") and problem in result.stderr, result.stderr
    assert result.stderr.count("\n") == 1
    told = audit.verify(bad, json_output=True)
    report = json.loads(told.stdout)
    assert told.returncode == 1 and (report["ok"], report["file"], report["line"]) == (False, str(bad), 4 + offset)


def test_a_torn_end_is_found_out_and_a_shortened_file_by_the_hash_in_the_log(simulator: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    gateway = start_jwt_gateway(tmp_path, simulator.env, options=["--audit-file", str(file)])
    Caller(gateway.port, gateway.keys.token()).open()
    assert gateway.process.stop() == 0
    texts = audit.lines(file)
    closed = re.search(r"audit-closed seq=(\d+) chain_sha256=(\w+)", gateway.log)
    assert closed and audit.assert_intact(file) == f"ok: {len(texts)} records, 1 to {closed.group(1)}, last hash {closed.group(2)}\n"

    torn = tmp_path / "torn.jsonl"
    torn.write_text(file.read_text()[:-20])
    result = audit.verify(torn)
    assert result.returncode == 1 and result.stderr.startswith(f"broken: {torn}:{len(texts)}: the last record is incomplete")
    # A whole record less is a chain too: this is what the hash in the log is for.
    short = copy_with(tmp_path, texts[:-1])
    assert closed.group(2) not in audit.assert_intact(short)
    complete = ("audit", "verify", "--from-start", "--last-hash", closed.group(2))
    assert gateway_command(*complete, str(file)).returncode == 0
    result = gateway_command(*complete, str(short))
    assert result.returncode == 1 and "records were cut off at the end" in result.stderr, result.stderr
    behead = copy_with(tmp_path, texts[1:], "behead")
    result = gateway_command(*complete, str(behead))
    assert result.returncode == 1 and result.stderr.startswith(f"broken: {behead}:1: the chain begins with record 2, not with record 1")


def test_files_that_are_none_are_named(tmp_path: Path) -> None:
    missing = audit.verify(tmp_path / "missing.jsonl")
    assert missing.returncode == 1 and f"broken: {tmp_path / 'missing.jsonl'}: " in missing.stderr
    folder = audit.verify(tmp_path)
    assert folder.returncode == 1 and "is not a regular file" in folder.stderr
    nothing = copy_with(tmp_path, [])
    assert audit.verify(nothing).stdout == "ok: no records\n"
    assert audit.verify().returncode == 2


# ---- Rotation


@pytest.mark.parametrize("whose", ["gateway", "server"])
def test_a_full_file_is_put_aside_and_the_chain_goes_on(whose: str, simulator: Simulator, stopping, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    # Room for one more byte than there is: the next record does not fit.
    last = audit.prefilled(file, audit.LIMIT - 100)
    count = len(audit.lines(file))
    if whose == "gateway":
        gateway = start_jwt_gateway(tmp_path, simulator.env, options=["--audit-file", str(file)])
        stopping(gateway.process)
        Caller(gateway.port, gateway.keys.token()).open()
        eventually(lambda: len(audit.of_event(file, "request")) >= 2, "no record in the new file")
        assert gateway.process.stop() == 0
    else:
        process, base = start_server("ecs", simulator.env, "--audit-file", str(file))
        stopping(process)
        direct(base).call("ecs_whoami")
        assert process.stop() == 0
    aside = tmp_path / f"audit.jsonl.{count:012d}"
    assert audit.siblings(file) == [aside, file]
    assert aside.stat().st_size == audit.LIMIT - 100 and file.stat().st_size < 10_000
    assert (aside.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o644, 0o600)
    first = audit.records(file)[0]
    assert (first["seq"], first["prev"]) == (count + 1, last)
    audit.assert_chained(audit.lines(aside) + audit.lines(file))

    # The new file alone says that it is not all; one in the middle that is missing, or changed in the older one, is found out.
    assert f"the chain begins with record {count + 1}: earlier files were not given" in audit.verify(file).stdout
    # The copies have the end of the older file only: to check 64 MiB again and again would take long.
    *older, before_last, newest = audit.lines(aside)[-3:]
    end = copy_with(tmp_path, [*older, before_last, newest], "end")
    told = audit.verify(file, end)
    assert told.returncode == 0 and told.stdout == audit.verify(end, file).stdout, "in any order"
    part = copy_with(tmp_path, [*older, before_last], "part")
    result = audit.verify(file, part)
    assert result.returncode == 1 and result.stderr.startswith(f"broken: {file}:1: record {count} is missing before record {count + 1}")
    changed = copy_with(tmp_path, [*older, before_last, audit.resealed(newest, text="y")], "changed")
    result = audit.verify(changed, file)
    assert result.returncode == 1 and result.stderr.startswith(f"broken: {file}:1: record {count + 1} does not follow")
    changed = copy_with(tmp_path, [*older, before_last.replace("xxx", "xyx", 1), newest], "changed")
    result = audit.verify(changed, file)
    assert result.returncode == 1 and result.stderr.startswith(f"broken: {changed}:2: the record was changed")


# ---- No change without its record


def direct(base: str) -> Caller:
    """A session with a server on its own."""
    return Caller(int(base.rsplit(":", 1)[1]), "none", "").open()


def test_a_change_is_on_record_before_it_reaches_the_cloud(simulator: Simulator, stopping, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    process, base = start_server("ecs", simulator.env, "--audit-file", str(file))
    stopping(process)
    caller = direct(base)
    approval = preview(caller)
    with ThreadPoolExecutor(1) as pool, file.open("rb") as lock:
        # While somebody else holds the file, nothing can be written, and nothing goes out.
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            before = file.read_bytes()
            call = pool.submit(caller.call, "ecs_confirm_destructive", approval_id=approval)
            eventually(lambda: audit.waits_for_lock(file), "the server does not wait for its audit file")
            assert not deletions(simulator) and not call.done() and file.read_bytes() == before
            # The cloud is slow to answer, so that the file can be read meanwhile.
            simulator.fault(match={"method": "POST", "path_prefix": "/v1"}, delay_ms=4_000)
        finally:
            fcntl.flock(lock, fcntl.LOCK_UN)
        eventually(lambda: deletions(simulator), "the deletion did not go out")
        written = audit.records(file)
        answered = call.done()
        assert any(record["event"] == "cloud-write" for record in written)
        assert answered or written[-1]["event"] == "cloud-write", "the outcome is not known yet"
        assert call.result(30)["data"]["job_id"]
    write, outcome = audit.records(file)[-2:]
    assert (write["event"], outcome["event"], outcome["outcome"]) == ("cloud-write", "tool-call", "ok")
    assert write["call_id"] == outcome["call_id"] and outcome["duration_ms"] >= 4_000
    audit.assert_intact(file)


def assert_refused(caller: Caller, approval: str, simulator: Simulator) -> None:
    error = caller.call("ecs_confirm_destructive", approval_id=approval)["error"]
    assert error["code"] == "AUDIT_UNAVAILABLE" and "The approval is used up: repeat ecs_delete_server" in error["hint"], error
    assert not deletions(simulator)


def test_a_server_that_cannot_write_changes_nothing(simulator: Simulator, stopping, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    process, base = start_server("ecs", simulator.env, "--audit-file", str(file))
    stopping(process)
    caller = direct(base)
    approval = preview(caller)
    aside = audit.occupy(file)
    assert_refused(caller, approval, simulator)
    # Neither does what needs no consent.
    error = caller.call("ecs_power_action", server_ids=[stopped(caller)], action="start")["error"]
    assert (error["code"], error["retryable"]) == ("AUDIT_UNAVAILABLE", True)
    assert not [entry for entry in simulator.requests() if entry["method"] != "GET"]
    assert caller.call("ecs_list_servers")["ok"], "looking goes on"
    process.wait_for(r"CRITICAL \S+ audit-failed error=")
    audit.release(file, aside)
    assert caller.call("ecs_confirm_destructive", approval_id=preview(caller))["data"]["job_id"]
    assert len(deletions(simulator)) == 1
    # The calls that left no record are missed: the one to confirm, the one to start, and those that only looked.
    gap, = audit.of_event(file, "audit-gap")
    assert gap["lost"] == 4
    audit.assert_intact(file)


def test_a_server_on_a_full_disk_changes_nothing_and_leaves_a_whole_file(simulator: Simulator, stopping, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    # Larger than the server's log, so that the limit on the size of files concerns this one only.
    audit.prefilled(file, 1 << 20)
    # What the disk would say, the system says for a limit, if the signal that goes with it is ignored.
    command = [str(BIN / "ecs-mcp-server"), "--transport", "streamable-http", "--port", "0", "--audit-file", str(file)]
    process = stopping(Process(["sh", "-c", 'trap "" XFSZ; exec "$@"', "sh", *command], env=simulator.env))
    caller = direct(process.wait_for(r"server-started .*address=(\S+)").group(1))
    approval = preview(caller)
    size = file.stat().st_size
    soft, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    # A part of the record would fit: it is taken back.
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size + 50, hard))
    assert_refused(caller, approval, simulator)
    assert file.stat().st_size == size
    audit.assert_intact(file)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (soft, hard))
    assert caller.call("ecs_confirm_destructive", approval_id=preview(caller))["data"]["job_id"]
    audit.assert_intact(file)


def test_a_gateway_that_cannot_write_forwards_nothing(world: World) -> None:
    caller = world.caller("gil", mount="/rec")
    # Nothing waits to be written any more.
    get(f"{world.gateway.base}/healthz", headers={"X-Request-Id": "late-before"})
    world.request_of("late-before")
    aside = audit.occupy(world.file)
    try:
        # The first record that fails is that of a request of the gateway's own.
        seen = len(world.gateway.log)
        assert get(f"{world.gateway.base}/healthz", headers={"X-Request-Id": "late-0"})[0] == 200
        world.gateway.process.wait_for(rf"(?s).{{{seen}}}.*CRITICAL \S+ audit-failed ")
        world.recorder.requests.clear()
        for number in range(1, 4):
            answer = caller.post(INITIALIZE, f"X-Request-Id: late-{number}")
            assert (answer.status, answer.error) == (503, "audit-unavailable") and int(answer.header("Retry-After")) >= 1
        assert get(f"{world.gateway.base}/healthz")[0] == 200
        assert not world.recorder.requests, "nothing was forwarded"
    finally:
        audit.release(world.file, aside)
    eventually(lambda: caller.post(INITIALIZE).status == 200, "it does not recover")
    assert "audit-works-again" in world.gateway.settled_log()
    # What could not be written in time is there now.
    assert [world.request_of(f"late-{number}")["status"] for number in range(4)] == [200, 503, 503, 503]
    audit.assert_intact(world.file)


@pytest.mark.parametrize("whose", ["gateway", "server"])
@pytest.mark.parametrize("what", ["folder", "device", "no folder", "damaged"])
def test_a_file_that_cannot_be_one_is_refused_at_the_start(what: str, whose: str, simulator: Simulator, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.jsonl"
    damaged.write_text("no record\n")
    path = {"folder": tmp_path, "device": Path("/dev/full"), "no folder": tmp_path / "none" / "audit", "damaged": damaged}[what]
    if whose == "gateway":
        keys = keygen(tmp_path)
        manifest = tmp_path / "manifest.json"
        manifest.write_text(json.dumps({"jwt": {"public_key": f"file:{keys.public}"}, "services": [service()]}))
        command = [str(BIN / "mcp-gateway"), "serve", "--manifest", str(manifest), "--port", "0", "--admin-port", "0"]
    else:
        command = [str(BIN / "ecs-mcp-server"), "--transport", "sse", "--port", "0"]
    process = Process([*command, "--audit-file", str(path)], env=simulator.env)
    assert process.process.wait(30) == 2, process.stderr
    variable = "MCP_GATEWAY_AUDIT_FILE" if whose == "gateway" else "MCP_AUDIT_FILE"
    assert process.stderr.startswith(f"{variable}: {path}: ") and process.stderr.count("\n") == 1, process.stderr
    assert damaged.read_text() == "no record\n"


# ---- Ends and beginnings


def test_signals_leave_a_whole_file_and_a_restart_goes_on_with_it(simulator: Simulator, stopping, tmp_path: Path) -> None:
    file, servers_file = tmp_path / "gateway.jsonl", tmp_path / "servers.jsonl"
    keys = keygen(tmp_path)
    env = {**simulator.env, "MCP_GATEWAY_AUDIT_FILE": str(file), "MCP_AUDIT_FILE": str(servers_file)}

    def start() -> Gateway:
        gateway = start_jwt_gateway(tmp_path, env, keys=keys)
        stopping(gateway.process)
        return gateway

    def use(gateway: Gateway) -> None:
        caller = Caller(gateway.port, keys.token()).open()
        caller.call("ecs_whoami")
        gateway.settled_log()

    first = start()
    use(first)
    # A reload is on record with what it changed, and the trail goes on.
    first.reload(services=[service(), service("ecs2", mount_path="/ecs2")])
    reloaded = eventually(lambda: audit.of_event(file, "reloaded"), "the reload is not on record")
    assert any("ecs2" in text for text in reloaded[0]["differences"])
    use(first)
    # An open stream is a request too: it ends, and is on record, with the gateway.
    stream = EventStream(
        http.client.HTTPConnection("127.0.0.1", first.port, timeout=30), "/ecs/sse",
        {"Authorization": f"Bearer {keys.token('sue')}", "X-Request-Id": "the-stream"},
    )
    assert next(stream.blocks(20))
    assert first.process.stop(signal.SIGTERM, 30) == 0
    stream.close()
    audit.assert_intact(file)
    audit.assert_intact(servers_file)
    ended = audit.records(file)
    assert (ended[0]["event"], ended[-1]["event"]) == ("gateway-started", "gateway-stopped")
    record, = [r for r in ended if r.get("request_id") == "the-stream"]
    assert (record["sub"], record["status"], record["method"]) == ("sue", 200, "GET")
    assert f"audit-closed seq={ended[-1]['seq']} chain_sha256={ended[-1]['hash']}" in first.log
    events = [r["event"] for r in audit.records(servers_file) if r["service"] == "ecs"]
    assert (events[0], events[-1], events.count("tool-call")) == ("server-started", "server-stopped", 2)

    # The next one goes on where this one ended; killed, it leaves what was written.
    second = start()
    use(second)
    assert f"audit-opened seq={ended[-1]['seq']} chain_sha256={ended[-1]['hash']}" in second.log
    eventually(lambda: audit.records(file)[-1]["seq"] >= ended[-1]["seq"] + 4, "the trail does not go on")
    assert second.process.stop(signal.SIGKILL) == -signal.SIGKILL
    audit.assert_intact(file)

    # A record that was cut short by the crash is taken out, which is on record too.
    whole = audit.lines(file)
    with file.open("a") as damaged:
        damaged.write('{"seq":99,"prev":"')
    assert audit.verify(file).returncode == 1
    third = start()
    use(third)
    recovered = audit.records(file)[len(whole)]
    assert recovered["event"] == "audit-recovered" and recovered["removed_sha256"] == audit.sha256('{"seq":99,"prev":"')
    assert third.process.stop() == 0
    audit.assert_intact(file)
    audit.assert_intact(servers_file)


def test_a_file_that_goes_away_is_missed(simulator: Simulator, stopping, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    process, base = start_server("ecs", simulator.env, "--audit-file", str(file))
    stopping(process)
    caller = direct(base)
    caller.call("ecs_whoami")
    count = len(audit.lines(file))
    file.rename(tmp_path / "gone")
    caller.call("ecs_whoami")
    # The new file goes on with the number after, so that what was before is missed.
    assert audit.records(file)[0]["seq"] == count + 1
    assert f"the chain begins with record {count + 1}" in audit.verify(file).stdout
    audit.assert_intact(tmp_path / "gone", file)
    # Nor can the file be emptied.
    file.write_bytes(b"")
    caller.call("ecs_whoami")
    assert [record["seq"] for record in audit.records(file)] == [count + 2]


def test_a_server_that_must_end_before_the_cloud_answers_says_that_the_outcome_is_unknown(simulator: Simulator, stopping, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    process, base = start_server("ecs", simulator.env, "--audit-file", str(file))
    stopping(process)
    caller = direct(base)
    approval = preview(caller)
    simulator.fault(match={"method": "POST", "path_prefix": "/v1"}, delay_ms=60_000)
    with Wire(caller.port) as wire:
        body = {"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "ecs_confirm_destructive", "arguments": {"approval_id": approval}}}
        headers = ("Content-Type: application/json", "Accept: application/json, text/event-stream", f"Mcp-Session-Id: {caller.session}")
        wire.send(request("POST", "/mcp", *headers, body=json.dumps(body).encode()))
        eventually(lambda: deletions(simulator), "the deletion did not go out")
        process.stop(seconds=30)
    write, outcome, stop = audit.records(file)[-3:]
    assert [r["event"] for r in (write, outcome, stop)] == ["cloud-write", "tool-call", "server-stopped"]
    assert outcome["outcome"] == "unknown" and outcome["call_id"] == write["call_id"] and outcome["targets"] == write["targets"]
    audit.assert_intact(file)
