"""Tokens that no honest issuer would make."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from .keys import AUDIENCE


def encode(data: bytes | dict[str, Any]) -> str:
    raw = json.dumps(data).encode() if isinstance(data, dict) else data
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(segment: str) -> dict[str, Any]:
    return json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))


def claims(**changes: Any) -> dict[str, Any]:
    """Good claims with changes; None takes a claim away."""
    now = int(time.time())
    good = {"sub": "mallory", "roles": ["admin"], "iss": "mcp-gateway", "aud": AUDIENCE, "iat": now, "exp": now + 600}
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def rs256(key: Path | rsa.RSAPrivateKey, payload: dict[str, Any], *, hash_with: Any = None, pss: bool = False, **header: Any) -> str:
    """A token signed with an RSA key; hash and padding may differ from what the header says."""
    if isinstance(key, Path):
        loaded = serialization.load_pem_private_key(key.read_bytes(), None)
        assert isinstance(loaded, rsa.RSAPrivateKey)
        key = loaded
    text = f"{encode({'alg': 'RS256', 'typ': 'JWT', **header})}.{encode(payload)}"
    pad = padding.PSS(padding.MGF1(hashes.SHA256()), 32) if pss else padding.PKCS1v15()
    return f"{text}.{encode(key.sign(text.encode(), pad, hash_with or hashes.SHA256()))}"


def unsigned(payload: dict[str, Any], algorithm: Any = "none", signature: str = "") -> str:
    return f"{encode({'alg': algorithm, 'typ': 'JWT'})}.{encode(payload)}.{signature}"


def hs256(secret: bytes, payload: dict[str, Any]) -> str:
    """A token whose symmetric key is something that everybody knows: the public key."""
    text = f"{encode({'alg': 'HS256', 'typ': 'JWT'})}.{encode(payload)}"
    return f"{text}.{encode(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


def tampered(token: str, **changes: Any) -> str:
    """The token with other claims under the old signature."""
    head, payload, signature = token.split(".")
    return f"{head}.{encode({**decode(payload), **changes})}.{signature}"


def stranger() -> rsa.RSAPrivateKey:
    """A key that the gateway does not know."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def jwk(key: rsa.RSAPrivateKey) -> dict[str, Any]:
    numbers = key.public_key().public_numbers()
    return {"kty": "RSA", "n": encode(numbers.n.to_bytes(256, "big")), "e": encode(numbers.e.to_bytes(3, "big"))}
