"""HTTP/1.1 as bytes on a socket, for what a well-behaved client library would never send."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass
from typing import Any


@dataclass
class Answer:
    """One response as it came."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        assert self.json["status"] == self.status
        return self.json["error"]


def request(method: str, target: str, *headers: str, body: bytes = b"", host: str = "localhost") -> bytes:
    """A well-formed request; a body brings its Content-Length."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Wire:
    """A connection to a port on loopback."""

    def __init__(self, port: int, seconds: float = 15) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)
        self.received = b""

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before all of it was read; the answer is there

    def _more(self) -> bool:
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            data = b""
        self.received += data
        return bool(data)

    def wait_for(self, text: bytes) -> None:
        """Reads until this has come."""
        while text not in self.received:
            assert self._more(), f"the connection ended before {text!r} came: {self.received!r}"

    def answer(self, has_body: bool = True) -> Answer:
        """The next response; its end must be told by Content-Length or chunks."""
        self.wait_for(b"\r\n\r\n")
        head, self.received = self.received.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("latin-1").split("\r\n")
        version, status, *_ = first.split(" ")
        assert version == "HTTP/1.1", first
        answer = Answer(int(status), [(name, value.strip()) for name, value in (line.split(":", 1) for line in lines)], b"")
        if not has_body:
            return answer
        if (answer.header("Transfer-Encoding") or "").lower() == "chunked":
            answer.body = self._chunked()
        else:
            length = int(answer.header("Content-Length") or 0)
            while len(self.received) < length:
                assert self._more(), "the body is not complete"
            answer.body, self.received = self.received[:length], self.received[length:]
        return answer

    def _chunked(self) -> bytes:
        body = b""
        while True:
            while b"\r\n" not in self.received:
                assert self._more(), "the chunks are not complete"
            size, self.received = self.received.split(b"\r\n", 1)
            count = int(size, 16)
            while len(self.received) < count + 2:
                assert self._more(), "the chunks are not complete"
            body, self.received = body + self.received[:count], self.received[count + 2:]
            if count == 0:
                return body

    def rest(self, seconds: float = 10) -> bytes:
        """Everything until the connection ends; fails when it does not."""
        deadline = time.monotonic() + seconds
        while True:
            self.socket.settimeout(max(deadline - time.monotonic(), 0.01))
            try:
                if not self._more():
                    return self.received
            except TimeoutError:
                raise AssertionError(f"the connection is still open, after {self.received!r}") from None


def exchange(port: int, data: bytes) -> Answer:
    """Sends bytes on a new connection and reads one response."""
    with Wire(port) as wire:
        wire.send(data)
        return wire.answer()
