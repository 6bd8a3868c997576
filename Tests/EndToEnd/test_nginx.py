"""TLS, SSE and Streamable HTTP through nginx → gateway → server, with the configuration that deploy/nginx ships."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from support.client import SDK, Target, connect, run
from support.gateways import Gateway, service, start_jwt_gateway
from support.proxy import EXAMPLE, PUBLIC_NAME, Nginx, free_port, start_nginx
from support.streams import EventStream
from support.world import start_gateway

MODES = ["legacy"] if SDK == 1 else ["legacy", "auto"]
KEEP_ALIVE = 1


@dataclass
class World:
    gateway: Gateway
    nginx: Nginx
    token: str

    def request(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """One request over TLS, under the public name; header names with `_` for `-`."""
        connection = http.client.HTTPSConnection(PUBLIC_NAME, self.nginx.https_port, context=self.nginx.tls(), timeout=15)
        connection.sock = self.nginx.connect()
        try:
            connection.request(method, path, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def stream(self, path: str) -> EventStream:
        connection = http.client.HTTPSConnection(PUBLIC_NAME, self.nginx.https_port, context=self.nginx.tls(), timeout=15)
        connection.sock = self.nginx.connect()
        return EventStream(connection, path, {"Authorization": f"Bearer {self.token}"})

    def target(self, kind: str) -> Target:
        path = "sse" if kind == "sse" else "mcp"
        return Target(kind, url=f"{self.nginx.public_url}/ecs/{path}", headers={"Authorization": f"Bearer {self.token}"})


@pytest.fixture(scope="module")
def world(simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("nginx")
    https_port = free_port()
    env = {**simulator.env, "MCP_GATEWAY_SSE_KEEPALIVE": str(KEEP_ALIVE)}
    gateway = start_jwt_gateway(folder, env, public_url=f"https://{PUBLIC_NAME}:{https_port}", trusted_proxies=["127.0.0.1", "::1"])
    nginx: Nginx | None = None
    try:
        nginx = start_nginx(folder, gateway.port, http_port=free_port(), https_port=https_port)
        yield World(gateway, nginx, gateway.keys.token())
    finally:
        stopped = nginx.process.stop() if nginx else 0
        assert gateway.process.stop() == 0, gateway.log
        assert stopped == 0


@pytest.fixture
def public_name(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clients find the public name on this machine and trust its certificate."""
    look_up = socket.getaddrinfo

    def here(host, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        return look_up("127.0.0.1" if name == PUBLIC_NAME else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", here)
    monkeypatch.setenv("SSL_CERT_FILE", str(world.nginx.chain))


# ---- The official clients


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ["sse", "http"])
def test_official_client_lists_tools_and_servers(kind: str, mode: str, world: World, public_name: None) -> None:
    async def story() -> None:
        async with connect(world.target(kind), mode) as session:
            assert {"ecs_list_servers", "ecs_confirm_destructive"} <= set(await session.tools())
            listed = await session.call("ecs_list_servers", limit=5)
            assert listed.data["servers"]

    run(story())


@pytest.mark.parametrize("kind", ["sse", "http"])
def test_session_of_the_official_client_survives_silence(kind: str, world: World, public_name: None) -> None:
    async def story() -> None:
        async with connect(world.target(kind)) as session:
            first = (await session.call("ecs_list_servers", limit=1)).data["count"]
            await asyncio.sleep(3 * KEEP_ALIVE)
            assert (await session.call("ecs_list_servers", limit=1)).data["count"] == first

    run(story())


@pytest.mark.parametrize("kind", ["sse", "http"])
def test_roles_are_decided_behind_the_proxy(kind: str, world: World, public_name: None) -> None:
    async def story() -> None:
        reader = world.target(kind)
        reader.headers["Authorization"] = f"Bearer {world.gateway.keys.token('bob', 'readonly')}"
        async with connect(reader) as session:
            tools = set(await session.tools())
            assert "ecs_list_servers" in tools and "ecs_delete_server" not in tools

    run(story())


# ---- Streams


def test_stream_stays_open_and_arrives_unbuffered(world: World) -> None:
    stream = world.stream("/ecs/sse")
    try:
        assert stream.status == 200
        assert stream.response.headers["Content-Type"].startswith("text/event-stream")
        assert stream.response.headers.get("Content-Encoding") is None
        blocks = list(stream.blocks(3.5 * KEEP_ALIVE))
    finally:
        stream.close()
    assert not stream.ended
    assert blocks[0][0] < 0.5 and blocks[0][1].startswith("event: endpoint\ndata: /ecs/messages?session_id=")
    comments = [when for when, block in blocks if block == ": keepalive"]
    assert len(comments) >= 2, blocks
    assert all(later - earlier > 0.5 * KEEP_ALIVE for earlier, later in zip(comments, comments[1:])), "they came together"


def test_client_that_goes_away_ends_the_stream_at_the_gateway(world: World) -> None:
    before = world.gateway.status()["open_streams"]
    stream = world.stream("/ecs/sse")
    try:
        next(stream.blocks(5))
        assert world.gateway.status()["open_streams"] == before + 1
    finally:
        stream.close()
    deadline = time.monotonic() + 5
    while world.gateway.status()["open_streams"] > before:
        assert time.monotonic() < deadline, "the gateway did not notice that the client is gone"
        time.sleep(0.05)


# ---- HTTP/2 and TLS


def curl(world: World, *words: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("curl")
    assert program, "curl is missing: scripts/setup.sh installs it"
    return subprocess.run(
        [program, "-sS", "--cacert", str(world.nginx.chain), "--noproxy", "*", "--max-time", "10",
         "--resolve", f"{PUBLIC_NAME}:{world.nginx.https_port}:127.0.0.1", "-H", f"Authorization: Bearer {world.token}", *words],
        capture_output=True, text=True, timeout=30,
    )


def test_http_2(world: World) -> None:
    message = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}
    result = curl(
        world, "--http2", "-i", "-H", "Content-Type: application/json", "-H", "Accept: application/json, text/event-stream",
        "-d", json.dumps(message), f"{world.nginx.public_url}/ecs/mcp",
    )
    assert result.stdout.startswith("HTTP/2 200"), result
    assert re.search(r"(?m)^mcp-session-id: \S+", result.stdout) and '"serverInfo"' in result.stdout


def test_stream_over_http_2(world: World) -> None:
    result = curl(world, "--http2", "-N", "-i", "--max-time", str(2.5 * KEEP_ALIVE), f"{world.nginx.public_url}/ecs/sse")
    assert result.returncode == 28, "the time limit ended it, not the server"
    assert result.stdout.startswith("HTTP/2 200") and "event: endpoint" in result.stdout and ": keepalive" in result.stdout


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_1_2_and_1_3(version: ssl.TLSVersion, world: World) -> None:
    context = world.nginx.tls()
    context.minimum_version = context.maximum_version = version
    with world.nginx.connect(context) as connection:
        assert connection.version() == version.name.replace("_", ".")


def test_older_tls_is_refused(world: World) -> None:
    context = world.nginx.tls()
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises((ssl.SSLError, ConnectionError)):
        world.nginx.connect(context)


def test_plain_http_is_only_redirected(world: World) -> None:
    for host in (PUBLIC_NAME, "evil.example"):
        connection = http.client.HTTPConnection("127.0.0.1", world.nginx.http_port, timeout=15)
        connection.request("GET", "/ecs/sse?x=1", headers={"Host": host, "Authorization": f"Bearer {world.token}"})
        response = connection.getresponse()
        assert response.status == 301
        assert response.headers["Location"] == f"https://{PUBLIC_NAME}/ecs/sse?x=1"
        connection.close()


# ---- What the gateway says reaches the client


@pytest.mark.parametrize("path", ["/ecs/mcp", "/ecs/sse"])
def test_wrong_token_is_challenged_with_the_public_url(path: str, world: World) -> None:
    stranger = world.gateway.keys.token(issuer="someone-else")
    method = "POST" if path == "/ecs/mcp" else "GET"
    response, body = world.request(method, path, Authorization=f"Bearer {stranger}")
    assert response.status == 401
    assert json.loads(body) == {"error": "jwt-invalid:InvalidIssuerError", "status": 401}
    metadata = f"{world.nginx.public_url}/.well-known/oauth-protected-resource{path}"
    assert response.headers["WWW-Authenticate"] == f'Bearer error="invalid_token", resource_metadata="{metadata}", scope="readonly"'


def test_missing_token_is_challenged_without_an_error(world: World) -> None:
    response, body = world.request("POST", "/ecs/mcp")
    assert response.status == 401 and json.loads(body)["error"] == "missing-bearer-token"
    metadata = f"{world.nginx.public_url}/.well-known/oauth-protected-resource/ecs/mcp"
    assert response.headers["WWW-Authenticate"] == f'Bearer resource_metadata="{metadata}", scope="readonly"'


def test_metadata_document(world: World) -> None:
    response, body = world.request("GET", "/.well-known/oauth-protected-resource/ecs/mcp")
    assert response.status == 200 and response.headers["Content-Type"].startswith("application/json")
    assert json.loads(body) == {
        "resource": f"{world.nginx.public_url}/ecs/mcp", "scopes_supported": ["readonly"],
        "bearer_methods_supported": ["header"], "resource_name": "ecs",
    }


def test_token_for_the_resource_url_is_accepted(world: World) -> None:
    token = world.gateway.keys.token(audience=f"{world.nginx.public_url}/ecs/mcp")
    response, _ = world.request("GET", "/ecs/mcp", Authorization=f"Bearer {token}", Accept="text/event-stream")
    assert response.status == 400, "admitted, but there is no session"


def test_forwarded_headers_have_no_effect(world: World) -> None:
    spoofed = {
        "X_Forwarded_For": "127.0.0.1, 203.0.113.7", "X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": "http",
        "X_Forwarded_Prefix": "/evil", "X_Real_IP": "203.0.113.7", "Forwarded": "for=203.0.113.7;host=evil.example;proto=http",
    }
    plain, plain_body = world.request("POST", "/ecs/mcp")
    response, body = world.request("POST", "/ecs/mcp", **spoofed)
    assert (response.status, body) == (plain.status, plain_body)
    assert response.headers["WWW-Authenticate"] == plain.headers["WWW-Authenticate"]
    document, text = world.request("GET", "/.well-known/oauth-protected-resource/ecs/mcp", **spoofed)
    assert document.status == 200 and json.loads(text)["resource"] == f"{world.nginx.public_url}/ecs/mcp"
    assert world.request("GET", "/ecs/mcp", Host="evil.example")[0].status == 421
    log = world.gateway.settled_log()
    assert "evil" not in log and "203.0.113.7" not in log


def test_the_log_names_the_client_and_not_nginx(world: World) -> None:
    plain = socket.create_connection(("127.0.0.1", world.nginx.https_port), timeout=15, source_address=("127.0.0.2", 0))
    connection = http.client.HTTPSConnection(PUBLIC_NAME, world.nginx.https_port, context=world.nginx.tls(), timeout=15)
    connection.sock = world.nginx.tls().wrap_socket(plain, server_hostname=PUBLIC_NAME)
    connection.request("POST", "/ecs/mcp", headers={"X-Request-Id": "from-127-0-0-2", "Forwarded": "for=203.0.113.9", "X-Forwarded-For": "203.0.113.9"})
    assert connection.getresponse().status == 401
    connection.close()
    record, = [line for line in world.gateway.settled_log().splitlines() if "request_id=from-127-0-0-2" in line]
    assert " peer=127.0.0.2 " in record + " "


def test_mode_dev_is_refused_behind_the_proxy(simulator, tmp_path, world: World) -> None:
    process, base = start_gateway(tmp_path, simulator.env, {"services": [service()], "hosts": [PUBLIC_NAME]})
    nginx: Nginx | None = None
    try:
        nginx = start_nginx(tmp_path, int(base.rsplit(":", 1)[1]), http_port=free_port(), https_port=free_port())
        response, body = World(world.gateway, nginx, "").request("POST", "/ecs/mcp")
        assert response.status == 403 and json.loads(body)["error"] == "dev-mode-rejects-forwarded"
    finally:
        if nginx:
            nginx.process.stop()
        process.stop()


@pytest.mark.parametrize("path", ["/ecs//mcp", "/ecs/%2e%2e/ecs/mcp", "/ecs/%2Fmcp", "/ecs/./mcp"])
def test_paths_reach_the_gateway_as_they_were_sent(path: str, world: World) -> None:
    response, body = world.request("POST", path, Authorization=f"Bearer {world.token}")
    assert response.status == 400 and json.loads(body)["error"].startswith("bad-path:")


@pytest.mark.parametrize("path", ["/metrics", "/status", "/identity-keys"])
def test_admin_pages_are_not_reachable(path: str, world: World) -> None:
    assert world.request("GET", path)[0].status == 401
    assert world.request("GET", path, Authorization=f"Bearer {world.token}")[0].status == 404


def test_limits_are_answered_by_the_gateway(world: World) -> None:
    response, body = world.request("POST", "/ecs/mcp", body=b"x" * (4 << 20) + b"x", Authorization=f"Bearer {world.token}")
    assert response.status == 413 and json.loads(body)["error"] == "body-too-large"
    response, body = world.request("POST", "/ecs/mcp", Authorization="Bearer " + "x" * 12_000)
    assert response.status == 401 and json.loads(body)["error"] == "jwt-invalid:DecodeError"


def test_server_and_transport_security_headers(world: World) -> None:
    response, _ = world.request("GET", "/healthz")
    assert response.headers["Server"] == "nginx", "without its version"
    assert response.headers["Strict-Transport-Security"].startswith("max-age=")


# ---- Logs


def test_proxy_logs_the_gateways_request_id_and_no_secrets(world: World) -> None:
    response, _ = world.request("POST", "/ecs/messages?session_id=secretsession", Authorization=f"Bearer {world.token}")
    request_id = response.headers["X-Request-Id"]
    deadline = time.monotonic() + 5
    while request_id not in (log := world.nginx.access_log.read_text()):
        assert time.monotonic() < deadline, log
        time.sleep(0.02)
    gateway_log = world.gateway.settled_log()
    assert request_id in gateway_log
    for text in (log, gateway_log):
        assert "secretsession" not in text and world.token not in text


def settings() -> list[str]:
    text = re.sub(r"(?m)#.*$", "", EXAMPLE.read_text())
    return [" ".join(statement.split()) for statement in re.split(r"[;{}]", text) if statement.strip()]


def test_example_has_one_location() -> None:
    assert [line for line in settings() if line.startswith("location")] == ["location /"]
    assert len([line for line in settings() if line.startswith("proxy_pass ")]) == 1


@pytest.mark.parametrize("statement", [
    "ssl_protocols TLSv1.2 TLSv1.3", "proxy_http_version 1.1", 'proxy_set_header Connection ""', "proxy_set_header Host $host",
    "proxy_buffering off", "proxy_request_buffering off", "proxy_cache off", "gzip off", "proxy_read_timeout 1h", "proxy_send_timeout 1h",
    "keepalive 64", "listen 443 ssl http2", "server 127.0.0.1:8080",
])
def test_example_says_what_the_specification_asks_for(statement: str) -> None:
    # Some of these cannot be told apart by behaviour, because gateway, server or TLS library forbid the same.
    assert statement in settings()
