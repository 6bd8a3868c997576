"""What people do with several servers at once, and each server on its own."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from support.client import SDK, Session, Target, connect, run
from support.processes import BIN, Process
from support.world import SERVICES, Simulator, start_gateway, stdio, target

MODES = ["legacy"] if SDK == 1 else ["legacy", "auto"]
READS = {"ecs": "ecs_list_servers", "pipeline": "pipeline_list", "cts": "cts_search_traces"}


@dataclass
class Deployment:
    """A gateway with the three servers, and its log."""

    process: Process
    base: str

    @asynccontextmanager
    async def connected(self, service: str, kind: str, mode: str) -> AsyncIterator[Session]:
        async with connect(target(kind, f"{self.base}/{service}"), mode) as session:
            yield session


@pytest.fixture(scope="module")
def deployment(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    process, base = start_gateway(tmp_path_factory.mktemp("stories"), simulator.env)
    yield Deployment(process, base)
    assert process.stop() == 0, process.stderr


async def until(simulator: Simulator, look: Callable[[], Awaitable[Any]], done: Callable[[Any], bool]) -> list[Any]:
    """Looks again and again while the simulated time passes; everything that was seen."""
    seen = [await look()]
    while not done(seen[-1]):
        assert len(seen) < 30, seen
        simulator.advance(4)
        seen.append(await look())
    return seen


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ["sse", "http"])
def test_who_started_this_server(kind: str, mode: str, deployment: Deployment, simulator: Simulator) -> None:
    """Find a stopped server, start it, follow the job, then find the start in the audit log by its request id."""

    async def story() -> None:
        async with deployment.connected("ecs", kind, mode) as ecs, deployment.connected("cts", kind, mode) as cts:
            stopped = (await ecs.call("ecs_list_servers", status="SHUTOFF", limit=100)).data["servers"]
            server = next(server for server in stopped if server["name"] == "web-prod-04")
            assert server["status"] == "SHUTOFF"
            assert (await cts.call("cts_search_traces", trace_name="startServer")).data["traces"] == []

            logged = len(deployment.process.stderr)
            started = (await ecs.call("ecs_power_action", server_ids=[server["id"]], action="start")).data
            assert started["action"] == "start"

            async def job() -> str:
                return (await ecs.call("ecs_get_job_status", job_id=started["job_id"])).data["status"]

            states = await until(simulator, job, lambda status: status in ("SUCCESS", "FAIL"))
            assert states[0] in ("INIT", "RUNNING") and states[-1] == "SUCCESS"
            running = (await ecs.call("ecs_get_server", server_id=server["id"], detail_level="status")).data
            assert running["status"] == "ACTIVE"

            # The server's log has the cloud's request id of the call; the audit log has the same.
            record = deployment.process.wait_for(rf"(?s).{{{logged}}}.*?tool-ok tool=ecs_power_action [^\n]*?\brequest_id=(\w+)")
            request_id = record.group(1)
            found = (await cts.call("cts_search_traces", trace_name="startServer", resource_id=server["id"])).data["traces"]
            details = [(await cts.call("cts_get_trace_detail", trace_id=trace["trace_id"])).data for trace in found]
            trace = next(detail for detail in details if detail["request_id"] == request_id)
            assert trace["trace_name"] == "startServer" and trace["trace_rating"] == "normal" and trace["code"] == "200"
            assert trace["resource_name"] == "web-prod-04" and trace["read_only"] is False
            assert trace["user"]["access_key_id"] == simulator.env["HUAWEICLOUD_ACCESS_KEY_ID"]
            assert json.loads(trace["request"])["os-start"]["servers"] == [{"id": server["id"]}]
            assert json.loads(trace["response"]) == {"job_id": started["job_id"]}

    run(story())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ["sse", "http"])
def test_a_run_of_another_branch_and_a_disabled_pipeline(kind: str, mode: str, deployment: Deployment, simulator: Simulator) -> None:
    """Run a pipeline on another branch, follow it, disable it, see that it can be neither changed nor run, enable it again."""

    async def story() -> None:
        async with deployment.connected("pipeline", kind, mode) as pipeline:
            async def row() -> dict[str, Any]:
                return (await pipeline.call("pipeline_list", name="shop-web-deploy", is_banned=True)).data["pipelines"][0]

            before = await row()
            pipeline_id = before["pipeline_id"]
            detail = (await pipeline.call("pipeline_get_detail", pipeline_id=pipeline_id)).data
            assert detail["sources"][0]["params"]["default_branch"] == "master"

            another = [{"params": {"default_branch": "feature/checkout"}}]
            run_id = (await pipeline.call("pipeline_run", pipeline_id=pipeline_id, sources=another)).data["pipeline_run_id"]

            async def latest() -> dict[str, Any]:
                return (await row())["latest_run"]

            runs = await until(simulator, latest, lambda seen: seen["status"] != "RUNNING")
            assert runs[0]["status"] == "RUNNING" and runs[-1]["status"] == "COMPLETED"
            assert {seen["pipeline_run_id"] for seen in runs} == {run_id} != {before["latest_run"]["pipeline_run_id"]}
            assert {seen["target_branch"] for seen in runs} == {"feature/checkout"}
            assert {stage["status"] for stage in runs[-1]["stage_status_list"]} == {"COMPLETED"}
            after = (await pipeline.call("pipeline_get_detail", pipeline_id=pipeline_id)).data
            assert after["sources"][0]["params"]["default_branch"] == "master", "the override was for this run only"

            preview = (await pipeline.call("pipeline_set_status", pipeline_id=pipeline_id, status="disabled")).data
            assert preview["status"] == "pending_approval" and preview["action"] == "disable_pipeline"
            assert (await row())["banned"] is False, "a preview changes nothing"
            disabled = (await pipeline.call("pipeline_confirm_destructive", approval_id=preview["approval_id"])).data
            assert disabled == {"pipeline_id": pipeline_id, "status": "disabled", "enabled": False}
            assert (await row())["banned"] is True

            change = {"pipeline_id": pipeline_id, "new_default_branch": "main"}
            refused = (await pipeline.call("pipeline_update_info", **change)).error
            assert refused["code"] == "PIPELINE_BANNED" and "pipeline_set_status" in refused["hint"]
            assert not (await pipeline.call("pipeline_run", pipeline_id=pipeline_id)).envelope["ok"]

            enabled = (await pipeline.call("pipeline_set_status", pipeline_id=pipeline_id, status="enabled")).data
            assert enabled == {"pipeline_id": pipeline_id, "status": "enabled", "enabled": True}
            update = (await pipeline.call("pipeline_update_info", **change)).data
            assert update["changes"]["default_branch"]["before"] == "master"
            done = (await pipeline.call("pipeline_confirm_destructive", approval_id=update["approval_id"])).data
            assert done["verified"] is True and done["warnings"] == []
            changed = (await pipeline.call("pipeline_get_detail", pipeline_id=pipeline_id)).data
            assert changed["sources"][0]["params"]["default_branch"] == "main" and changed["banned"] is False

    run(story())


def registered(service: str) -> set[str]:
    """The tools that the executable says it has."""
    command = [str(BIN / SERVICES[service]), "--list-tools", "--format", "json"]
    result = subprocess.run(command, env={}, capture_output=True, text=True, timeout=30)
    assert result.returncode == 0, result.stderr
    return {tool["name"] for tool in json.loads(result.stdout)}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ["stdio", "sse", "http"])
@pytest.mark.parametrize("service", SERVICES)
def test_each_server_stands_alone(service: str, kind: str, mode: str, simulator: Simulator, servers) -> None:
    async def story() -> None:
        where: Target = stdio(service, simulator.env) if kind == "stdio" else target(kind, servers(service))
        async with connect(where, mode) as session:
            assert set(await session.tools()) == registered(service)
            answer = await session.call(READS[service], limit=2)
            assert json.loads(answer.text) == answer.envelope and not answer.is_error
            rows = next(value for value in answer.data.values() if isinstance(value, list))
            assert len(rows) == 2 and all(re.search(r"\w", row.get("name") or row.get("trace_name")) for row in rows)

    run(story())
