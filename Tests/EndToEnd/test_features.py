"""Resources, prompts, suggestions, whoami and waiting, as the official client of the 2.x line meets them in both eras."""

from __future__ import annotations

import json

import pytest

from support.client import SDK, run
from support.world import stdio

if SDK == 1:
    pytest.skip("written for the 2.x line; the features are the same for both", allow_module_level=True)

import mcp_types as types
from mcp import Client, StdioServerParameters

MODES = ["legacy", "auto"]
RESOURCES = {
    "ecs": ("huaweicloud://ecs/servers/{id}", "8b2279ac-f73f-47ab-a4ff-0cf8afdb8d3f", "web-prod-01"),
    "pipeline": ("huaweicloud://pipelines/{id}", "744abc3a43e695cbb9de34dc72e297c3", "shop-web-deploy"),
}
PROMPTS = {
    "ecs": {"ecs_resize_safely"},
    "pipeline": {"pipeline_safe_to_deploy", "pipeline_why_run_failed"},
    "cts": {"cts_who_changed_server"},
}


def client(service: str, env: dict[str, str], mode: str) -> Client:
    where = stdio(service, env)
    return Client(StdioServerParameters(command=where.command[0], args=where.command[1:], env=where.env), mode=mode)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("service", RESOURCES)
def test_a_resource_is_read_by_its_template(service: str, mode: str, simulator) -> None:
    template, identifier, name = RESOURCES[service]

    async def story() -> None:
        async with client(service, simulator.env, mode) as session:
            listed = await session.list_resource_templates()
            assert [entry.uri_template for entry in listed.resource_templates] == [template]
            uri = template.replace("{id}", identifier)
            contents = (await session.read_resource(uri)).contents
            assert [content.uri for content in contents] == [uri]
            assert json.loads(contents[0].text)["name"] == name
            with pytest.raises(Exception, match="not found"):
                await session.read_resource(template.replace("{id}", "nope"))

    run(story())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("service", PROMPTS)
def test_prompts_name_tools_that_exist_and_their_arguments_are_suggested(service: str, mode: str, simulator) -> None:
    async def story() -> None:
        async with client(service, simulator.env, mode) as session:
            tools = {tool.name for tool in (await session.list_tools()).tools}
            prompts = (await session.list_prompts()).prompts
            assert {prompt.name for prompt in prompts} == PROMPTS[service]
            for prompt in prompts:
                arguments = {argument.name: "x" for argument in prompt.arguments or [] if argument.required}
                message = (await session.get_prompt(prompt.name, arguments)).messages[0]
                assert any(tool in message.content.text for tool in tools)
                first = types.PromptReference(type="ref/prompt", name=prompt.name)
                answer = await session.complete(first, {"name": prompt.arguments[0].name, "value": ""})
                assert len(answer.completion.values) <= 100

    run(story())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("service", PROMPTS)
def test_whoami_tells_the_caller_and_no_secret(service: str, mode: str, simulator) -> None:
    async def story() -> None:
        async with client(service, {**simulator.env, "MCP_DEV_ROLES": "operator"}, mode) as session:
            result = await session.call_tool(f"{service}_whoami", {})
            data = result.structured_content["data"]
            assert (data["subject"], data["roles"]) == ("dev-local", ["operator"])
            text = json.dumps(result.structured_content)
            assert simulator.env["HUAWEICLOUD_SECRET_ACCESS_KEY"] not in text
            assert simulator.env["HUAWEICLOUD_ACCESS_KEY_ID"] not in text

    run(story())


@pytest.mark.parametrize("mode", MODES)
def test_waiting_for_a_job_reports_progress_and_ends_with_it(mode: str, simulator) -> None:
    async def story() -> None:
        async with client("ecs", simulator.env, mode) as session:
            stopped = await session.call_tool("ecs_list_servers", {"status": "SHUTOFF", "limit": 100})
            server = stopped.structured_content["data"]["servers"][0]["id"]
            started = await session.call_tool("ecs_power_action", {"server_ids": [server], "action": "start"})
            heard: list[float] = []

            async def progress(value: float, total: float | None, message: str | None) -> None:
                heard.append(value)

            job = started.structured_content["data"]["job_id"]
            arguments = {"job_id": job, "timeout_seconds": 40}
            waited = await session.call_tool("ecs_wait_for_job", arguments, progress_callback=progress)
            assert waited.structured_content["data"]["status"] == "SUCCESS"
            assert heard and heard == sorted(heard)

    run(story())
