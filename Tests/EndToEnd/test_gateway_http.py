"""The gateway under attack at the level of HTTP: framing, paths, Host and Origin, sizes, and what it leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from support.attack import PUBLIC_URL, World, attacked
from support.caller import Caller
from support.processes import get
from support.wire import Wire, request


@pytest.fixture(scope="module")
def world(simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with attacked(simulator.env, tmp_path_factory.mktemp("gateway")) as world:
        yield world


# ---- Framing (§10.3): request smuggling


def smuggling() -> dict[str, bytes]:
    """Heads that two servers might read differently; each is followed by a request that must never be seen."""
    start = b"POST /rec/mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer TOKEN\r\n"
    chunked = b"0\r\n\r\n"
    return {
        "TE and CL": start + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + chunked,
        "CL and TE": start + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked,
        "CL 0 and TE": start + b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked,
        "two lengths": start + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "lengths in a list": start + b"Content-Length: 2, 3\r\n\r\n{}",
        "length +2": start + b"Content-Length: +2\r\n\r\n{}",
        "length -1": start + b"Content-Length: -1\r\n\r\n{}",
        "length 0x2": start + b"Content-Length: 0x2\r\n\r\n{}",
        "length 2.0": start + b"Content-Length: 2.0\r\n\r\n{}",
        "length 1_0": start + b"Content-Length: 1_0\r\n\r\n0123456789",
        "length empty": start + b"Content-Length:\r\n\r\n{}",
        "length in Arabic digits": start + "Content-Length: ٢\r\n\r\n{}".encode(),
        "TE twice": start + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked,
        "TE chunked, chunked": start + b"Transfer-Encoding: chunked, chunked\r\n\r\n" + chunked,
        "TE identity": start + b"Transfer-Encoding: identity\r\n\r\n" + chunked,
        "TE gzip, chunked": start + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + chunked,
        "TE chunked, identity": start + b"Transfer-Encoding: chunked, identity\r\n\r\n" + chunked,
        "TE xchunked": start + b"Transfer-Encoding: xchunked\r\n\r\n" + chunked,
        "TE quoted": start + b'Transfer-Encoding: "chunked"\r\n\r\n' + chunked,
        "TE with vertical tab": start + b"Transfer-Encoding: \x0bchunked\r\n\r\n" + chunked,
        "TE empty": start + b"Transfer-Encoding:\r\n\r\n" + chunked,
        "TE misspelled beside CL": start + b"Transfer_Encoding: chunked\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked,
        "folding": start + b"X-A: 1\r\n Content-Length: 2\r\n\r\n{}",
        "folding with tab": start + b"Transfer-Encoding:\r\n\tchunked\r\n\r\n" + chunked,
        "space before the first field": b"POST /rec/mcp HTTP/1.1\r\n Host: localhost\r\n\r\n",
        "space before the colon": start + b"Content-Length : 2\r\n\r\n{}",
        "tab before the colon": start + b"Transfer-Encoding\t: chunked\r\n\r\n" + chunked,
        "bare LF after the request line": b"POST /rec/mcp HTTP/1.1\nHost: localhost\r\n\r\n",
        "bare LF after a field": start + b"X-A: 1\nContent-Length: 2\r\n\r\n{}",
        "bare LF at the end": start + b"Content-Length: 2\r\n\n{}",
        "bare CR in a field": start + b"X-A: 1\rContent-Length: 2\r\n\r\n{}",
        "NUL in a field": start + b"X-A: 1\x00\r\n\r\n",
        "control character in a name": start + b"X\x01A: 1\r\n\r\n",
        "no name": start + b": 1\r\n\r\n",
        "no colon": start + b"Content-Length 2\r\n\r\n{}",
        "no host": b"POST /rec/mcp HTTP/1.1\r\nAuthorization: Bearer TOKEN\r\n\r\n",
        "two hosts": start + b"Host: localhost\r\n\r\n",
        "absolute target": b"POST http://localhost/rec/mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer TOKEN\r\n\r\n",
        "authority target": b"POST localhost HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "asterisk target": b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "space in the target": b"POST /rec/mcp x HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "tab in the request line": b"POST\t/rec/mcp HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "HTTP/0.9": b"GET /rec/sse\r\n\r\n",
        "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "HTTP/1.2": b"POST /rec/mcp HTTP/1.2\r\nHost: localhost\r\nAuthorization: Bearer TOKEN\r\n\r\n",
        "HTTP/1.10": b"POST /rec/mcp HTTP/1.10\r\nHost: localhost\r\n\r\n",
        "chunk size is no number": start + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "chunk size is negative": start + b"Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
        "chunk size over 64 bits": start + b"Transfer-Encoding: chunked\r\n\r\n10000000000000002\r\n{}\r\n0\r\n\r\n",
        "chunk size with 0x": start + b"Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n",
        "chunk longer than its size": start + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n",
        "bare LF after a chunk size": start + b"Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
        "bare LF after a chunk": start + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\n0\r\n\r\n",
        "bare LF in a chunk extension": start + b"Transfer-Encoding: chunked\r\n\r\n2;a\nb\r\n{}\r\n0\r\n\r\n",
        "TLS on a plain port": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 32 + b"\r\n\r\n",
    }


@pytest.mark.parametrize("name", smuggling())
def test_ambiguous_framing_is_refused_and_the_connection_closed(name: str, world: World) -> None:
    world.recorder.requests.clear()
    token = world.token().encode()
    second = b"POST /rec/mcp?smuggled HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer TOKEN\r\nContent-Length: 2\r\n\r\n{}"
    with Wire(world.port) as wire:
        wire.send((smuggling()[name] + second).replace(b"TOKEN", token))
        answer = wire.answer()
        assert answer.status == 400 and answer.error.startswith("malformed-http:"), answer
        assert wire.rest() == b"", "something was answered after the refusal"
    assert not [recorded for recorded in world.recorder.requests if "smuggled" in recorded.request_line]
    assert not [recorded for recorded in world.recorder.requests if recorded.body], "half a request was forwarded"


def test_body_of_a_refused_request_is_not_a_request(world: World) -> None:
    inner = request("POST", "/rec/mcp?smuggled", f"Authorization: Bearer {world.token()}", body=b"{}")
    world.recorder.requests.clear()
    for line in ("Authorization: Bearer x", "Origin: https://evil.example", "X-A: no-token"):
        with Wire(world.port) as wire:
            wire.send(request("POST", "/rec/mcp", line, body=inner) + request("GET", "/healthz"))
            assert wire.answer().status in (401, 403)
            assert wire.answer().json["status"] == "ok", "the next request of the connection is the next one"
    assert not world.recorder.requests


def test_length_over_64_bits_is_too_large(world: World) -> None:
    with Wire(world.port) as wire:
        wire.send(request("POST", "/rec/mcp", f"Authorization: Bearer {world.token()}", "Content-Length: 18446744073709551618"))
        assert wire.answer().status == 413
        wire.rest()


def test_identical_lengths_are_one_length(world: World) -> None:
    with Wire(world.port) as wire:
        head = request("POST", "/rec/mcp", f"Authorization: Bearer {world.token()}", "Content-Length: 2", body=b"{}")
        wire.send(head)
        assert wire.answer().status in (200, 400)


def test_pipelined_requests_are_answered_in_order_each_by_its_own_token(world: World) -> None:
    with Wire(world.port) as wire:
        wire.send(
            request("POST", "/ops/mcp", f"Authorization: Bearer {world.token('admin')}", body=b"{}")
            + request("POST", "/ops/mcp", f"Authorization: Bearer {world.token('readonly')}", body=b"{}")
            + request("POST", "/ops/mcp", body=b"{}")
            + request("GET", "/healthz")
        )
        statuses = [wire.answer().status for _ in range(4)]
    assert statuses[1:] == [403, 401, 200] and statuses[0] not in (401, 403)


# ---- Paths (§8.1)


@pytest.mark.parametrize(("path", "why"), [
    ("/ecs/../ops/mcp", "dot-segment"), ("/ecs/%2e%2e/ops/mcp", "dot-segment"), ("/ecs/%2E./ops/mcp", "dot-segment"),
    ("/ecs/.%2e/ops/mcp", "dot-segment"), ("/ecs/./mcp", "dot-segment"), ("/ecs/%2e/mcp", "dot-segment"), ("/ecs/mcp/..", "dot-segment"),
    ("/..", "dot-segment"), ("/ecs//mcp", "empty-segment"), ("//ecs/mcp", "empty-segment"), ("/ecs/mcp//", "empty-segment"),
    ("/ecs%2fmcp", "encoded-delimiter"), ("/ecs/..%2fops/mcp", "encoded-delimiter"), ("/ecs%5cmcp", "encoded-delimiter"),
    ("/ecs/%252e%252e/ops/mcp", "encoded-delimiter"), ("/ecs/mcp%00", "control-character"), ("/ecs/mcp%0d%0aX:1", "control-character"),
    ("/ecs/mcp%7f", "control-character"), ("/ecs/mcp%", "incomplete-escape"), ("/ecs/mcp%2", "incomplete-escape"),
    ("/ecs/mcp%zz", "incomplete-escape"), ("/ecs/mcp%u002e", "incomplete-escape"), ("/ecs/%c0%ae%c0%ae/mcp", "not-utf-8"),
    ("/ecs/%ff", "not-utf-8"), ("/ecs/%ed%a0%80", "not-utf-8"), ("/ecs\\..\\ops\\mcp", "raw-character"), ("/ecs/mcp#x", "raw-character"),
])
def test_other_spellings_of_paths_are_refused(path: str, why: str, world: World) -> None:
    for token in (None, world.token()):
        answer = world.send("POST", path, token=token, body=b"{}")
        assert (answer.status, answer.error) == (400, f"bad-path:{why}")


@pytest.mark.parametrize("path", ["/ecs/mcp\u00e9", "/ecs/\u2025/ops/mcp", "/ecs/\uff0e\uff0e/ops/mcp"])
def test_raw_bytes_beyond_ascii_are_refused(path: str, world: World) -> None:
    answer = world.send("POST", path, token=world.token(), body=b"{}")
    assert answer.status == 400


def test_path_is_forwarded_canonical_and_without_the_mount(world: World) -> None:
    assert world.forwarded(target="/%72ec/%6dcp").request_line == "POST /mcp HTTP/1.1"
    assert world.forwarded(target="/rec/mcp?a=%2e%2e%2f&b=//").request_line == "POST /mcp?a=%2e%2e%2f&b=// HTTP/1.1"


# ---- Host, Origin (§10.2)


@pytest.mark.parametrize(("host", "accepted"), [
    ("localhost", True), ("localhost:1", True), ("127.0.0.1:8080", True), ("[::1]:80", True), ("mcp.example.com", True), ("MCP.EXAMPLE.COM:443", True),
    ("evil.example", False), ("mcp.example.com.evil.example", False), ("evil-mcp.example.com", False), ("localhost.evil.example", False),
    ("127.0.0.1.evil.example", False), ("localhost@evil.example", False), ("", False), ("local host", False), ("localhost:x", False),
])
def test_host(host: str, accepted: bool, world: World) -> None:
    for path in ("/healthz", "/.well-known/oauth-protected-resource/ecs/mcp"):
        status = world.send("GET", path, host=host).status
        assert status == 200 if accepted else status in (400, 421), status


@pytest.mark.parametrize("origin", [
    "https://evil.example", "null", "https://mcp.example.com.evil.example", "http://mcp.example.com", "https://mcp.example.com:444",
    "http://localhost.evil.example", "https://mcp.example.com/", "file://", "",
])
def test_foreign_origin_is_refused_with_and_without_a_token(origin: str, world: World) -> None:
    for token in (None, world.token()):
        answer = world.send("POST", "/ecs/mcp", f"Origin: {origin}", token=token, body=b"{}")
        assert (answer.status, answer.error) == (403, "invalid-origin")
        assert answer.header("Access-Control-Allow-Origin") is None


@pytest.mark.parametrize("origin", [PUBLIC_URL, "http://localhost:6274", "http://127.0.0.1:3000"])
def test_known_origin_is_accepted(origin: str, world: World) -> None:
    answer = world.send("POST", "/ecs/mcp", f"Origin: {origin}", body=b"{}")
    assert answer.status == 401 and answer.header("Access-Control-Allow-Origin") == origin and answer.header("Vary") == "Origin"
    preflight = world.send("OPTIONS", "/ecs/mcp", f"Origin: {origin}", "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: authorization, x-evil")
    assert preflight.status == 204 and "x-evil" not in (preflight.header("Access-Control-Allow-Headers") or "").lower()


def test_two_origins_are_refused(world: World) -> None:
    assert world.send("POST", "/ecs/mcp", f"Origin: {PUBLIC_URL}", f"Origin: {PUBLIC_URL}", token=world.token(), body=b"{}").status == 403


def test_preflight_of_a_foreign_origin_is_refused(world: World) -> None:
    answer = world.send("OPTIONS", "/ecs/mcp", "Origin: https://evil.example", "Access-Control-Request-Method: POST")
    assert answer.status == 403


# ---- Sizes (§11)


def test_body_too_large_is_refused_from_the_head_alone(world: World) -> None:
    with Wire(world.port) as wire:
        wire.send(request("POST", "/rec/mcp", f"Authorization: Bearer {world.token()}", "Content-Length: 4194305"))
        answer = wire.answer()
        assert (answer.status, answer.error) == (413, "body-too-large")
        wire.rest()


def test_body_too_large_is_refused_while_reading(world: World) -> None:
    world.recorder.requests.clear()
    with Wire(world.port) as wire:
        wire.send(request("POST", "/rec/mcp", f"Authorization: Bearer {world.token()}", "Transfer-Encoding: chunked"))
        for _ in range(5):
            wire.send(b"100000\r\n" + b"x" * (1 << 20) + b"\r\n")
        answer = wire.answer()
        assert (answer.status, answer.error) == (413, "body-too-large")
    assert not world.recorder.requests, "the upstream got it as complete"


def test_largest_body_passes(world: World) -> None:
    body = b"x" * (4 << 20)
    assert world.forwarded(body=body).body == body


@pytest.mark.parametrize("lines", [["X-A: " + "x" * 33_000], [f"X-{number}: {'x' * 100}" for number in range(400)]])
def test_headers_too_large(lines: list[str], world: World) -> None:
    with Wire(world.port) as wire:
        wire.send(request("POST", "/ecs/mcp", *lines, body=b"{}"))
        answer = wire.answer()
        assert (answer.status, answer.error) == (431, "headers-too-large")
        assert wire.rest() == b""


@pytest.mark.parametrize("target", ["/ecs/mcp?" + "x" * 8_192, "/" + "x" * 20_000])
def test_target_too_long(target: str, world: World) -> None:
    with Wire(world.port) as wire:
        wire.send(request("POST", target, body=b"{}"))
        answer = wire.answer()
        assert answer.status == 414
        assert wire.rest() == b""


def test_many_small_headers_are_refused(world: World) -> None:
    with Wire(world.port) as wire:
        wire.send(request("POST", "/ecs/mcp", *["a:b"] * 7_000, body=b"{}"))
        assert wire.answer().status == 431


# ---- What is left behind


def test_no_page_of_the_admin_listener_is_public(world: World) -> None:
    for path in ("/metrics", "/status", "/identity-keys"):
        assert world.send("GET", path).status == 401
        assert world.send("GET", path, token=world.token()).status == 404
        assert get(world.gateway.admin + path)[0] == 200
        assert get(world.gateway.admin + path, headers={"Host": "evil.example"})[0] == 421


def test_every_request_leaves_exactly_one_record(world: World) -> None:
    ids = [f"one-record-{number}" for number in range(4)]
    world.send("POST", "/ecs/mcp", f"X-Request-Id: {ids[0]}")
    world.send("POST", "/ops/mcp", f"X-Request-Id: {ids[1]}", token=world.token("readonly"))
    world.send("POST", "/nothing", f"X-Request-Id: {ids[2]}", token=world.token())
    world.send("POST", "/rec/mcp", f"X-Request-Id: {ids[3]}", token=world.token(), body=b"{}")
    log = world.gateway.settled_log()
    for request_id in ids:
        records = [line for line in log.splitlines() if f"request_id={request_id} " in line and re.search(r" (access|auth-rejected) ", line)]
        assert len(records) == 1, records


def test_secrets_are_in_no_log(world: World, simulator) -> None:
    token = world.token()
    caller = Caller(world.port, token).open()
    assert caller.call("ecs_list_servers", limit=1)["ok"]
    captured = world.forwarded(token=token).all("mcp-gateway-identity")[0]
    log = world.gateway.settled_log()
    for secret in (token, captured, caller.session, simulator.env["HUAWEICLOUD_SECRET_ACCESS_KEY"]):
        assert secret not in log
    assert "eyJ" not in log, "something that looks like a token"
