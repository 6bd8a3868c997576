"""Trace context, request ids and tool names: what ties the log of the gateway to that of its servers, and what a hostile one can do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from support import forgery
from support.attack import World, attacked
from support.caller import Caller
from support.client import SDK, connect, run
from support.processes import get
from support.wire import exchange, request

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = f"00-{TRACE}-b7ad6b7169203331-01"
WELL_FORMED = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
MODERN = ("MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call")


@pytest.fixture(scope="module")
def world(simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with attacked(simulator.env, tmp_path_factory.mktemp("gateway")) as world:
        yield world


def fields(text: str) -> dict[str, str]:
    """The fields of a record in the log."""
    return dict(re.findall(r'(\w+)=("(?:[^"\\]|\\.)*"|\S*)', text))


def access(world: World, request_id: str) -> dict[str, str]:
    """The gateway's one record of a request."""
    found = [text for text in world.gateway.settled_log().splitlines() if re.search(rf" (access|auth-rejected) .*\brequest_id={re.escape(request_id)}( |$)", text)]
    assert len(found) == 1, found
    return fields(found[0])


# ---- Trace context


@pytest.mark.parametrize("parent", [PARENT, PARENT[:-2] + "00", "cc" + PARENT[2:] + "-what-comes-later"])
def test_a_clients_trace_goes_on_to_the_server(parent: str, world: World) -> None:
    recorded = world.forwarded("X-Request-Id: trace-kept", f"traceparent: {parent}", "tracestate: a=1,b=2", "tracestate: c=3")
    assert recorded.all("traceparent") == [parent]
    assert ",".join(recorded.all("tracestate")) == "a=1,b=2,c=3"
    log = world.gateway.settled_log()
    assert f"trace_id={TRACE}" in log.rsplit("request_id=trace-kept", 1)[1].splitlines()[0]


MALFORMED = [
    ("traceparent: nonsense",), (f"traceparent: {PARENT.upper()}",), (f"traceparent: {PARENT}-more",), (f"traceparent: ff{PARENT[2:]}",),
    (f"traceparent: 00-{'0' * 32}-b7ad6b7169203331-01",), (f"traceparent: 00-{TRACE}-{'0' * 16}-01",), (f"traceparent: {PARENT[:-1]}",),
    (f"traceparent: {PARENT}, {PARENT}",), (f"traceparent: {PARENT}", f"traceparent: {PARENT}"), ("traceparent:",),
    (f"traceparent: {PARENT}", "Connection: traceparent"), (f"trace_parent: {PARENT}",), ("traceparent: " + "0" * 4_000,), (),
]


@pytest.mark.parametrize("lines", MALFORMED, ids=range(len(MALFORMED)))
def test_without_a_good_one_a_trace_begins_at_the_gateway(lines: tuple[str, ...], world: World) -> None:
    token = world.token("readonly")
    recorded = world.forwarded(*lines, "tracestate: of=another", token=token)
    value, = recorded.all("traceparent")
    found = WELL_FORMED.fullmatch(value)
    assert found and found.group(1) != TRACE
    assert not recorded.all("tracestate"), "it belonged to the trace that is gone"
    request_id, = recorded.all("x-request-id")
    assert access(world, request_id)["trace_id"] == found.group(1)


def test_every_request_has_a_trace_of_its_own(world: World) -> None:
    token = world.token("readonly")
    assert len({world.forwarded(token=token).all("traceparent")[0][3:35] for _ in range(20)}) == 20


def test_a_refused_request_is_found_by_its_trace_too(world: World) -> None:
    answer = world.send("POST", "/ops/mcp", "X-Request-Id: trace-refused", f"traceparent: {PARENT}", body=b"{}", token=world.token("readonly"))
    assert answer.status == 403 and answer.header("X-Request-Id") == "trace-refused"
    assert access(world, "trace-refused")["trace_id"] == TRACE
    anonymous = exchange(world.port, request("POST", "/ecs/mcp", f"traceparent: {PARENT}", body=b"{}"))
    assert access(world, anonymous.header("X-Request-Id"))["trace_id"] == TRACE


# ---- Gateway and server


def test_a_call_is_found_in_both_logs_by_request_id_and_by_trace(world: World) -> None:
    caller = world.caller().open()
    caller.headers = ["X-Request-Id: both-logs", f"traceparent: {PARENT}"]
    assert caller.call("ecs_whoami")["ok"]
    line = world.gateway.process.wait_for(r"(?m)^.*tool-ok tool=ecs_whoami .*gateway_request_id=both-logs.*$").group()
    assert " service-log service=ecs " in line, "what servers log is passed on with their name"
    at_server, at_gateway = fields(line[line.index("tool-ok") :]), access(world, "both-logs")
    assert at_server["trace_id"] == at_gateway["trace_id"] == TRACE
    assert at_server["sub"] == at_gateway["sub"] == "alice"


def test_a_failed_call_is_found_in_both_logs(world: World) -> None:
    caller = world.caller("readonly").open()
    answer = caller.post({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "ecs_delete_server", "arguments": {}}})
    request_id = answer.header("X-Request-Id")
    line = world.gateway.process.wait_for(rf"(?m)^.*tool-error tool=ecs_delete_server .*gateway_request_id={request_id}.*$").group()
    at_server = fields(line[line.index("tool-error") :])
    assert at_server["code"] == "FORBIDDEN" and at_server["trace_id"] == access(world, request_id)["trace_id"]


# ---- The tool


@pytest.mark.skipif(SDK == 1, reason="the 1.x client speaks no revision that names tools in headers")
def test_the_tool_that_the_official_client_names_is_in_the_log_and_in_the_figures(world: World) -> None:
    where = world.gateway.target("http", world.token(sub="tess"))

    async def story() -> None:
        async with connect(where, "auto") as session:
            assert session.revision == "2026-07-28"
            assert (await session.call("ecs_whoami")).data

    run(story())
    named = [fields(text) for text in world.gateway.settled_log().splitlines() if " access " in text and " sub=tess " in text and " tool=" in text]
    assert [(record["tool"], record["status"], record["service"]) for record in named] == [("ecs_whoami", "200", "ecs")]
    assert re.search(r'tool_calls_total\{service="ecs",tool="ecs_whoami",status="2xx"\} \d', metrics(world))


def metrics(world: World) -> str:
    return get(f"{world.gateway.admin}/metrics")[2].decode()


def test_before_2026_07_28_no_tool_is_named(world: World) -> None:
    recorded = world.forwarded("X-Request-Id: tool-old", "MCP-Protocol-Version: 2025-11-25", "Mcp-Method: tools/call", "Mcp-Name: ecs_whoami")
    assert recorded.all("mcp-name") == ["ecs_whoami"]
    assert "tool" not in access(world, "tool-old")


HOSTILE = [
    "x" * 129, "x" * 8_000, "two words", "a=b", 'quo"ted', "back\\slash", "a\ttab", "ecs_whoami sub=root", "{braces}", "=?base64?ZWNz?=", "per%0acent", "\x1b[31mred",
    "caf\u00e9", "\u202eright-to-left", "ecs_whoami,ecs_whoami", '"} 1\nfake_metric{x="',
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_tool_name_is_in_no_log_and_in_no_figure(name: str, world: World) -> None:
    before = metrics(world).count("tool_calls_total{")
    answer = world.send("POST", "/rec/mcp", "X-Request-Id: tool-hostile", *MODERN, f"Mcp-Name: {name}", body=b"{}", token=world.token("readonly"))
    assert answer.status in (200, 400)
    log = world.gateway.settled_log()
    if answer.status == 200:
        assert "tool" not in fields(log.rsplit(" request_id=tool-hostile", 1)[1].splitlines()[0])
    assert name not in log and "\x1b" not in log and "sub=root" not in log
    assert metrics(world).count("tool_calls_total{") == before


def test_the_longest_tool_name_is_told_whole(world: World) -> None:
    name = "a-Z_9." + "x" * 122
    world.forwarded("X-Request-Id: tool-long", *MODERN, f"Mcp-Name: {name}")
    assert access(world, "tool-long")["tool"] == name


def test_invented_tools_fill_no_memory(world: World) -> None:
    """Names are made up by clients: the figures have a bound."""
    token = world.token("readonly")
    for number in range(400):
        world.forwarded(*MODERN, f"Mcp-Name: invented_{number}", token=token)
    series = [text for text in metrics(world).splitlines() if text.startswith("mcp_gateway_tool_calls_total{")]
    assert 0 < len(series) <= 300, len(series)


# ---- What clients say never begins a record


@pytest.mark.parametrize("value", ["x" * 65, "two words", "a\tb", "caf\u00e9", ""])
def test_a_request_id_that_is_none_is_replaced(value: str, world: World) -> None:
    recorded = world.forwarded(f"X-Request-Id: {value}")
    made, = recorded.all("x-request-id")
    assert made != value and re.fullmatch(r"[!-~]{1,64}", made)
    assert access(world, made)["service"] == "rec"


def test_a_subject_with_line_feeds_stays_in_its_field(world: World) -> None:
    evil = 'x\n2026-01-01T00:00:00.000Z INFO mcp-gateway access request_id=forged sub=root"\x1b[2J'
    token = forgery.rs256(world.gateway.keys.private, forgery.claims(sub=evil, roles=["admin"], tenant="t\r\nu"))
    world.forwarded("X-Request-Id: sub-evil", token=token)
    Caller(world.port, token).open().call("ecs_whoami")
    log = world.gateway.settled_log()
    assert not [text for text in log.splitlines() if text.startswith("2026-01-01T00:00:00.000Z")]
    assert "\x1b" not in log and "\r" not in log
    record = next(text for text in log.splitlines() if " request_id=sub-evil " in text and " access " in text)
    assert json.loads(fields(record)["sub"]) == evil
