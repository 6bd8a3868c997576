"""Whose address counts: the peer's, or the client's that a trusted proxy names; and the limit of requests per address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support import audit
from support.caller import INITIALIZE, Caller
from support.gateways import Gateway, start_jwt_gateway
from support.processes import get
from support.wire import Answer

LIMITS = {"requests_per_second_per_address": 1, "burst_per_address": 2}


@pytest.fixture
def start(simulator, stopping, tmp_path: Path) -> Callable[..., Gateway]:
    def begin(**members: Any) -> Gateway:
        gateway = start_jwt_gateway(tmp_path, simulator.env, **members)
        stopping(gateway.process)
        return gateway

    return begin


def burst(gateway: Gateway, *headers: str, token: str | None = None, count: int = 12) -> list[Answer]:
    """So many requests, one after the other."""
    caller = Caller(gateway.port, token or gateway.keys.token(), headers=list(headers))
    return [caller.post(INITIALIZE) for _ in range(count)]


def refused(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.status == 429]


def peers(gateway: Gateway, event: str) -> set[str]:
    """The field `peer` of the records of an event."""
    lines = [line for line in gateway.settled_log().splitlines() if f" {event} " in line and (event != "access" or " path=/ecs/" in line)]
    return {word.removeprefix("peer=") for line in lines for word in line.split() if word.startswith("peer=")}


@pytest.mark.parametrize("header", ["X-Forwarded-For: {}", "Forwarded: for={};proto=https", 'Forwarded: for=203.0.113.9, for="{}:4711"'])
def test_clients_behind_a_trusted_proxy_are_limited_separately(header: str, start) -> None:
    gateway = start(trusted_proxies=["127.0.0.0/8"], limits=LIMITS)
    first = burst(gateway, header.format("192.0.2.1"))
    limited = refused(first)
    assert first[0].status == 200 and limited, [answer.status for answer in first]
    assert all(answer.error == "rate-limited" and int(answer.header("Retry-After")) >= 1 for answer in limited)
    assert burst(gateway, header.format("192.0.2.2"), count=1)[0].status == 200
    assert burst(gateway, count=1)[0].status == 200, "the proxy itself"
    assert peers(gateway, "rate-limited") == {"192.0.2.1"}
    assert peers(gateway, "access") == {"192.0.2.1", "192.0.2.2", "127.0.0.1"}
    assert get(f"{gateway.base}/healthz", headers={"X-Forwarded-For": "192.0.2.1"})[0] == 200


@pytest.mark.parametrize("proxies", [[], ["192.0.2.0/24", "unix", "::1"]])
def test_a_header_from_anybody_else_changes_nothing(proxies: list[str], start) -> None:
    gateway = start(trusted_proxies=proxies, limits=LIMITS)
    token = gateway.keys.token()
    answers = [
        burst(gateway, line.format(number), token=token, count=1)[0]
        for number in range(1, 9) for line in ("X-Forwarded-For: 198.51.100.{}", "Forwarded: for=198.51.100.{}")
    ]
    assert len(refused(answers)) >= 8, [answer.status for answer in answers]
    assert peers(gateway, "rate-limited") == peers(gateway, "access") == {"127.0.0.1"}


def test_what_the_client_put_in_front_of_the_proxys_address_does_not_count(start) -> None:
    gateway = start(trusted_proxies=["127.0.0.1"], limits=LIMITS)
    token = gateway.keys.token()
    answers = [burst(gateway, f"X-Forwarded-For: 198.51.100.{number}, 192.0.2.1", token=token, count=1)[0] for number in range(12)]
    assert refused(answers)
    assert peers(gateway, "rate-limited") == {"192.0.2.1"}


def test_a_flood_without_tokens_is_bounded_too(start) -> None:
    gateway = start(trusted_proxies=["127.0.0.1"], limits=LIMITS)
    answers = burst(gateway, "X-Forwarded-For: 192.0.2.1", token="nonsense")
    assert {answer.status for answer in answers} == {401, 429}
    assert burst(gateway, "X-Forwarded-For: 192.0.2.2", count=1)[0].status == 200


def test_failed_authentications_count_for_the_client(start) -> None:
    gateway = start(trusted_proxies=["127.0.0.1"], limits={"failed_auth_per_minute": 2})
    assert [answer.status for answer in burst(gateway, "X-Forwarded-For: 192.0.2.1", token="nonsense", count=3)] == [401, 401, 429]
    assert burst(gateway, "X-Forwarded-For: 192.0.2.2", token="nonsense", count=1)[0].status == 401
    assert burst(gateway, "X-Forwarded-For: 192.0.2.3", count=1)[0].status == 200
    assert peers(gateway, "auth-rejected") == {"192.0.2.1", "192.0.2.2"}


def test_the_audit_trail_names_the_client(start, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    gateway = start(trusted_proxies=["127.0.0.1"], options=["--audit-file", str(file)])
    assert burst(gateway, "X-Forwarded-For: 192.0.2.1", count=1)[0].status == 200
    assert gateway.process.stop() == 0
    requests = [record for record in audit.of_event(file, "request") if record["path"] == "/ecs/mcp"]
    assert [record["peer"] for record in requests] == ["192.0.2.1"]


def test_a_reload_puts_the_list_in_force(start) -> None:
    gateway = start()
    burst(gateway, "X-Forwarded-For: 192.0.2.1", count=1)
    assert peers(gateway, "access") == {"127.0.0.1"}
    assert "trusted_proxies changed" in gateway.reload(trusted_proxies=["127.0.0.1"])
    burst(gateway, "X-Forwarded-For: 192.0.2.1", count=1)
    assert peers(gateway, "access") == {"127.0.0.1", "192.0.2.1"}
    assert "trusted_proxies[0]" in gateway.reload("reload-failed", trusted_proxies=["127.0.0.1/8"])
    burst(gateway, "X-Forwarded-For: 192.0.2.2", count=1)
    assert "192.0.2.2" in peers(gateway, "access"), "a wrong list changes nothing"
