"""The official client in every mode it has, against all three servers, directly and through the gateway."""

from __future__ import annotations

import pytest

from support.client import SDK, connect, run
from support.world import SERVICES, stdio, target

READ = {
    "ecs": ("ecs_list_servers", {"limit": 1}),
    "pipeline": ("pipeline_list", {"limit": 1}),
    "cts": ("cts_search_traces", {"limit": 1}),
}
LEGACY = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]

pytestmark = pytest.mark.skipif(SDK == 1, reason="the 1.x line has one mode, which every other test uses")


async def read(where, service: str, mode: str, revision: str) -> None:
    async with connect(where, mode) as session:
        assert session.revision == revision
        tool, arguments = READ[service]
        assert tool in await session.tools()
        result = await session.call(tool, **arguments)
        assert not result.is_error
        # Structured results exist from 2025-06-18 on; the text is the same envelope in every revision.
        assert (result.envelope is not None) == (revision >= "2025-06-18")
        assert result.text.startswith('{"ok":true,"data":{')


@pytest.fixture
def places(simulator, servers, gateway):
    def of(service: str) -> dict[str, object]:
        return {
            "stdio": stdio(service, simulator.env),
            "http": target("http", servers(service)),
            "sse": target("sse", servers(service)),
            "gateway-http": target("http", f"{gateway}/{service}"),
            "gateway-sse": target("sse", f"{gateway}/{service}"),
        }

    return of


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("revision", LEGACY)
def test_each_revision_with_a_handshake(service: str, revision: str, places, monkeypatch) -> None:
    import mcp.client.session

    monkeypatch.setattr(mcp.client.session, "LATEST_HANDSHAKE_VERSION", revision)
    for where in places(service).values():
        run(read(where, service, "legacy", revision))


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("mode", ["auto", "2026-07-28"])
def test_the_revision_without_a_handshake(service: str, mode: str, places) -> None:
    for name, where in places(service).items():
        if "sse" not in name:  # HTTP+SSE ends with 2025-11-25
            run(read(where, service, mode, "2026-07-28"))


@pytest.mark.parametrize("service", SERVICES)
def test_auto_falls_back_on_the_transport_that_has_handshakes_only(service: str, places) -> None:
    for name, where in places(service).items():
        if "sse" in name:
            run(read(where, service, "auto", "2025-11-25"))
