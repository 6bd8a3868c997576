"""Where the gateway's verification keys come from: PEM by every kind of key spec, and an issuer's JWK set that changes, fails and comes back."""

from __future__ import annotations

import http.server
import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from support import forgery
from support.audit import eventually
from support.caller import INITIALIZE, Caller
from support.gateways import Gateway, service, start_jwt_gateway
from support.keys import keygen
from support.processes import BIN, Process, get
from support.wire import Answer


class Issuer:
    """Publishes a JWK set on loopback; can be told to fail, and to go away."""

    def __init__(self, port: int = 0) -> None:
        self.document: Any = {"keys": []}
        self.status = 200
        self.fetches = 0
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.fetches += 1
                body = issuer.document if isinstance(issuer.document, bytes) else json.dumps(issuer.document).encode()
                self.send_response(issuer.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/keys"

    def publish(self, **keys: Any) -> None:
        self.document = {"keys": [{**forgery.jwk(key), "kid": kid, "use": "sig", "alg": "RS256"} for kid, key in keys.items()]}

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def rsa() -> list[Any]:
    return [forgery.stranger() for _ in range(3)]


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    issuer = Issuer()
    yield issuer
    issuer.close()


@pytest.fixture
def start(simulator, stopping, tmp_path: Path) -> Callable[..., Gateway]:
    def begin(url: str, **options: Any) -> Gateway:
        gateway = start_jwt_gateway(tmp_path, simulator.env, jwt={"public_key": None, "jwks_url": url}, **options)
        stopping(gateway.process)
        return gateway

    return begin


def ask(gateway: Gateway, key: Any, kid: str | None) -> Answer:
    token = forgery.rs256(key, forgery.claims(), **({"kid": kid} if kid else {}))
    return Caller(gateway.port, token).post(INITIALIZE)


def test_kid_picks_one_of_several_keys(start, issuer: Issuer, rsa: list[Any]) -> None:
    issuer.publish(one=rsa[0], two=rsa[1])
    gateway = start(issuer.url)
    assert ask(gateway, rsa[0], "one").status == ask(gateway, rsa[1], "two").status == 200
    assert ask(gateway, rsa[0], "two").error == "jwt-invalid:InvalidSignatureError"
    assert ask(gateway, rsa[0], None).error == "jwt-invalid:InvalidKeyError", "which of two?"
    assert ask(gateway, rsa[2], "three").error == "jwt-invalid:InvalidKeyError"
    assert issuer.fetches == 2, "at the start, and for the unknown key"


def test_a_new_key_is_fetched_at_once_and_unknown_ones_do_not_flood_the_issuer(start, issuer: Issuer, rsa: list[Any]) -> None:
    issuer.publish(old=rsa[0])
    gateway = start(issuer.url)
    assert issuer.fetches == 1 and ask(gateway, rsa[0], "old").status == 200
    issuer.publish(old=rsa[0], new=rsa[1])
    assert ask(gateway, rsa[1], "new").status == 200, "the first token with the new key waits for the fetch"
    assert issuer.fetches == 2
    for number in range(30):
        assert ask(gateway, rsa[2], f"invented-{number}").error == "jwt-invalid:InvalidKeyError"
        assert ask(gateway, rsa[2], "invented").error == "jwt-invalid:InvalidKeyError"
    assert issuer.fetches <= 3, "once in 30 s, whatever names are invented"
    assert ask(gateway, rsa[0], "old").status == ask(gateway, rsa[1], "new").status == 200


@pytest.mark.parametrize("failure", ["gone", "error", "nonsense", "empty", "no usable key", "endless"])
def test_while_the_issuer_fails_the_last_good_keys_stay(failure: str, start, issuer: Issuer, rsa: list[Any]) -> None:
    issuer.publish(good=rsa[0])
    gateway = start(issuer.url)
    assert ask(gateway, rsa[0], "good").status == 200
    if failure == "gone":
        issuer.close()
    elif failure == "error":
        issuer.status = 500
    else:
        document = {"nonsense": b"<html>", "empty": {"keys": []}, "no usable key": {"keys": [{"kty": "EC"}]}, "endless": b" " * (2 << 20)}
        issuer.document = document[failure]
    assert ask(gateway, rsa[1], "new").error == "jwt-invalid:InvalidKeyError"
    gateway.process.wait_for(" jwks-failed ")
    assert ask(gateway, rsa[0], "good").status == 200
    assert get(f"{gateway.base}/readyz")[0] == 200


def test_the_gateway_starts_without_its_issuer_and_recovers(start, rsa: list[Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    gateway = start(f"http://127.0.0.1:{port}/keys", ready=False)
    gateway.process.wait_for(" jwks-failed ")
    refused = ask(gateway, rsa[0], "good")
    assert (refused.status, refused.error) == (503, "jwks-unavailable") and int(refused.header("Retry-After")) >= 1
    assert get(f"{gateway.base}/readyz")[0] == 503 and get(f"{gateway.base}/healthz")[0] == 200
    issuer = Issuer(port)
    try:
        issuer.publish(good=rsa[0])
        eventually(lambda: ask(gateway, rsa[0], "good").status == 200, "the keys were not fetched", 75)
        assert get(f"{gateway.base}/readyz")[0] == 200
    finally:
        issuer.close()


def test_sighup_fetches_the_keys_at_once(start, rsa: list[Any]) -> None:
    """Long before the next regular fetch, and with the manifest as it was; while the issuer fails again, the keys stay."""
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    gateway = start(f"http://127.0.0.1:{port}/keys", ready=False)
    gateway.process.wait_for(" jwks-failed ")
    issuer = Issuer(port)
    try:
        issuer.publish(first=rsa[0])
        gateway.reload()
        eventually(lambda: get(f"{gateway.base}/readyz")[0] == 200, "the keys were not fetched")
        assert ask(gateway, rsa[0], "first").status == 200
        issuer.publish(second=rsa[1])
        before = issuer.fetches
        gateway.reload()
        eventually(lambda: ask(gateway, rsa[0], "first").error == "jwt-invalid:InvalidKeyError", "the old key still counts")
        assert ask(gateway, rsa[1], "second").status == 200
        assert before < issuer.fetches <= before + 2, "by the reload, and perhaps for the unknown key"
        issuer.status = 500
        failures = gateway.settled_log().count(" jwks-failed ")
        gateway.reload()
        eventually(lambda: gateway.log.count(" jwks-failed ") > failures, "the keys were not asked for")
        assert ask(gateway, rsa[1], "second").status == 200 and get(f"{gateway.base}/readyz")[0] == 200
    finally:
        issuer.close()


def test_sighup_reads_the_key_file_again(simulator, stopping, tmp_path: Path) -> None:
    keys = keygen(tmp_path)
    other = keygen(tmp_path, "other")
    gateway = start_jwt_gateway(tmp_path, simulator.env, keys=keys)
    stopping(gateway.process)
    old, new = Caller(gateway.port, keys.token()), Caller(gateway.port, other.token())
    assert (old.post(INITIALIZE).status, new.post(INITIALIZE).status) == (200, 401)
    keys.public.write_text(other.public.read_text())
    assert "jwt keys changed" in gateway.reload()
    assert (old.post(INITIALIZE).status, new.post(INITIALIZE).status) == (401, 200)
    keys.public.write_text("nonsense")
    assert "jwt.public_key" in gateway.reload("reload-failed")
    assert new.post(INITIALIZE).status == 200


def test_a_set_in_a_file(start, rsa: list[Any], tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text(json.dumps({"keys": [{**forgery.jwk(rsa[0]), "kid": "a"}]}))
    gateway = start("file:keys.json")
    assert ask(gateway, rsa[0], "a").status == 200
    assert ask(gateway, rsa[0], None).status == 200, "the only key of a set of one"
    assert ask(gateway, rsa[0], "b").error == "jwt-invalid:InvalidKeyError"


# ---- PEM


@pytest.mark.parametrize("spec", ["file", "absolute file", "environment", "chain", "inline", "inline in one line", "two keys"])
def test_every_kind_of_key_spec(spec: str, simulator, stopping, tmp_path: Path) -> None:
    keys = keygen(tmp_path)
    pem = keys.public.read_text()
    env = {**simulator.env, "PEM_TEXT": pem, "PEM_FILE": f"file:{keys.public}", "PEM_CHAIN": "env:PEM_FILE"}
    other = keygen(tmp_path, "other").public.read_text()
    specs = {
        "file": f"file:{keys.public.name}", "absolute file": f"file://{keys.public}", "environment": "env:PEM_TEXT", "chain": "env:PEM_CHAIN",
        "inline": pem, "inline in one line": pem.replace("\n", "\\n"), "two keys": other + pem,
    }
    gateway = start_jwt_gateway(tmp_path, env, keys=keys, jwt={"public_key": specs[spec]})
    stopping(gateway.process)
    assert Caller(gateway.port, keys.token()).post(INITIALIZE).status == 200
    assert ask(gateway, forgery.stranger(), None).error == "jwt-invalid:InvalidSignatureError"


@pytest.mark.parametrize(("spec", "words"), [
    ("env:A", "max depth"), ("env:NOT_SET", "NOT_SET"), ("file:missing.pem", "missing.pem"), ("env:EMPTY", "EMPTY"), ("nonsense", "jwt.public_key"),
    ("file:jwt-private.pem", "jwt.public_key"),
])
def test_a_bad_key_spec_refuses_to_start_without_its_text(spec: str, words: str, tmp_path: Path) -> None:
    keys = keygen(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"jwt": {"public_key": spec}, "services": [service()]}))
    env = {"A": "env:B", "B": "env:C", "C": "env:D", "D": f"file:{keys.public}", "EMPTY": ""}
    process = Process([str(BIN / "mcp-gateway"), "serve", "--port", "0", "--admin-port", "off"], env=env, cwd=tmp_path)
    assert process.process.wait(30) == 2
    assert words in process.stderr and process.stderr.count("\n") == 1, process.stderr
    for secret in keys.private.read_text().split():
        assert len(secret) < 20 or secret not in process.stderr
