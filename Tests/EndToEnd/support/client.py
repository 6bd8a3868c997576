"""One face for the two lines of the official Python client (PyPI `mcp` 1.x and 2.x)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

SDK = int(version("mcp").split(".")[0])


# What the user does with a question: receives its text, returns the action and the form's content.
Elicit = Callable[[str, dict[str, Any]], Awaitable[tuple[str, dict[str, Any] | None]]]


@dataclass
class Target:
    """Where a server is and how to talk to it."""

    kind: str  # stdio, sse, http
    url: str = ""
    command: list[str] = field(default_factory=list)
    env: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Result:
    """What a tool call answered."""

    envelope: dict[str, Any]
    text: str
    is_error: bool

    @property
    def data(self) -> dict[str, Any]:
        assert self.envelope["ok"], self.envelope
        return self.envelope["data"]

    @property
    def error(self) -> dict[str, Any]:
        assert not self.envelope["ok"], self.envelope
        return self.envelope["error"]


class Session:
    """A connected client."""

    def __init__(self, session: Any, revision: str) -> None:
        self._session = session
        self.revision = revision

    async def tools(self) -> dict[str, Any]:
        return {tool.name: tool for tool in (await self._session.list_tools()).tools}

    async def call(self, name: str, /, **arguments: Any) -> Result:
        result = await self._session.call_tool(name, arguments)
        structured = result.structuredContent if SDK == 1 else result.structured_content
        is_error = result.isError if SDK == 1 else result.is_error
        assert len(result.content) == 1, result.content
        return Result(structured, result.content[0].text, is_error)


@asynccontextmanager
async def connect(target: Target, mode: str = "legacy", elicit: Elicit | None = None) -> AsyncIterator[Session]:
    """Connects with the official client of the installed line. `mode` matters to the 2.x line only.

    With `elicit` the client declares that it can ask its user; it is called with the question's text and the form's schema.
    """
    callback = _elicitation(elicit) if elicit else None
    if SDK == 1:
        async with _connect_1(target, callback) as session:
            yield session
    else:
        async with _connect_2(target, mode, callback) as session:
            yield session


def _elicitation(elicit: Elicit) -> Any:
    from mcp import types

    async def callback(_: Any, params: Any) -> Any:
        schema = params.requestedSchema if SDK == 1 else params.requested_schema
        action, content = await elicit(params.message, schema)
        return types.ElicitResult(action=action, content=content)

    return callback


@asynccontextmanager
async def _connect_1(target: Target, callback: Any) -> AsyncIterator[Session]:
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.sse import sse_client
    from mcp.client.stdio import stdio_client
    from mcp.client.streamable_http import streamablehttp_client

    if target.kind == "stdio":
        transport = stdio_client(StdioServerParameters(command=target.command[0], args=target.command[1:], env=target.env))
    elif target.kind == "sse":
        transport = sse_client(target.url, headers=target.headers)
    else:
        transport = streamablehttp_client(target.url, headers=target.headers)
    async with transport as streams, ClientSession(streams[0], streams[1], elicitation_callback=callback) as session:
        result = await session.initialize()
        yield Session(session, str(result.protocolVersion))


@asynccontextmanager
async def _connect_2(target: Target, mode: str, callback: Any) -> AsyncIterator[Session]:
    import httpx2
    from mcp import Client, StdioServerParameters
    from mcp.client.sse import sse_client
    from mcp.client.streamable_http import streamable_http_client

    if target.kind == "stdio":
        server: Any = StdioServerParameters(command=target.command[0], args=target.command[1:], env=target.env)
        async with Client(server, mode=mode, elicitation_callback=callback) as client:
            yield Session(client, str(client.protocol_version))
    elif target.kind == "sse":
        async with Client(sse_client(target.url, headers=target.headers), mode=mode, elicitation_callback=callback) as client:
            yield Session(client, str(client.protocol_version))
    else:
        timeout = httpx2.Timeout(30, read=300)
        async with httpx2.AsyncClient(headers=target.headers, timeout=timeout) as http:
            transport = streamable_http_client(target.url, http_client=http)
            async with Client(transport, mode=mode, elicitation_callback=callback) as client:
                yield Session(client, str(client.protocol_version))


def run(coroutine: Coroutine[Any, Any, Any], seconds: float = 90) -> Any:
    """Runs a coroutine with a limit."""

    async def limited() -> Any:
        async with asyncio.timeout(seconds):
            return await coroutine

    return asyncio.run(limited())
