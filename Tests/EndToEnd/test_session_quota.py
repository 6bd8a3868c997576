"""A subject may have so many sessions: another one ends an idle one of its own, never one in use, and nobody else notices."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from support.caller import INITIALIZE, Caller
from support.gateways import Gateway, start_jwt_gateway
from support.streams import EventStream
from support.wire import Answer, Wire, request

QUOTA = 3


@pytest.fixture
def gateway(simulator: Any, tmp_path: Path) -> Iterator[Gateway]:
    running = start_jwt_gateway(tmp_path, {**simulator.env, "MCP_MAX_SESSIONS_PER_SUBJECT": str(QUOTA)})
    yield running
    assert running.process.stop() == 0, running.log


def caller(gateway: Gateway, subject: str = "alice") -> Caller:
    """Someone with a session."""
    return Caller(gateway.port, gateway.keys.token(subject)).open()


def status(session: Caller) -> int:
    """What a request in the session is answered with."""
    return session.post({"jsonrpc": "2.0", "id": 1, "method": "ping"}).status


def read(gateway: Gateway, session: Caller) -> EventStream:
    """The session's own stream."""
    headers = {"Authorization": f"Bearer {session.token}", "Mcp-Session-Id": session.session or ""}
    return EventStream(http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=15), "/ecs/mcp", headers)


def sse(gateway: Gateway, token: str) -> EventStream:
    """A session of HTTP+SSE."""
    connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=15)
    return EventStream(connection, "/ecs/sse", {"Authorization": f"Bearer {token}"})


def delete(session: Caller) -> Answer:
    """Ends the session."""
    lines = [f"Authorization: Bearer {session.token}", f"Mcp-Session-Id: {session.session}"]
    with Wire(session.port) as wire:
        wire.send(request("DELETE", "/ecs/mcp", *lines))
        return wire.answer(has_body=False)


def test_a_session_too_many_ends_the_least_recently_used(gateway: Gateway) -> None:
    other = caller(gateway, "bob")
    first, second, third = (caller(gateway) for _ in range(QUOTA))
    assert status(first) == 200  # used again: the second is now the oldest
    fourth = caller(gateway)
    assert [status(one) for one in (first, second, third, fourth)] == [200, 404, 200, 200]
    assert status(other) == 200
    # Who lost a session begins anew, and goes on.
    assert "ecs_whoami" in second.open().tools()


def test_a_session_with_an_open_stream_is_not_ended(gateway: Gateway) -> None:
    first, second, third = (caller(gateway) for _ in range(QUOTA))
    with closing(read(gateway, first)) as stream:
        assert stream.status == 200
        fourth = caller(gateway)
        assert [status(one) for one in (first, second, third, fourth)] == [200, 404, 200, 200]


def test_a_session_with_a_running_request_is_not_ended_and_its_answer_comes(simulator: Any, gateway: Gateway) -> None:
    waiting, second, third = (caller(gateway) for _ in range(QUOTA))
    stopped = waiting.call("ecs_list_servers", status="SHUTOFF", limit=1)["data"]["servers"][0]["id"]
    job = waiting.call("ecs_power_action", action="start", server_ids=[stopped])["data"]["job_id"]
    # Both are used after the one that waits, which is then the least recently used.
    answers: list[dict[str, Any]] = []
    before = len(simulator.requests())
    thread = threading.Thread(target=lambda: answers.append(waiting.call("ecs_wait_for_job", job_id=job, timeout_seconds=40)))
    thread.start()
    while not any(f"/jobs/{job}" in one["target"] for one in simulator.requests()[before:]):
        assert thread.is_alive()
    assert [status(second), status(third)] == [200, 200]
    for _ in range(QUOTA):
        caller(gateway)
    simulator.advance(600)
    thread.join(30)
    assert answers and answers[0]["ok"] is True, answers
    assert [status(second), status(third)] == [404, 404]
    assert status(waiting) == 200


def test_who_has_all_in_use_is_told_so_and_nobody_else(gateway: Gateway) -> None:
    sessions = [caller(gateway) for _ in range(QUOTA - 1)]
    streams = [read(gateway, one) for one in sessions] + [sse(gateway, sessions[0].token)]
    try:
        assert [stream.status for stream in streams] == [200] * QUOTA

        refused = Caller(gateway.port, sessions[0].token).post({**INITIALIZE, "id": 42})
        assert refused.status == 429
        assert refused.header("Retry-After") == "10"
        assert refused.header("Mcp-Session-Id") is None
        assert refused.json["id"] == 42 and "DELETE" in refused.json["error"]["message"]
        again = sse(gateway, sessions[0].token)
        body = json.loads(again.response.read())
        again.close()
        assert again.status == 429 and again.response.headers["Retry-After"] == "10"
        assert body["error"] == "too-many-sessions" and body["status"] == 429 and "DELETE" in body["message"]

        # Another subject, and the same one of another tenant, are somebody else.
        assert "ecs_whoami" in caller(gateway, "bob").tools()
        foreign = Caller(gateway.port, gateway.keys.token("alice", tenant="elsewhere")).open()
        assert status(foreign) == 200
        # All of the sessions go on.
        assert [status(one) for one in sessions] == [200] * (QUOTA - 1)

        assert delete(sessions[0]).status == 204
        assert status(caller(gateway)) == 200
    finally:
        for stream in streams:
            stream.close()
