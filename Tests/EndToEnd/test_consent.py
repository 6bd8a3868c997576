"""Consent: where the client can ask its user, the server asks in the call that destroys something; where it cannot, the policy decides."""

from __future__ import annotations

import asyncio
import base64
import http.client
import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from support.caller import INITIALIZE, INITIALIZED, Caller
from support.client import SDK, Session, Target, connect, run
from support.gateways import Gateway, start_jwt_gateway
from support.processes import BIN, Process, get
from support.world import SERVICES, start_server, stdio, target

MODES = ["legacy"] if SDK == 1 else ["legacy", "auto"]
READING = {"ecs_list_servers", "ecs_get_server", "ecs_list_flavors", "ecs_get_job_status"}
DESTRUCTIVE = {"ecs_power_action", "ecs_delete_server", "ecs_resize_server", "ecs_confirm_destructive"}


class User:
    """A person at the client who reacts so to the questions, in this order."""

    def __init__(self, *reactions: str | dict[str, Any]) -> None:
        self.reactions = list(reactions)
        self.questions: list[str] = []

    async def __call__(self, message: str, schema: dict[str, Any]) -> tuple[str, dict[str, Any] | None]:
        assert schema["required"] == ["confirm"] and schema["properties"]["confirm"]["type"] == "string"
        self.questions.append(message)
        reaction = self.reactions.pop(0)
        if isinstance(reaction, dict):
            return "accept", reaction
        return (reaction, None) if reaction in ("decline", "cancel") else ("accept", {"confirm": reaction})


async def running_servers(session: Session) -> list[dict[str, Any]]:
    listed = await session.call("ecs_list_servers", status="ACTIVE", limit=100)
    return [s for s in listed.data["servers"] if s["status"] == "ACTIVE" and not s.get("task_state")]


async def status(session: Session, server: dict[str, Any]) -> str:
    return (await session.call("ecs_get_server", server_id=server["id"], detail_level="status")).data["status"]


async def a_server(where: Target) -> dict[str, Any]:
    async with connect(where) as session:
        return (await running_servers(session))[0]


@pytest.fixture(params=["stdio", "http", "sse", "gateway-http", "gateway-sse"])
def where(request: pytest.FixtureRequest, simulator) -> Target:
    """The ECS server over every transport, direct and through the gateway."""
    if request.param == "stdio":
        return stdio("ecs", simulator.env)
    if request.param.startswith("gateway"):
        return target(request.param.removeprefix("gateway-"), f"{request.getfixturevalue('gateway')}/ecs")
    return target(request.param, request.getfixturevalue("servers")("ecs"))


@pytest.mark.parametrize("mode", MODES)
def test_the_exact_name_executes_in_the_same_call(where: Target, mode: str, simulator) -> None:
    async def story() -> None:
        server = await a_server(where)
        user = User(f" {server['name']} ")
        async with connect(where, mode, user) as session:
            assert (session.revision == "2026-07-28") == (mode == "auto" and where.kind != "sse"), session.revision
            result = (await session.call("ecs_power_action", server_ids=[server["id"]], action="stop", type="HARD")).data
            assert result["action"] == "stop" and result["job_id"]
            assert "approval_id" not in result
            simulator.advance(120)
            assert (await session.call("ecs_get_job_status", job_id=result["job_id"])).data["status"] == "SUCCESS"
            assert await status(session, server) == "SHUTOFF"
        (question,) = user.questions
        for part in ("Stop 1 server", "HARD", server["name"], server["id"], "status: ACTIVE", "addresses: ", "Cannot be undone"):
            assert part in question, question

    run(story())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("reactions", [("wrong", "wrong again"), ("", " "), ({}, {}), ("decline",), ("cancel",), ("wrong", "decline")])
def test_anything_else_is_a_decline_and_changes_nothing(where: Target, mode: str, reactions: tuple) -> None:
    async def story() -> None:
        server = await a_server(where)
        user = User(*reactions, server["name"])
        async with connect(where, mode, user) as session:
            result = await session.call("ecs_delete_server", server_ids=[server["id"]])
            assert result.is_error and result.error["code"] == "APPROVAL_DECLINED"
            assert len(user.questions) == len(reactions)
            assert await status(session, server) == "ACTIVE"

    run(story())


@pytest.mark.parametrize("mode", MODES)
def test_a_wrong_name_is_asked_for_once_more(where: Target, mode: str) -> None:
    async def story() -> None:
        server = await a_server(where)
        user = User(server["name"].upper() + "x", server["name"])
        async with connect(where, mode, user) as session:
            assert (await session.call("ecs_delete_server", server_ids=[server["id"]])).data["job_id"]
        assert "last time" in user.questions[1] and "last time" not in user.questions[0]

    run(story())


@pytest.mark.parametrize("mode", MODES)
def test_several_targets_are_consented_to_by_action_and_count(where: Target, mode: str) -> None:
    async def story() -> None:
        async with connect(where) as session:
            chosen = (await running_servers(session))[:2]
        ids = [server["id"] for server in chosen]
        user = User(chosen[0]["name"], "delete 2")
        async with connect(where, mode, user) as session:
            result = await session.call("ecs_delete_server", server_ids=ids, delete_volume=True, delete_publicip=True)
            assert result.data["job_id"]
        for server in chosen:
            assert f"{server['name']} (id {server['id']})" in user.questions[0]
        assert "data disks: deleted with all data" in user.questions[0] and "deleted with it: system disk" in user.questions[0]

    run(story())


@pytest.mark.parametrize("mode", MODES)
def test_a_client_that_cannot_ask_gets_two_phases(where: Target, mode: str) -> None:
    async def story() -> None:
        server = await a_server(where)
        async with connect(where, mode) as session:
            preview = (await session.call("ecs_power_action", server_ids=[server["id"]], action="stop")).data
            assert preview["status"] == "pending_approval"
            assert await status(session, server) == "ACTIVE"
            assert (await session.call("ecs_confirm_destructive", approval_id=preview["approval_id"])).data["job_id"]

    run(story())


@pytest.mark.parametrize("mode", MODES)
def test_what_needs_no_consent_asks_nobody(where: Target, mode: str, simulator) -> None:
    async def story() -> None:
        user = User()
        async with connect(where, mode, user) as session:
            listed = await session.call("ecs_list_servers", status="SHUTOFF", limit=1)
            result = await session.call("ecs_power_action", server_ids=[listed.data["servers"][0]["id"]], action="start")
            assert result.data["job_id"]
        assert user.questions == []

    run(story())


@pytest.mark.parametrize("mode", MODES)
def test_a_target_that_changes_while_the_user_thinks_is_a_conflict(mode: str, simulator, servers) -> None:
    where = target("http", servers("ecs"))

    async def story() -> None:
        server = await a_server(where)

        async def slow(message: str, schema: dict[str, Any]) -> tuple[str, dict[str, Any]]:
            async with connect(where) as other:
                preview = (await other.call("ecs_power_action", server_ids=[server["id"]], action="stop")).data
                await other.call("ecs_confirm_destructive", approval_id=preview["approval_id"])
            simulator.advance(120)
            return "accept", {"confirm": server["name"]}

        async with connect(where, mode, slow) as session:
            result = await session.call("ecs_delete_server", server_ids=[server["id"]])
            assert result.error["code"] == "CONFLICT_STALE_PREVIEW"
            assert await status(session, server) == "SHUTOFF"

    run(story())


@pytest.mark.parametrize("kind", ["stdio", "http"])
def test_a_client_that_goes_away_while_its_user_thinks_executes_nothing(kind: str, simulator, stopping) -> None:
    async def story(where: Target) -> None:
        server = await a_server(target("http", address))
        asked = asyncio.Event()

        async def never(message: str, schema: dict[str, Any]) -> tuple[str, None]:
            asked.set()
            await asyncio.Event().wait()
            raise AssertionError

        async def call() -> None:
            async with connect(where, "legacy", never) as session:
                await session.call("ecs_delete_server", server_ids=[server["id"]])

        task = asyncio.create_task(call())
        await asyncio.wait_for(asked.wait(), 20)
        task.cancel()
        with pytest.raises((asyncio.CancelledError, BaseExceptionGroup)):
            await task
        async with connect(target("http", address)) as session:
            assert await status(session, server) == "ACTIVE"

    process, address = start_server("ecs", simulator.env)
    stopping(process)
    run(story(stdio("ecs", simulator.env) if kind == "stdio" else target("http", address)))
    if kind == "http":
        process.wait_for(r"approval-denied .*client-gone|approval-denied .*client-failed")


# Policies


@asynccontextmanager
async def server_with(policy: str, simulator, *, elicit: Any = None, mode: str = "legacy", kind: str = "stdio", stopping=None) -> AsyncIterator[Session]:
    if kind == "stdio":
        where = stdio("ecs", simulator.env, "--approval-policy", policy)
    else:
        process, address = start_server("ecs", simulator.env, "--approval-policy", policy)
        stopping(process)
        where = target("http", address)
    async with connect(where, mode, elicit) as session:
        yield session


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ["stdio", "http"])
def test_elicit_asks_or_refuses(kind: str, mode: str, simulator, stopping) -> None:
    async def story() -> None:
        user = User()
        async with server_with("elicit", simulator, elicit=user, mode=mode, kind=kind, stopping=stopping) as session:
            assert READING | DESTRUCTIVE <= set(await session.tools())
            server = (await running_servers(session))[0]
            user.reactions.append(server["name"])
            assert (await session.call("ecs_power_action", server_ids=[server["id"]], action="reboot")).data["action"] == "reboot"
        async with server_with("elicit", simulator, mode=mode, kind=kind, stopping=stopping) as session:
            tools = set(await session.tools())
            assert READING <= tools and not DESTRUCTIVE & tools
            server = (await running_servers(session))[0]
            refused = await session.call("ecs_power_action", server_ids=[server["id"]], action="stop")
            assert refused.error["code"] == "CONSENT_UNAVAILABLE"
            assert await status(session, server) == "ACTIVE"

    run(story())


@pytest.mark.parametrize("policy", ["two-phase", "four-eyes"])
def test_under_the_other_policies_nobody_is_asked(policy: str, simulator) -> None:
    async def story() -> None:
        async with server_with(policy, simulator, elicit=User(), mode=MODES[-1]) as session:
            server = (await running_servers(session))[0]
            preview = (await session.call("ecs_delete_server", server_ids=[server["id"]])).data
            assert preview["status"] == "pending_approval"
            confirmed = await session.call("ecs_confirm_destructive", approval_id=preview["approval_id"])
            assert confirmed.is_error == (policy == "four-eyes"), "one subject alone has two eyes"

    run(story())


@pytest.mark.parametrize(
    ("variable", "value"), [("MCP_APPROVAL_POLICY", "ask-nicely"), ("MCP_STATE_KEYS", "AAAA"), ("MCP_STATE_KEYS", "secret-key-text")]
)
def test_a_wrong_setting_refuses_to_start(variable: str, value: str, simulator) -> None:
    process = Process([str(BIN / SERVICES["ecs"])], env={**simulator.env, variable: value})
    assert process.process.wait(15) == 2
    assert process.stderr.startswith(f"{variable}: ")
    assert variable != "MCP_STATE_KEYS" or value not in process.stderr


# Pipelines


@pytest.mark.parametrize("mode", MODES)
def test_disabling_a_pipeline_asks_for_its_name(mode: str, simulator, servers) -> None:
    async def story() -> None:
        user = User()
        async with connect(target("http", servers("pipeline")), mode, user) as session:
            pipelines = (await session.call("pipeline_list")).data["pipelines"]
            for chosen in pipelines:
                detail = (await session.call("pipeline_get_detail", pipeline_id=chosen["pipeline_id"])).data
                if not detail.get("banned"):
                    break
            user.reactions += ["wrong", chosen["name"]]
            result = await session.call("pipeline_set_status", pipeline_id=chosen["pipeline_id"], status="disabled")
            assert result.data == {"pipeline_id": chosen["pipeline_id"], "status": "disabled", "enabled": False}
            again = (await session.call("pipeline_get_detail", pipeline_id=chosen["pipeline_id"])).data
            assert again["banned"] is True
        assert f"To consent, type exactly this: {chosen['name']}" in user.questions[0]

    run(story())


# Behind the gateway, with people who hold tokens


@pytest.fixture
def jwt_gateway(simulator, tmp_path, stopping) -> Iterator[Gateway]:
    gateway = start_jwt_gateway(tmp_path, simulator.env)
    stopping(gateway.process)
    yield gateway


class AskedCaller(Caller):
    """A caller of 2025-11-25 who can be asked, and whose question waits for whatever the test sends as an answer."""

    def begin(self, name: str, **arguments: Any) -> None:
        capable = {**INITIALIZE, "params": {**INITIALIZE["params"], "capabilities": {"elicitation": {}}}}
        self.session = self.post(capable).header("Mcp-Session-Id")
        self.post(INITIALIZED)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        call = {"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
        self.connection.request("POST", f"{self.mount}/mcp", json.dumps(call), {
            "Authorization": f"Bearer {self.token}", "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream", "Mcp-Session-Id": self.session or "",
        })
        self.stream = self.connection.getresponse()
        question = self.next()
        assert question["method"] == "elicitation/create"
        self.question = question["id"]

    def next(self) -> dict[str, Any]:
        while not (line := self.stream.readline().decode()).startswith("data: {"):
            assert line, "the stream ended"
        return json.loads(line.removeprefix("data: "))

    def types(self, text: str, token: str) -> int:
        """Sends the answer with somebody's token; the status."""
        result = {"action": "accept", "content": {"confirm": text}}
        sender = Caller(self.port, token, self.mount, self.session)
        return sender.post({"jsonrpc": "2.0", "id": self.question, "result": result}).status


def alive(gateway: Gateway, token: str, server: dict[str, Any]) -> bool:
    return Caller(gateway.port, token).open().call("ecs_get_server", server_id=server["id"])["data"]["status"] == "ACTIVE"


def test_only_the_caller_answers_and_only_with_the_role_that_is_held_then(jwt_gateway: Gateway) -> None:
    keys = jwt_gateway.keys
    admin = keys.token("alice", "admin")
    server = Caller(jwt_gateway.port, admin).open().call("ecs_list_servers", status="ACTIVE")["data"]["servers"][0]
    caller = AskedCaller(jwt_gateway.port, admin)
    caller.begin("ecs_delete_server", server_ids=[server["id"]])
    assert caller.types(server["name"], keys.token("bob", "admin")) == 404, "the session is alice's"
    assert caller.types(server["name"], keys.token("alice", "operator")) == 202
    envelope = caller.next()["result"]["structuredContent"]
    assert envelope["error"]["code"] == "FORBIDDEN"
    assert envelope["error"]["message"] == "role-required:admin;caller-has:[operator]"
    assert alive(jwt_gateway, admin, server)

    again = AskedCaller(jwt_gateway.port, admin)
    again.begin("ecs_delete_server", server_ids=[server["id"]])
    assert again.types(server["name"], keys.token("alice", "admin")) == 202
    assert again.next()["result"]["structuredContent"]["data"]["job_id"]


def test_a_state_belongs_to_subject_and_role_behind_the_gateway(jwt_gateway: Gateway) -> None:
    keys = jwt_gateway.keys
    tokens = {name: keys.token(*name) for name in (("alice", "admin"), ("bob", "admin"), ("alice", "operator"))}
    server = Caller(jwt_gateway.port, tokens["alice", "admin"]).open().call("ecs_list_servers", status="ACTIVE")["data"]["servers"][0]
    arguments = {"server_ids": [server["id"]]}
    modern = {name: Modern(f"{jwt_gateway.base}/ecs", Authorization=f"Bearer {token}") for name, token in tokens.items()}
    state = modern["alice", "admin"].ask("ecs_delete_server", arguments)
    assert modern["bob", "admin"].answer("ecs_delete_server", arguments, state, server["name"])["error"]["code"] == -32602
    demoted = modern["alice", "operator"].answer("ecs_delete_server", arguments, state, server["name"])["result"]
    assert demoted["structuredContent"]["error"]["code"] == "FORBIDDEN"
    assert alive(jwt_gateway, tokens["alice", "admin"], server)
    done = modern["alice", "admin"].answer("ecs_delete_server", arguments, state, server["name"])["result"]
    assert done["structuredContent"]["data"]["job_id"]


def test_four_eyes_are_those_of_two_people_of_one_tenant(simulator, tmp_path, stopping) -> None:
    gateway = start_jwt_gateway(tmp_path, {**simulator.env, "MCP_APPROVAL_POLICY": "four-eyes"})
    stopping(gateway.process)
    alice, bob, otto = (Caller(gateway.port, gateway.keys.token(*who)).open() for who in (("alice", "admin"), ("bob", "admin"), ("otto", "operator")))
    server = alice.call("ecs_list_servers", status="ACTIVE")["data"]["servers"][0]
    preview = alice.call("ecs_delete_server", server_ids=[server["id"]])["data"]
    assert preview["status"] == "pending_approval"
    confirm = {"approval_id": preview["approval_id"]}
    assert alice.call("ecs_confirm_destructive", **confirm)["error"]["code"] == "APPROVAL_NOT_FOUND"
    assert otto.call("ecs_confirm_destructive", **confirm)["error"]["code"] == "FORBIDDEN"
    assert alive(gateway, alice.token, server)
    assert bob.call("ecs_confirm_destructive", **confirm)["data"]["job_id"]


# 2026-07-28 by hand: what a client could do with a state


class Modern:
    """Requests of 2026-07-28 over HTTP, one by one."""

    def __init__(self, base: str, **headers: str) -> None:
        self.base = base
        self.headers = headers
        self.id = 0

    def call(self, name: str, arguments: dict[str, Any], **more: Any) -> dict[str, Any]:
        self.id += 1
        meta = {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {"elicitation": {"form": {}}},
        }
        body = {
            "jsonrpc": "2.0", "id": self.id, "method": "tools/call",
            "params": {"name": name, "arguments": arguments, "_meta": meta, **more},
        }
        _, headers, answer = get(
            f"{self.base}/mcp",
            data=json.dumps(body).encode(),
            headers={
                "Content-Type": "application/json", "Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2026-07-28",
                "Mcp-Method": "tools/call", "Mcp-Name": name, **self.headers,
            },
        )
        if headers.get_content_type() == "text/event-stream":
            answer = next(line[6:] for line in answer.splitlines() if line.startswith(b"data: {"))
        return json.loads(answer)

    def ask(self, name: str, arguments: dict[str, Any]) -> str:
        result = self.call(name, arguments)["result"]
        assert result["resultType"] == "input_required" and set(result["inputRequests"]) == {"confirm"}
        assert result["inputRequests"]["confirm"]["method"] == "elicitation/create"
        return result["requestState"]

    def answer(self, name: str, arguments: dict[str, Any], state: str | None, text: str) -> dict[str, Any]:
        more: dict[str, Any] = {"inputResponses": {"confirm": {"action": "accept", "content": {"confirm": text}}}}
        if state is not None:
            more["requestState"] = state
        return self.call(name, arguments, **more)


def pick(base: str) -> tuple[str, dict[str, Any]]:
    server = run(a_server(target("http", base)))
    return server["name"], {"server_ids": [server["id"]], "action": "reboot"}


@pytest.mark.parametrize("through_gateway", [False, True])
def test_a_state_is_worth_something_once(through_gateway: bool, simulator, servers, request) -> None:
    base = f"{request.getfixturevalue('gateway')}/ecs" if through_gateway else servers("ecs")
    name, arguments = pick(base)
    modern = Modern(base)
    state = modern.ask("ecs_power_action", arguments)
    altered = state[:-2] + ("AA" if state[-2:] != "AA" else "BB")
    for worthless in (altered, "", "nonsense", None):
        assert modern.answer("ecs_power_action", arguments, worthless, name)["error"]["code"] == -32602
    others = {**arguments, "action": "stop"}
    assert modern.answer("ecs_power_action", others, state, name)["error"]["code"] == -32602
    assert modern.answer("ecs_delete_server", {"server_ids": arguments["server_ids"]}, state, name)["error"]["code"] == -32602
    done = modern.answer("ecs_power_action", arguments, state, name)["result"]
    assert done["structuredContent"]["data"]["action"] == "reboot"
    simulator.advance(300)
    assert modern.answer("ecs_power_action", arguments, state, name)["error"]["code"] == -32602


def test_replicas_share_states_only_with_the_same_key_ring(simulator, stopping) -> None:
    old, new = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))
    bases = []
    for ring in (old, f"{new}, {old}", new, ""):
        process, base = start_server("ecs", {**simulator.env, "MCP_STATE_KEYS": ring})
        stopping(process)
        assert all(key not in process.stderr for key in (old, new))
        bases.append(base)
    name, arguments = pick(bases[0])
    state = Modern(bases[0]).ask("ecs_power_action", arguments)
    for stranger in bases[2:]:
        assert Modern(stranger).answer("ecs_power_action", arguments, state, name)["error"]["code"] == -32602
    assert "result" in Modern(bases[1]).answer("ecs_power_action", arguments, state, name)


def test_a_state_belongs_to_its_caller(simulator, stopping) -> None:
    key = base64.b64encode(os.urandom(32)).decode()
    bases = []
    for subject in ("ada", "bob"):
        process, base = start_server("ecs", {**simulator.env, "MCP_STATE_KEYS": key, "MCP_DEV_SUBJECT": subject})
        stopping(process)
        bases.append(base)
    name, arguments = pick(bases[0])
    state = Modern(bases[0]).ask("ecs_power_action", arguments)
    assert Modern(bases[1]).answer("ecs_power_action", arguments, state, name)["error"]["code"] == -32602
    assert "result" in Modern(bases[0]).answer("ecs_power_action", arguments, state, name)


def test_every_end_is_recorded_with_its_path(simulator, stopping) -> None:
    process, base = start_server("ecs", simulator.env)
    stopping(process)
    name, arguments = pick(base)
    modern = Modern(base)
    modern.answer("ecs_power_action", arguments, modern.ask("ecs_power_action", arguments), name)
    process.wait_for(r"approval-issued .*consent=elicited")
    record = process.wait_for(r"(?m)^.*approval-confirmed .*$").group()
    for part in ("consent=elicited", "outcome=ok", "arguments_sha256=", "request_id=", arguments["server_ids"][0], "sub=dev-local"):
        assert part in record, record
