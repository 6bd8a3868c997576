"""A gateway in mode jwt, as a deployment has it."""

from __future__ import annotations

import json
import re
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

    def status(self) -> dict[str, Any]:
        """`/status` of the admin listener."""
        code, _, body = get(f"{self.admin}/status")
        assert code == 200
        return json.loads(body)

    def change(self, **members: Any) -> None:
        """Writes members into the manifest; nothing happens before a SIGHUP."""
        self.manifest.write_text(json.dumps({**json.loads(self.manifest.read_text()), **members}))

    def children(self) -> list[int]:
        """The process ids of the servers that it keeps running."""
        return [int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()] + [
            int(pid)
            for task in Path(f"/proc/{self.process.pid}/task").iterdir()
            if task.name != str(self.process.pid)
            for pid in (task / "children").read_text().split()
        ]

    def target(self, kind: str, token: str, mount: str = "/ecs") -> Target:
        """A target for the official client."""
        path = "sse" if kind == "sse" else "mcp"
        return Target(kind, url=f"{self.base}{mount}/{path}", headers={"Authorization": f"Bearer {token}"})


def start_jwt_gateway(
    folder: Path, env: dict[str, str], *, keys: Keys | None = None, jwt: dict[str, Any] | None = None, **members: Any
) -> Gateway:
    """The gateway with one managed ecs server unless `services` says otherwise; `jwt` and further members go into the manifest."""
    keys = keys or keygen(folder)
    manifest = {"jwt": {"public_key": f"file:{keys.public}", "audience": AUDIENCE, **(jwt or {})}, "services": [service()], **members}
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest))
    process = Process(
        [str(BIN / "mcp-gateway"), "serve", "--manifest", str(path), "--port", "0", "--admin-port", "0"],
        env={"MCP_GATEWAY_AUTH_MODE": "jwt", **env},
    )
    try:
        line = process.wait_for(r"gateway-ready .*").group(0)
        found = dict(re.findall(r"\b(address|admin_address)=(\S+)", line))
        gateway = Gateway(process, f"http://{found['address']}", f"http://{found['admin_address']}", path, keys)
        wait_until_ok(f"{gateway.base}/readyz", process)
    except BaseException:
        process.stop()
        raise
    return gateway
