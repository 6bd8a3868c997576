"""What scenarios talk to: a connection to the server, whatever the era and transport."""

from __future__ import annotations

import asyncio
import inspect
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from .http_client import TransportError
from .jsonio import JsonObject
from .wire import WireRecorder

Handler = Callable[[JsonObject], JsonObject | Awaitable[JsonObject]]

CLIENT_INFO: JsonObject = {"name": "mcp-conformance", "version": "1.0.0"}
DEFAULT_TIMEOUT = 15.0


class RpcError(Exception):
    """The server answered with a JSON-RPC error."""

    def __init__(self, code: int, message: str, data: Any = None) -> None:
        super().__init__(f"JSON-RPC error {code}: {message}")
        self.code = code
        self.message = message
        self.data = data


def unwrap(message: JsonObject, method: str) -> JsonObject:
    """The result of a response message; raises RpcError or TransportError."""
    error = message.get("error")
    if isinstance(error, dict) and isinstance(error.get("code"), int):
        raise RpcError(error["code"], str(error.get("message", "")), error.get("data"))
    result = message.get("result")
    if not isinstance(result, dict):
        raise TransportError(f"response to {method} carries no result object")
    return result


class Connection(ABC):
    """Common face of all connections: requests out, notifications in."""

    def __init__(self, wire: WireRecorder) -> None:
        self.wire = wire
        self.notifications: list[JsonObject] = []
        self.handlers: dict[str, Handler] = {}
        self.server_requests: list[JsonObject] = []
        self.capabilities: JsonObject = {}

    @abstractmethod
    async def request(
        self, method: str, params: JsonObject | None = None, *, timeout: float = DEFAULT_TIMEOUT
    ) -> JsonObject:
        """Send a request and return its result; raises RpcError or TransportError."""

    @abstractmethod
    async def close(self) -> None:
        """End the connection; never raises."""

    def notifications_of(self, method: str) -> list[JsonObject]:
        """Parameters of the notifications received under this method, in order."""
        return [n.get("params") or {} for n in self.notifications if n.get("method") == method]

    async def wait_for_notification(
        self, method: str, count: int = 1, timeout: float = 3.0
    ) -> bool:
        """Wait until at least `count` such notifications have arrived."""
        try:
            async with asyncio.timeout(timeout):
                while len(self.notifications_of(method)) < count:
                    await asyncio.sleep(0.02)
        except TimeoutError:
            return False
        return True


class LegacyPeer(Connection):
    """Handshake-era connection: initialize, then traffic in both directions."""

    def __init__(self, wire: WireRecorder, revision: str) -> None:
        super().__init__(wire)
        self.requested_revision = revision
        self.protocol_version = revision
        self.initialize_result: JsonObject = {}
        self.last_id = 0
        self._pending: dict[int | str, tuple[str, asyncio.Future[JsonObject]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.unmatched: list[JsonObject] = []

    # ---- transport seam -------------------------------------------------------------------

    @abstractmethod
    async def _transmit(self, message: JsonObject) -> None:
        """Hand one message to the transport; responses come back through `_receive`."""

    # ---- outgoing -------------------------------------------------------------------------

    async def handshake(self, capabilities: JsonObject | None = None) -> JsonObject:
        """Run initialize and notifications/initialized."""
        declared = self._default_capabilities() if capabilities is None else capabilities
        params: JsonObject = {
            "protocolVersion": self.requested_revision,
            "capabilities": declared,
            "clientInfo": CLIENT_INFO,
        }
        self.initialize_result = await self.request("initialize", params)
        version = self.initialize_result.get("protocolVersion")
        if isinstance(version, str):
            self.protocol_version = version
        capabilities_found = self.initialize_result.get("capabilities")
        if isinstance(capabilities_found, dict):
            self.capabilities = capabilities_found
        await self.notify("notifications/initialized")
        return self.initialize_result

    def _default_capabilities(self) -> JsonObject:
        declared: JsonObject = {"sampling": {}}
        if self.requested_revision >= "2025-06-18":
            declared["elicitation"] = {}
        return declared

    def allocate_id(self) -> int:
        """A fresh request id."""
        self.last_id += 1
        return self.last_id

    async def request(
        self, method: str, params: JsonObject | None = None, *, timeout: float = DEFAULT_TIMEOUT
    ) -> JsonObject:
        request_id, future = await self.start(method, params)
        return await self.finish(request_id, future, method, timeout)

    async def start(
        self, method: str, params: JsonObject | None = None
    ) -> tuple[int | str, asyncio.Future[JsonObject]]:
        """Send a request without waiting; pair with `finish`."""
        request_id = self.allocate_id()
        message: JsonObject = {"jsonrpc": "2.0", "id": request_id, "method": method}
        if params is not None:
            message["params"] = params
        future: asyncio.Future[JsonObject] = asyncio.get_running_loop().create_future()
        self._pending[request_id] = (method, future)
        self.wire.outbound(message, f"request {method}")
        await self._transmit(message)
        return request_id, future

    async def finish(
        self,
        request_id: int | str,
        future: asyncio.Future[JsonObject],
        method: str,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> JsonObject:
        """Wait for the answer to a started request."""
        try:
            async with asyncio.timeout(timeout):
                message = await future
        except TimeoutError:
            raise TransportError(f"no answer to {method} within {timeout:g} s") from None
        finally:
            self._pending.pop(request_id, None)
        return unwrap(message, method)

    async def notify(self, method: str, params: JsonObject | None = None) -> None:
        """Send a notification."""
        message: JsonObject = {"jsonrpc": "2.0", "method": method}
        if params is not None:
            message["params"] = params
        self.wire.outbound(message, f"notification {method}")
        await self._transmit(message)

    # ---- incoming -------------------------------------------------------------------------

    def _receive(self, message: Any, where: str) -> None:
        """Take one message from the transport: judge it and route it."""
        if isinstance(message, list):
            # The session decides whether there are batches, not the revision of the run.
            self.wire.inbound(
                message, f"batch on {where}", probe_id=0, revision=self.protocol_version
            )
            for item in message:
                self._route(item)
            return
        answered = None
        if isinstance(message, dict) and "method" not in message:
            pending = self._pending.get(_hashable(message.get("id")))
            answered = pending[0] if pending else None
        # An error without an id that nobody waits for answers something unreadable.
        self.wire.inbound(
            message,
            _context(message, answered, where),
            answered_method=answered,
            probe_id=0 if answered is None else None,
        )
        self._route(message)

    def _route(self, message: Any) -> None:
        if not isinstance(message, dict):
            return
        if isinstance(message.get("method"), str):
            if "id" in message:
                self.server_requests.append(message)
                self._spawn(self._serve(message))
            else:
                self.notifications.append(message)
            return
        pending = self._pending.get(_hashable(message.get("id")))
        if pending and not pending[1].done():
            pending[1].set_result(message)
        elif pending is None:
            self.unmatched.append(message)

    async def _serve(self, request: JsonObject) -> None:
        handler = self.handlers.get(request["method"])
        answer: JsonObject = {"jsonrpc": "2.0", "id": request["id"]}
        if request["method"] == "ping":
            answer["result"] = {}
        elif handler is None:
            answer["error"] = {"code": -32601, "message": "Method not found"}
        else:
            outcome = handler(request)
            answer["result"] = await outcome if inspect.isawaitable(outcome) else outcome
        self.wire.outbound(answer, f"response to {request['method']}")
        await self._transmit(answer)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.wire.note_framing(f"{type(error).__name__}: {error}")

    def _fail_pending(self, reason: str, request_id: Any = None) -> None:
        """Wake up waiting requests (one, or all) with a transport error."""
        for key, (_, future) in list(self._pending.items()):
            if (request_id is None or key == request_id) and not future.done():
                future.set_exception(TransportError(reason))
                future.exception()  # mark as retrieved; a waiter still gets it

    async def _cancel_tasks(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _hashable(request_id: Any) -> Any:
    return request_id if isinstance(request_id, (str, int)) else None


def _context(message: Any, answered: str | None, where: str) -> str:
    if isinstance(message, dict) and isinstance(message.get("method"), str):
        kind = "request" if "id" in message else "notification"
        return f"{kind} {message['method']} on {where}"
    return f"response to {answered or 'an unknown id'} on {where}"
