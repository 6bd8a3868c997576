"""The main job: find a server, power it off with approval, follow the job, see the state changed. Every transport, direct and through the gateway."""

from __future__ import annotations

import json

import pytest

from support.client import SDK, Session, connect, run
from support.world import stdio, target

TOOLS = {
    "ecs_list_servers", "ecs_get_server", "ecs_list_flavors", "ecs_get_job_status",
    "ecs_power_action", "ecs_delete_server", "ecs_resize_server", "ecs_confirm_destructive",
    "ecs_wait_for_job", "ecs_whoami",
}
MODES = ["legacy"] if SDK == 1 else ["legacy", "auto"]


async def power_off(session: Session, simulator) -> None:
    tools = await session.tools()
    assert set(tools) == TOOLS

    listed = await session.call("ecs_list_servers", status="ACTIVE", limit=100)
    assert json.loads(listed.text) == listed.envelope
    server = next(s for s in listed.data["servers"] if s["status"] == "ACTIVE" and not s.get("task_state"))

    preview = (await session.call("ecs_power_action", server_ids=[server["id"]], action="stop")).data
    assert preview["status"] == "pending_approval"
    assert preview["targets"][0]["name"] == server["name"]
    untouched = await session.call("ecs_get_server", server_id=server["id"], detail_level="status")
    assert untouched.data["status"] == "ACTIVE"

    job = (await session.call("ecs_confirm_destructive", approval_id=preview["approval_id"])).data
    again = await session.call("ecs_confirm_destructive", approval_id=preview["approval_id"])
    assert again.error["code"] == "APPROVAL_NOT_FOUND"

    states = []
    for _ in range(20):
        status = (await session.call("ecs_get_job_status", job_id=job["job_id"])).data["status"]
        states.append(status)
        if status in ("SUCCESS", "FAIL"):
            break
        simulator.advance(20)
    assert states[-1] == "SUCCESS" and len(states) > 1, states
    stopped = await session.call("ecs_get_server", server_id=server["id"])
    assert stopped.data["status"] == "SHUTOFF"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ["stdio", "sse", "http"])
def test_power_off_direct(kind: str, mode: str, simulator, servers) -> None:
    async def story() -> None:
        where = stdio("ecs", simulator.env) if kind == "stdio" else target(kind, servers("ecs"))
        async with connect(where, mode) as session:
            await power_off(session, simulator)

    run(story())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ["sse", "http"])
def test_power_off_through_the_gateway(kind: str, mode: str, simulator, gateway) -> None:
    async def story() -> None:
        async with connect(target(kind, f"{gateway}/ecs"), mode) as session:
            await power_off(session, simulator)

    run(story())


def test_invalid_arguments_are_a_result_and_the_session_lives_on(simulator, servers) -> None:
    async def story() -> None:
        async with connect(target("http", servers("ecs"))) as session:
            wrong = await session.call("ecs_list_servers", limit=101, nonsense=1)
            assert wrong.is_error and wrong.error["code"] == "INVALID_PARAMS"
            assert {detail["path"] for detail in wrong.error["details"]} == {"limit", "nonsense"}
            assert (await session.call("ecs_list_servers", limit=1)).data["count"] > 1

    run(story())


def test_the_cloud_being_down_is_an_error_of_the_envelope(servers, simulator) -> None:
    async def story() -> None:
        async with connect(target("http", servers("ecs"))) as session:
            simulator.fault(match={"path_prefix": "/v1/"}, times=1, status=503, body_text="busy")
            listed = await session.call("ecs_list_servers", limit=1)
            assert listed.data["servers"], "a read is repeated"
            simulator.fault(match={"path_prefix": "/v1/"}, times=10, drop=True)
            down = await session.call("ecs_list_servers", limit=1)
            assert down.error["code"] == "UPSTREAM_UNREACHABLE" and down.error["retryable"] is True

    run(story())


def test_no_cloud_at_all_is_an_error_of_the_envelope(simulator) -> None:
    async def story() -> None:
        env = {name: value.replace(simulator.url, "http://127.0.0.1:9") for name, value in simulator.env.items()}
        async with connect(stdio("ecs", {**env, "HUAWEICLOUD_MCP_NETWORK_RETRIES": "0"})) as session:
            down = await session.call("ecs_list_servers")
            assert down.error["code"] in ("UPSTREAM_UNREACHABLE", "PROJECT_ID_LOOKUP_FAILED"), down.error
            assert down.error["retryable"] is True

    run(story())
