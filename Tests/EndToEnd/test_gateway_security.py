"""The gateway in mode jwt under attack: tokens, roles, sessions, identity, and the way to the servers.

Behind it are the real ecs server on the simulated cloud, and a recorder that shows what is forwarded.
"""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from support import forgery
from support.attack import PUBLIC_URL, World, attacked
from support.caller import INITIALIZE, Caller
from support.processes import get
from support.recorder import OK, Recorded
from support.wire import Answer, Wire, exchange, request


@pytest.fixture(scope="module")
def world(simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with attacked(simulator.env, tmp_path_factory.mktemp("gateway")) as world:
        yield world


# ---- Tokens (gateway.md §7)

Forge = Callable[[World], str]
NOW = int(time.time())

BAD_TOKENS: dict[str, tuple[Forge, str]] = {
    "no token at all": (lambda w: "no-token-at-all", "DecodeError"),
    "two segments": (lambda w: "YQ.YQ", "DecodeError"),
    "four segments": (lambda w: w.token() + ".YQ", "DecodeError"),
    "padding": (lambda w: w.token() + "==", "DecodeError"),
    "header is no object": (lambda w: f"{forgery.encode(b'[]')}.{forgery.encode(b'{}')}.YQ", "DecodeError"),
    "over 8 KiB": (lambda w: forgery.rs256(w.gateway.keys.private, forgery.claims(x="y" * 8000)), "DecodeError"),
    "expired": (lambda w: w.token(ttl=-31), "ExpiredSignatureError"),
    "wrong issuer": (lambda w: w.token(issuer="evil"), "InvalidIssuerError"),
    "issuer in other case": (lambda w: w.token(issuer="MCP-Gateway"), "InvalidIssuerError"),
    "wrong audience": (lambda w: w.token(audience="other"), "InvalidAudienceError"),
    "audience is a prefix": (lambda w: w.token(audience="mcp-gateway-test"), "InvalidAudienceError"),
    "audience of another mount": (lambda w: w.token(audience=f"{PUBLIC_URL}/ops/mcp"), "InvalidAudienceError"),
    "no audience": (lambda w: w.token(audience=""), "MissingRequiredClaimError"),
    "permanent": (lambda w: w.token(ttl=0), "MissingRequiredClaimError"),
    "alg none": (lambda w: forgery.unsigned(forgery.claims()), "InvalidAlgorithmError"),
    "alg None": (lambda w: forgery.unsigned(forgery.claims(), "None"), "InvalidAlgorithmError"),
    "alg null": (lambda w: forgery.unsigned(forgery.claims(), None), "InvalidAlgorithmError"),
    "alg a list": (lambda w: forgery.unsigned(forgery.claims(), ["RS256"]), "InvalidAlgorithmError"),
    "alg none under a good signature": (
        lambda w: forgery.unsigned(forgery.claims(), "none", w.token().split(".")[2]), "InvalidAlgorithmError"),
    "RS256 without signature": (lambda w: forgery.unsigned(forgery.claims(), "RS256"), "InvalidSignatureError"),
    "HS256 with the public key": (
        lambda w: forgery.hs256(w.gateway.keys.public.read_bytes(), forgery.claims()), "InvalidAlgorithmError"),
    "alg RS512": (
        lambda w: forgery.rs256(w.gateway.keys.private, forgery.claims(), alg="RS512", hash_with=hashes.SHA512()), "InvalidAlgorithmError"),
    "SHA-512 under RS256": (
        lambda w: forgery.rs256(w.gateway.keys.private, forgery.claims(), hash_with=hashes.SHA512()), "InvalidSignatureError"),
    "PSS under RS256": (lambda w: forgery.rs256(w.gateway.keys.private, forgery.claims(), pss=True), "InvalidSignatureError"),
    "roles tampered": (lambda w: forgery.tampered(w.token("readonly"), roles=["admin"]), "InvalidSignatureError"),
    "life prolonged": (lambda w: forgery.tampered(w.token(ttl=-3600), exp=NOW + 3600), "InvalidSignatureError"),
    "signature of another token": (
        lambda w: ".".join([*w.token().split(".")[:2], w.token(sub="bob").split(".")[2]]), "InvalidSignatureError"),
    "another key": (lambda w: forgery.rs256(forgery.stranger(), forgery.claims()), "InvalidSignatureError"),
    "own key in the header": (
        lambda w: forgery.rs256(key := forgery.stranger(), forgery.claims(), jwk=forgery.jwk(key)), "InvalidSignatureError"),
    "key address in the header": (
        lambda w: forgery.rs256(forgery.stranger(), forgery.claims(), jku=f"{w.outsider.url}/jwks", x5u=f"{w.outsider.url}/x"),
        "InvalidSignatureError"),
    "kid is a path": (lambda w: forgery.rs256(forgery.stranger(), forgery.claims(), kid="../../dev/null"), "InvalidSignatureError"),
    "crit": (lambda w: forgery.rs256(w.gateway.keys.private, forgery.claims(), crit=["exp"]), "InvalidTokenError"),
    "exp is true": (lambda w: forgery.rs256(w.gateway.keys.private, forgery.claims(exp=True)), "DecodeError"),
    "exp is a text": (lambda w: forgery.rs256(w.gateway.keys.private, forgery.claims(exp=str(NOW + 600))), "DecodeError"),
    "not yet valid": (lambda w: forgery.rs256(w.gateway.keys.private, forgery.claims(nbf=NOW + 3600)), "ImmatureSignatureError"),
    "from the future": (lambda w: forgery.rs256(w.gateway.keys.private, forgery.claims(iat=NOW + 3600)), "ImmatureSignatureError"),
    "sub is a number": (lambda w: forgery.rs256(w.gateway.keys.private, forgery.claims(sub=7)), "InvalidSubjectError"),
    "roles is a number": (lambda w: forgery.rs256(w.gateway.keys.private, forgery.claims(roles=1)), "InvalidTokenError"),
}


@pytest.mark.parametrize("name", BAD_TOKENS)
def test_bad_token_is_refused(name: str, world: World) -> None:
    forge, reason = BAD_TOKENS[name]
    token = forge(world)
    for method, path in (("POST", "/ecs/mcp"), ("GET", "/ecs/sse")):
        answer = world.send(method, path, token=token)
        assert (answer.status, answer.error) == (401, f"jwt-invalid:{reason}")
        assert answer.header("WWW-Authenticate").startswith('Bearer error="invalid_token", resource_metadata="https://mcp.example.com/')
    log = world.gateway.settled_log()
    assert token not in log


@pytest.mark.parametrize("sub", [None, "", " \t"])
def test_token_without_a_subject_is_refused(sub: str | None, world: World) -> None:
    answer = world.send("POST", "/ecs/mcp", token=forgery.rs256(world.gateway.keys.private, forgery.claims(sub=sub)))
    assert (answer.status, answer.error) == (401, "jwt-missing-sub: 'sub' claim is required")


def test_of_duplicate_claims_the_last_one_counts(world: World) -> None:
    good = json.dumps(forgery.claims(roles=["readonly"]))
    payload = good[:-1] + ', "iss": "evil"}'
    text = f"{forgery.encode({'alg': 'RS256'})}.{forgery.encode(payload.encode())}"
    signed = forgery.rs256(world.gateway.keys.private, {}).split(".")
    assert world.send("POST", "/ecs/mcp", token=f"{text}.{signed[2]}").status == 401


@pytest.mark.parametrize("header", [
    "X-Nothing: 1", "Authorization: Basic YTpi", "Authorization: Bearer", "Authorization: Bearer  ", "Authorization:",
    "Authorization: bearerer abc", "Proxy-Authorization: Bearer {token}", "Cookie: access_token={token}; Authorization=Bearer {token}",
    "X-Authorization: Bearer {token}", "Authentication: Bearer {token}", "Sec-WebSocket-Protocol: bearer, {token}",
])
def test_missing_token(header: str, world: World) -> None:
    answer = world.send("POST", "/ecs/mcp", header.format(token=world.token()))
    assert (answer.status, answer.error) == (401, "missing-bearer-token")
    assert answer.header("WWW-Authenticate") == (
        f'Bearer resource_metadata="{PUBLIC_URL}/.well-known/oauth-protected-resource/ecs/mcp", scope="readonly"'
    )


def test_misspelled_authorization_header_is_no_token(world: World) -> None:
    assert world.send("POST", "/ecs/mcp", f"Authorization_: Bearer {world.token()}").status == 401


@pytest.mark.parametrize("name", ["access_token", "token", "authorization", "bearer_token", "jwt"])
def test_token_in_the_query_is_ignored_and_not_logged(name: str, world: World) -> None:
    token = world.token()
    answer = world.send("POST", f"/ecs/mcp?{name}={token}", body=json.dumps(INITIALIZE).encode())
    assert (answer.status, answer.error) == (401, "missing-bearer-token")
    log = world.gateway.settled_log()
    assert token not in log and f"?{name}" not in log


def test_token_in_the_body_is_ignored(world: World) -> None:
    body = f"access_token={world.token()}".encode()
    answer = world.send("POST", "/ecs/mcp", "Content-Type: application/x-www-form-urlencoded", body=body)
    assert answer.error == "missing-bearer-token"


@pytest.mark.parametrize("second", ["Bearer {token}", "Basic YTpi", ""])
def test_two_authorization_headers_are_refused(second: str, world: World) -> None:
    good = world.token()
    answer = world.send("POST", "/ecs/mcp", "Authorization: " + second.format(token=good), token=good)
    assert (answer.status, answer.error) == (400, "malformed-authorization")


def test_good_token_is_good(world: World) -> None:
    assert world.caller().open().call("ecs_list_servers", limit=1)["ok"]


# ---- Roles (§8)


@pytest.mark.parametrize(("roles", "status"), [
    ("readonly", 403), ("operator", 403), ("Admin", 403), ("administrator", 403), ("readonly,operator", 403),
    ("admin", 200), ("readonly,admin", 200),
])
def test_role_of_a_path(roles: str, status: int, world: World) -> None:
    answer = world.caller(roles, mount="/ops").post(INITIALIZE)
    assert answer.status == status
    if status == 403:
        assert answer.error == "path-rbac:required=[admin]"
        assert answer.header("WWW-Authenticate") == (
            'Bearer error="insufficient_scope", scope="admin", '
            f'resource_metadata="{PUBLIC_URL}/.well-known/oauth-protected-resource/ops/mcp"'
        )
        assert not set(roles.split(",")) - {"admin"} & set(re.findall(r"[A-Za-z]+", answer.body.decode())) - {"required"}


def test_unknown_roles_open_no_path(world: World) -> None:
    assert world.caller("root,superuser").post(INITIALIZE).status == 403


def test_longest_mount_wins(world: World) -> None:
    reader, operator = world.token("readonly"), world.token("operator")
    assert world.send("POST", "/ecs/ops/mcp", token=reader, body=b"{}").status == 403
    assert world.send("POST", "/ecs/ops/mcp", token=operator, body=b"{}").status == 200


@pytest.mark.parametrize("path", ["/%6fps/mcp", "/ops/%6dcp", "/%6F%70%73/mcp", "/ops/mcp/"])
def test_other_spellings_of_a_path_need_the_same_role(path: str, world: World) -> None:
    assert world.send("POST", path, token=world.token("readonly"), body=b"{}").status == 403


def test_tools_by_role(world: World) -> None:
    reader = world.caller("readonly").open()
    tools = reader.tools()
    assert {"ecs_list_servers", "ecs_get_server"} <= tools
    assert not {tool for tool in tools if re.search("delete|resize|power|confirm", tool)}
    answer = reader.call("ecs_delete_server", server_ids=["00000000-0000-0000-0000-000000000000"])
    assert answer["error"]["code"] == "FORBIDDEN"
    assert answer["error"]["message"].startswith("role-required:admin;caller-has:[readonly]")


def test_role_is_that_of_the_message_not_of_the_session(world: World) -> None:
    caller = world.caller("admin").open()
    assert "ecs_delete_server" in caller.tools()
    caller.token = world.token("readonly")
    assert "ecs_delete_server" not in caller.tools()


@pytest.mark.parametrize("path", ["/", "/nothing/mcp", "/ECS/mcp", "/ecsx/mcp", "/ecs/", "/ecs/healthz", "/ecs/mcp/x", "/ecs/..;/mcp", "/ecs/.well-known/x"])
def test_what_is_not_mounted_is_not_found_but_only_after_authentication(path: str, world: World) -> None:
    assert world.send("POST", path).status == 401
    assert world.send("POST", path, token=world.token()).error == "not-found"


@pytest.mark.parametrize(("method", "path", "allow"), [
    ("PUT", "/ecs/mcp", "GET, POST, DELETE"), ("HEAD", "/ecs/mcp", "GET, POST, DELETE"), ("POST", "/ecs/sse", "GET"),
    ("GET", "/ecs/messages", "POST"), ("TRACE", "/ecs/mcp", "GET, POST, DELETE"), ("post", "/ecs/mcp", "GET, POST, DELETE"),
])
def test_other_methods(method: str, path: str, allow: str, world: World) -> None:
    with Wire(world.port) as wire:
        wire.send(request(method, path, f"Authorization: Bearer {world.token()}"))
        answer = wire.answer(has_body=method != "HEAD")
    assert (answer.status, answer.header("Allow")) == (405, allow)


# ---- Sessions (§9.3)


def assert_no_session(answer: Answer) -> None:
    assert (answer.status, answer.error) == (404, "session-not-found")


LIST = {"jsonrpc": "2.0", "id": 9, "method": "tools/list", "params": {}}


def test_session_of_someone_else(world: World) -> None:
    session = world.caller(sub="alice").open().session
    assert_no_session(world.caller(sub="bob").post(LIST, session=session))
    assert_no_session(world.caller(sub="Alice").post(LIST, session=session))


def test_session_of_another_tenant(world: World) -> None:
    session = world.caller(tenant="one").open().session
    assert_no_session(world.caller(tenant="two").post(LIST, session=session))
    assert_no_session(world.caller().post(LIST, session=session))


def test_session_on_another_mount(world: World) -> None:
    session = world.caller().open().session
    assert_no_session(world.caller(mount="/ops").post(LIST, session=session))
    assert_no_session(world.caller(mount="/rec").post(LIST, session=session))


def test_altered_and_invented_sessions(world: World) -> None:
    caller = world.caller().open()
    session = caller.session
    last = "A" if session[-2] != "A" else "B"
    for wrong in (session[:-2] + last + session[-1], session + "A", session[:-1], "x", "0" * 64, session + "=", session.swapcase()):
        assert_no_session(caller.post(LIST, session=wrong))
    assert caller.post(LIST).status == 200


@pytest.mark.parametrize("lines", [[], ["Mcp-Session-Id:"], ["Mcp-Session-Id: {id}", "Mcp-Session-Id: {id}"], ["Mcp-Session-Id: {id}", "mcp_session_id: {id}"]])
def test_session_id_must_be_there_once_on_a_stream(lines: list[str], world: World) -> None:
    caller = world.caller().open()
    headers = [line.format(id=caller.session) for line in lines]
    answer = world.send("GET", "/ecs/mcp", "Accept: text/event-stream", *headers, token=caller.token)
    assert answer.status == 400
    answer = world.send("DELETE", "/ecs/mcp", *headers, token=caller.token)
    assert answer.status == 400
    assert caller.post(LIST).status == 200, "it lives on"


def test_session_ids_are_opaque(world: World) -> None:
    with world.recorder.answering(OK.replace(b"\r\n", b"\r\nMcp-Session-Id: the-servers-own-id\r\n", 1)):
        answer = world.send("POST", "/rec/mcp", body=b"{}", token=world.token())
    wrapped = answer.header("Mcp-Session-Id")
    assert wrapped and "the-servers-own-id" not in wrapped and "the-servers" not in str(answer.headers)
    recorded = world.forwarded(f"Mcp-Session-Id: {wrapped}", token=world.token())
    assert recorded.all("mcp-session-id") == ["the-servers-own-id"]
    assert_no_session(world.send("POST", "/rec/mcp", "Mcp-Session-Id: the-servers-own-id", body=b"{}", token=world.token()))
    log = world.gateway.settled_log()
    assert wrapped not in log and "the-servers-own-id" not in log


def sse_endpoint(world: World, caller: Caller) -> tuple[Wire, str]:
    """An open HTTP+SSE stream and where its messages go."""
    wire = Wire(world.port)
    wire.send(request("GET", f"{caller.mount}/sse", f"Authorization: Bearer {caller.token}"))
    wire.wait_for(b"data: ")
    wire.wait_for(b"\n\n")
    return wire, wire.received.split(b"data: ")[1].split(b"\n")[0].strip().decode()


def test_message_path_of_another_stream(world: World) -> None:
    alice = world.caller(sub="alice")
    wire, endpoint = sse_endpoint(world, alice)
    body = json.dumps(INITIALIZE).encode()
    with wire:
        assert endpoint.startswith("/ecs/messages?session_id=")
        query = endpoint.split("?")[1]
        assert_no_session(world.send("POST", endpoint, body=body, token=world.token(sub="bob")))
        assert_no_session(world.send("POST", f"/ops/messages?{query}", body=body, token=alice.token))
        assert_no_session(world.send("POST", f"/rec/messages?{query}", body=body, token=alice.token))
        for bad in ("", "?", "?session_id=", f"?{query}&{query}", f"?{query}&session%5Fid=x", f"?session%5fid={query[11:]}"):
            answer = world.send("POST", f"/ecs/messages{bad}", body=body, token=alice.token)
            assert (answer.status, answer.error) == (400, "bad-session-id"), bad
        assert world.send("POST", endpoint, "Content-Type: application/json", body=body, token=alice.token).status == 202
        log = world.gateway.settled_log()
        assert query[11:] not in log


# ---- Identity (§9.1, §9.2)


def assertion(world: World, recorded: Recorded) -> dict:
    """The claims of the one assertion that arrived; its signature is by the gateway."""
    values = recorded.all("mcp-gateway-identity")
    assert len(values) == 1, values
    head, payload, signature = values[0].split(".")
    status, _, keys = get(f"{world.gateway.admin}/identity-keys")
    assert status == 200
    key = json.loads(keys)["keys"][0]["x"]
    raw = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    signed = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    Ed25519PublicKey.from_public_bytes(raw).verify(signed, f"{head}.{payload}".encode())
    return forgery.decode(payload)


def forged_assertion() -> str:
    now = int(time.time())
    return forgery.rs256(forgery.stranger(), {"iss": "mcp-gateway", "aud": "rec", "sub": "root", "roles": ["admin"], "tenant": "", "iat": now, "exp": now + 60})


SMUGGLED = [
    ["MCP-Gateway-Identity: {forged}"],
    ["mcp-gateway-identity: {forged}"],
    ["MCP_Gateway_Identity: {forged}"],
    ["mcp_gateway_identity: {forged}"],
    ["Mcp-Gateway_Identity: {forged}"],
    ["MCP-Gateway-Identity: {forged}", "MCP-Gateway-Identity: {forged}"],
    ["MCP-Gateway-Identity-2: {forged}"],
    ["MCP-Gateway-Roles: admin", "MCP-Gateway-Subject: root"],
    ["Connection: MCP-Gateway-Identity"],
    ["Connection: close, mcp-gateway-identity"],
    ["Connection: keep-alive", "Connection: mcp_gateway_identity", "MCP-Gateway-Identity: {forged}"],
    ["Connection: mcp-gateway-identity", "X-Forwarded-User: root", "Forwarded: for=1.2.3.4"],
]


@pytest.mark.parametrize("lines", SMUGGLED, ids=range(len(SMUGGLED)))
def test_identity_cannot_be_smuggled_in(lines: list[str], world: World) -> None:
    forged = forged_assertion()
    recorded = world.forwarded(*[line.format(forged=forged) for line in lines])
    claims = assertion(world, recorded)
    assert (claims["sub"], claims["roles"], claims["aud"], claims["iss"]) == ("alice", ["readonly"], "rec", "mcp-gateway")
    assert forged not in recorded.head.decode("latin-1")
    assert [name for name, _ in recorded.headers if name.lower().replace("_", "-").startswith("mcp-gateway-")] == ["MCP-Gateway-Identity"]


def test_identity_cannot_be_smuggled_in_as_a_trailer(world: World) -> None:
    world.recorder.requests.clear()
    head = request("POST", "/rec/mcp", f"Authorization: Bearer {world.token('readonly')}", "Transfer-Encoding: chunked", "Trailer: MCP-Gateway-Identity")
    answer = exchange(world.port, head + b"2\r\n{}\r\n0\r\nMCP-Gateway-Identity: x\r\n\r\n")
    assert answer.status == 200
    recorded, = world.recorder.requests
    assert recorded.body == b"{}" and not recorded.all("trailer")
    assert assertion(world, recorded)["sub"] == "alice"


@pytest.mark.parametrize("spelling", ["MCP-Gateway-Identity", "mcp_gateway_identity"])
def test_smuggled_identity_gives_no_powers_at_the_real_server(spelling: str, world: World) -> None:
    captured = world.forwarded(token=world.token("admin")).all("mcp-gateway-identity")[0]
    caller = world.caller("readonly").open()
    tools = caller.tools(f"{spelling}: {captured}", f"Connection: {spelling}")
    assert "ecs_delete_server" not in tools and "ecs_list_servers" in tools


def test_assertion_lives_a_minute_at_most_and_tells_the_tokens_end(world: World) -> None:
    claims = assertion(world, world.forwarded())
    assert 0 < claims["exp"] - claims["iat"] <= 60
    assert claims["token_exp"] > claims["exp"]


REMOVED = [
    "Cookie: a=b", "Proxy-Authorization: Basic YTpi", "Proxy-Connection: keep-alive", "Keep-Alive: timeout=5", "TE: trailers", "Upgrade: websocket",
    "Forwarded: for=1.2.3.4", "X-Forwarded-For: 1.2.3.4", "X_Forwarded_For: 1.2.3.4", "X-Forwarded-Host: evil", "X-Forwarded-Anything: x", "X-Real-IP: 1.2.3.4",
    "authorization_: x", "X-Secret: 1",
]


def test_what_is_not_the_servers_business_is_removed(world: World) -> None:
    token = world.token("readonly")
    recorded = world.forwarded(*REMOVED[:-2], "Connection: X-Secret, upgrade", "X-Secret: 1", "X-Kept: 2", token=token)
    names = {name.lower() for name, _ in recorded.headers}
    assert not names & {line.split(":")[0].lower() for line in REMOVED} - {"authorization_"}
    assert "authorization" not in names and token not in recorded.head.decode("latin-1")
    assert recorded.all("x-kept") == ["2"]


@pytest.mark.parametrize("named", ["Content-Length", "Host", "Content-Type", "X-Request-Id", "Transfer-Encoding", "Mcp-Session-Id", "Authorization"])
def test_naming_a_header_in_connection_does_not_break_the_request(named: str, world: World) -> None:
    recorded = world.forwarded(f"Connection: {named}", "Content-Type: application/json", body=b'{"x":1}')
    assert recorded.body == b'{"x":1}'
    assert recorded.all("host") == [f"127.0.0.1:{world.recorder.port}"]
    assert len(recorded.all("x-request-id")) == 1 and assertion(world, recorded)["sub"] == "alice"


# ---- The upstream (a client header cannot pick it; arguments cannot change the request)


@pytest.mark.parametrize("lines", [
    ["X-Forwarded-Host: {outsider}"], ["Forwarded: host={outsider}"], ["X-Original-URL: http://{outsider}/mcp", "X-Rewrite-URL: /ops/mcp"],
    ["X-Upstream: http://{outsider}", "X-Backend: {outsider}", "X-Target-URL: http://{outsider}"], ["X-HTTP-Method-Override: DELETE"],
    ["Destination: http://{outsider}/"], ["Mcp-Upstream: http://{outsider}", "Mcp-Name: http://{outsider}"],
])
def test_client_header_cannot_pick_the_upstream(lines: list[str], world: World) -> None:
    recorded = world.forwarded(*[line.format(outsider=f"127.0.0.1:{world.outsider.port}") for line in lines])
    assert recorded.request_line == "POST /mcp HTTP/1.1"
    assert recorded.all("host") == [f"127.0.0.1:{world.recorder.port}"]
    assert world.outsider.connections == 0


@pytest.mark.parametrize("target", ["http://{outsider}/rec/mcp", "//{outsider}/rec/mcp", "{outsider}", "/rec/mcp@{outsider}/"])
def test_target_cannot_pick_the_upstream(target: str, world: World) -> None:
    outsider = f"127.0.0.1:{world.outsider.port}"
    answer = world.send("POST", target.format(outsider=outsider), body=b"{}", token=world.token())
    assert answer.status in (400, 404)
    assert world.outsider.connections == 0


def test_connect_is_refused(world: World) -> None:
    answer = world.send("CONNECT", f"127.0.0.1:{world.outsider.port}", token=world.token())
    assert answer.status == 400 and world.outsider.connections == 0


def test_upgrade_is_ignored(world: World) -> None:
    recorded = world.forwarded("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: x")
    assert not recorded.all("upgrade") and "upgrade" not in [value.lower() for value in recorded.all("connection")]


def test_arguments_stay_in_the_body(world: World) -> None:
    evil = 'x\r\nMCP-Gateway-Identity: evil\r\n\r\nPOST /admin HTTP/1.1\r\nHost: evil\r\n\r\n'
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": evil, "arguments": {evil: evil}}}).encode()
    raw = body + b'\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\nHost: evil\r\n\r\n'
    for sent in (body, raw):
        recorded = world.forwarded(body=sent)
        assert recorded.body == sent and recorded.request_line == "POST /mcp HTTP/1.1"
        assert b"evil" not in recorded.head


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\rX-Evil: 1", "a\x00b", "a\x0bb"])
@pytest.mark.parametrize("name", ["Mcp-Name", "Mcp-Param-Server", "X-Request-Id", "traceparent", "Last-Event-ID"])
def test_headers_about_arguments_cannot_inject_headers(name: str, value: str, world: World) -> None:
    world.recorder.requests.clear()
    answer = world.send("POST", "/rec/mcp", f"{name}: {value}", body=b"{}", token=world.token())
    if "\r\n" in value:  # two ordinary headers, as anyone may send them
        assert answer.status == 200
    else:
        assert answer.status == 400 and not world.recorder.requests


@pytest.mark.parametrize("argument", [
    "../../../v1/secret", "..%2f..%2fv1", "x/../../v3/projects", "x?limit=1000", "x#y", "x&y=1", "x\r\nX-Evil: 1", "x\r\n\r\nGET /evil HTTP/1.1",
    "x y", "\u0000", "\u2025/", "http://evil.example/", "00000000-0000-0000-0000-000000000000/action", ".", "..", "...",
])
def test_tool_arguments_cannot_reach_into_the_request_to_the_cloud(argument: str, world: World, simulator) -> None:
    caller = world.caller().open()
    simulator.reset()
    assert caller.call("ecs_get_server", server_id=argument)["error"]["code"] == "INVALID_PARAMS"
    job = caller.call("ecs_get_job_status", job_id=argument)
    targets = [entry["target"] for entry in json.loads(get(f"{simulator.url}/_simulator/requests")[2])["requests"]]
    if argument in (".", ".."):
        assert job["error"]["code"] == "INVALID_PARAMS" and not targets
    else:
        # One request, and the argument is one segment of its path, whatever it contains.
        target, = targets
        assert re.fullmatch(r"/v1/[0-9a-f]{32}/jobs/[^/?#]+", target) and unquote(target.rsplit("/", 1)[1]) == argument


def test_server_refuses_callers_who_go_round_the_gateway(world: World) -> None:
    pid = next(pid for pid in world.gateway.children() if b"MCP_GATEWAY_IDENTITY_AUDIENCE=ecs\0" in Path(f"/proc/{pid}/environ").read_bytes())
    port = int(re.search(rb"MCP_PORT=(\d+)", Path(f"/proc/{pid}/environ").read_bytes()).group(1))
    body = json.dumps(INITIALIZE).encode()
    headers = ("Content-Type: application/json", "Accept: application/json, text/event-stream")

    def direct(*lines: str) -> Answer:
        return exchange(port, request("POST", "/mcp", *headers, *lines, body=body))

    for_rec = world.forwarded(token=world.token("admin")).all("mcp-gateway-identity")[0]
    assert direct().error == "missing-identity"
    assert direct(f"Authorization: Bearer {world.token()}").error == "missing-identity"
    assert direct(f"MCP-Gateway-Identity: {for_rec}").error == "invalid-identity:audience"
    assert direct(f"MCP-Gateway-Identity: {forged_assertion()}").error == "invalid-identity:algorithm"
    assert direct("MCP-Gateway-Identity: x").error.startswith("invalid-identity:")
    assert direct(f"MCP-Gateway-Identity: {for_rec}", f"MCP-Gateway-Identity: {for_rec}").status == 401
