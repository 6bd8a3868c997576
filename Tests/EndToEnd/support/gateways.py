"""A gateway in mode jwt, as a deployment has it."""

from __future__ import annotations

import json
import re
import signal
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .client import Target
from .keys import AUDIENCE, Keys, keygen
from .processes import BIN, Process, get, wait_until_ok

ROLES = ["readonly", "operator", "admin"]


def service(name: str = "ecs", **members: Any) -> dict[str, Any]:
    """The manifest's entry of a managed ecs server; `mount_path`, `required_roles` and others as given."""
    return {"name": name, "required_roles": ROLES, "command": ["ecs-mcp-server"], **members}


def children(parent: int) -> list[int]:
    """The process ids of the children of a process."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                # After the name in brackets come state and parent.
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[1]) == parent:
                found.append(int(folder.name))
    return found


def is_running(pid: int) -> bool:
    """Whether there is such a process that has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@dataclass
class Gateway:
    """A running gateway."""

    process: Process
    base: str
    admin: str
    manifest: Path
    keys: Keys

    @property
    def port(self) -> int:
        return int(self.base.rsplit(":", 1)[1])

    @property
    def log(self) -> str:
        return self.process.stderr

    def settled_log(self) -> str:
        """The log with everything that has happened so far: it is written in the background."""
        marker = f"marker-{uuid.uuid4()}"
        assert get(f"{self.base}/healthz", headers={"X-Request-Id": marker})[0] == 200
        self.process.wait_for(marker)
        return self.log

    def status(self) -> dict[str, Any]:
        """`/status` of the admin listener."""
        code, _, body = get(f"{self.admin}/status")
        assert code == 200
        return json.loads(body)

    def reload(self, expected: str = "reloaded", **members: Any) -> str:
        """Writes members into the manifest and sends SIGHUP; returns the record of what came of it."""
        before = len(self.log)
        self.manifest.write_text(json.dumps({**json.loads(self.manifest.read_text()), **members}))
        self.process.process.send_signal(signal.SIGHUP)
        self.process.wait_for(rf"(?s).{{{before}}}.*? {expected} ")
        return next(line for line in self.log[before:].splitlines() if f" {expected} " in line)

    def children(self) -> list[int]:
        """The process ids of the servers that it keeps running."""
        return children(self.process.pid)

    def target(self, kind: str, token: str, mount: str = "/ecs") -> Target:
        """A target for the official client."""
        path = "sse" if kind == "sse" else "mcp"
        return Target(kind, url=f"{self.base}{mount}/{path}", headers={"Authorization": f"Bearer {token}"})


def start_jwt_gateway(
    folder: Path, env: dict[str, str], *, keys: Keys | None = None, jwt: dict[str, Any] | None = None, options: Sequence[str] = (),
    ready: bool = True, **members: Any,
) -> Gateway:
    """The gateway with one managed ecs server unless `services` says otherwise; `jwt` and further members go into the manifest.

    A member of `jwt` that is None is left out. Without `ready` it need only listen.
    """
    keys = keys or keygen(folder)
    tokens = {"public_key": f"file:{keys.public}", "audience": AUDIENCE, **(jwt or {})}
    manifest = {"jwt": {name: value for name, value in tokens.items() if value is not None}, "services": [service()], **members}
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest))
    process = Process(
        [str(BIN / "mcp-gateway"), "serve", "--manifest", str(path), "--port", "0", "--admin-port", "0", *options],
        env={"MCP_GATEWAY_AUTH_MODE": "jwt", **env},
    )
    try:
        line = process.wait_for(r"gateway-ready .*").group(0)
        found = dict(re.findall(r"\b(address|admin_address)=(\S+)", line))
        gateway = Gateway(process, f"http://{found['address']}", f"http://{found['admin_address']}", path, keys)
        if ready:
            wait_until_ok(f"{gateway.base}/readyz", process)
    except BaseException:
        process.stop()
        raise
    return gateway
