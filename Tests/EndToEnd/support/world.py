"""The simulator of the cloud, the servers and the gateway, as the tests need them."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .client import Target
from .processes import BIN, Process, get, wait_until_ok

SERVICES = {"ecs": "ecs-mcp-server", "pipeline": "pipeline-mcp-server", "cts": "cts-mcp-server"}


@dataclass
class Simulator:
    """A running simulator."""

    process: Process
    url: str
    env: dict[str, str]  # points a server at the simulator

    def advance(self, seconds: float) -> None:
        """Moves the simulator's clock, so that jobs progress without waiting."""
        self._control("clock", {"advance_seconds": seconds})

    def fault(self, **fault: object) -> None:
        """Makes the next matching requests fail."""
        self._control("faults", fault)

    def requests(self) -> list[dict[str, Any]]:
        """The latest requests to the cloud, oldest first: time, method, target, body, status, request_id."""
        return json.loads(get(f"{self.url}/_simulator/requests")[2])["requests"]

    def reset(self) -> None:
        """Back to the data set as started."""
        self._control("reset", {})

    def _control(self, name: str, body: dict[str, object]) -> None:
        status, _, answer = get(
            f"{self.url}/_simulator/{name}", data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
        )
        assert status in (200, 201, 202, 204), (status, answer)


def start_simulator(*options: str) -> Simulator:
    file = Path(tempfile.mkdtemp(prefix="mcp-e2e-")) / "simulator.env"
    process = Process([str(BIN / "huaweicloud-simulator"), "--port", "0", "--write-env", str(file), *options])
    url = process.wait_for(r"(?m)^ready (\S+)$", stream="stdout").group(1)
    lines = (line for line in file.read_text().splitlines() if line and not line.startswith("#"))
    return Simulator(process, url, dict(line.split("=", 1) for line in lines))


def start_server(service: str, env: dict[str, str], *options: str) -> tuple[Process, str]:
    """A server over HTTP on a free port, and its base URL."""
    process = Process(
        [str(BIN / SERVICES[service]), "--transport", "streamable-http", "--port", "0", *options], env=env
    )
    try:
        address = process.wait_for(r"server-started .*address=(\S+)").group(1)
        wait_until_ok(f"http://{address}/healthz", process)
    except BaseException:
        process.stop()
        raise
    return process, f"http://{address}"


def start_gateway(
    folder: Path, env: dict[str, str], manifest: dict[str, object] | None = None, *options: str
) -> tuple[Process, str]:
    """The gateway with managed servers on a free port, and its base URL."""
    path = folder / "manifest.json"
    path.write_text(json.dumps(manifest or {
        "services": [
            {"name": name, "required_roles": ["readonly", "operator", "admin"], "command": [executable]}
            for name, executable in SERVICES.items()
        ]
    }))
    process = Process(
        [str(BIN / "mcp-gateway"), "serve", "--manifest", str(path), "--port", "0", "--admin-port", "0", *options],
        env={"MCP_GATEWAY_AUTH_MODE": "dev", **env},
    )
    try:
        address = process.wait_for(r"gateway-ready .*?\baddress=(\S+)").group(1)
        wait_until_ok(f"http://{address}/readyz", process)
    except BaseException:
        process.stop()
        raise
    return process, f"http://{address}"


def target(kind: str, base: str) -> Target:
    """A target at a base URL: direct `http://host:port`, through the gateway `http://host:port/ecs`."""
    return Target(kind, url=f"{base}/sse" if kind == "sse" else f"{base}/mcp")


def stdio(service: str, env: dict[str, str], *options: str) -> Target:
    """A target over stdio."""
    return Target("stdio", command=[str(BIN / SERVICES[service]), *options], env=env)
