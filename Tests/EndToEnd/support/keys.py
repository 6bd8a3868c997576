"""Keys and tokens, made by the gateway's own commands."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from .processes import BIN

AUDIENCE = "mcp-gateway"


def gateway_command(*words: str, cwd: Path | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a command of the gateway that ends by itself, with an empty environment."""
    return subprocess.run(
        [str(BIN / "mcp-gateway"), *words], env={}, cwd=cwd, input=stdin, capture_output=True, text=True, timeout=60
    )


@dataclass(frozen=True)
class Keys:
    """An RSA key pair in files."""

    private: Path
    public: Path

    def token(self, sub: str = "alice", roles: str = "admin", *, audience: str = AUDIENCE, ttl: int = 3600, **options: str) -> str:
        """A token by `token create`."""
        words = ["--private-key", str(self.private), "--sub", sub, "--roles", roles, "--audience", audience, f"--ttl={ttl}"]
        for name, value in options.items():
            words += [f"--{name}", value]
        result = gateway_command("token", "create", *words)
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()


def keygen(folder: Path, name: str = "jwt") -> Keys:
    """A key pair by `token keygen`."""
    keys = Keys(folder / f"{name}-private.pem", folder / f"{name}-public.pem")
    result = gateway_command("token", "keygen", "--private-key", str(keys.private), "--public-key", str(keys.public))
    assert result.returncode == 0, result.stderr
    assert keys.private.stat().st_mode & 0o777 == 0o600
    return keys
