"""The client configurations to paste: valid, in step with the code, and working."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from support.client import Target, connect, run
from support.gateways import start_jwt_gateway
from support.processes import BIN, ROOT
from support.variables import known_variables
from support.world import SERVICES

FOLDER = ROOT / "deploy" / "clients"
FILES = sorted(path.name for path in FOLDER.glob("*.json"))
MOUNTS = {service["mount_path"] for service in json.loads((ROOT / "manifest.json").read_text())["services"]}


def servers(name: str) -> dict[str, dict[str, Any]]:
    document = json.loads((FOLDER / name).read_text())
    return document.get("mcpServers") or document["servers"]


@pytest.mark.parametrize("name", FILES)
def test_configuration_is_json_and_named_in_the_readme(name: str) -> None:
    assert servers(name)
    assert f"`{name}`" in (FOLDER / "README.md").read_text()


@pytest.mark.parametrize("name", FILES)
def test_configuration_is_in_step_with_the_code(name: str) -> None:
    for key, server in servers(name).items():
        service = key.removeprefix("huaweicloud-")
        if "command" in server:
            assert server["command"] == f"/path/to/.build/release/{SERVICES[service]}"
            assert set(server.get("env", {})) <= known_variables()
        else:
            url = urlsplit(server["url"])
            mount, endpoint = url.path.rsplit("/", 1)
            assert url.scheme == "https" and mount == f"/{service}" and mount in MOUNTS
            assert endpoint == ("sse" if server["type"] == "sse" else "mcp")
            assert server["headers"]["Authorization"].startswith("Bearer ")


@pytest.mark.parametrize("name", FILES)
def test_configuration_holds_no_secret(name: str) -> None:
    text = (FOLDER / name).read_text()
    assert not re.search(r"eyJ|[A-Z0-9]{20}|[A-Za-z0-9]{40}", text)


@pytest.mark.parametrize("name", [name for name in FILES if "desktop" in name])
def test_stdio_configuration_works(name: str, simulator, tmp_path) -> None:
    file = tmp_path / ".env"
    file.write_text("".join(f"{key}={value}\n" for key, value in simulator.env.items()))

    async def story() -> None:
        server = servers(name)["huaweicloud-ecs"]
        words = [word.replace("/path/to/.env", str(file)) for word in server.get("args", [])]
        env = {key: simulator.env.get(key, value) for key, value in server["env"].items()}
        if not words:  # the simulator's addresses are not part of a user's configuration
            env |= simulator.env
        target = Target("stdio", command=[str(BIN / SERVICES["ecs"]), *words], env=env)
        async with connect(target) as session:
            tools = set(await session.tools())
            assert ("ecs_delete_server" in tools) == (env.get("MCP_DEV_ROLES") != "readonly")
            assert (await session.call("ecs_list_servers", limit=1)).data["servers"]

    run(story())


@pytest.mark.parametrize("name", [name for name in FILES if "desktop" not in name])
def test_token_configuration_works(name: str, simulator, tmp_path) -> None:
    gateway = start_jwt_gateway(tmp_path, simulator.env)

    async def story() -> None:
        server = servers(name)["huaweicloud-ecs"]
        token = gateway.keys.token(roles="readonly")
        headers = {key: re.sub(r"…|\$\{input:mcp-token\}", token, value) for key, value in server["headers"].items()}
        assert headers["Authorization"] == f"Bearer {token}"
        url = server["url"].replace("https://mcp.example.com", gateway.base)
        async with connect(Target(server["type"], url=url, headers=headers)) as session:
            assert "ecs_list_servers" in await session.tools()

    try:
        run(story())
    finally:
        assert gateway.process.stop() == 0
