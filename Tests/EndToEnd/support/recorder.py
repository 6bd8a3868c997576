"""A server of its own that writes down what reaches it, byte for byte: what the gateway forwards."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Recorded:
    """A request as it arrived."""

    head: bytes
    body: bytes

    @property
    def request_line(self) -> str:
        return self.head.split(b"\r\n", 1)[0].decode("latin-1")

    @property
    def headers(self) -> list[tuple[str, str]]:
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return [(name, value.strip()) for name, value in (line.split(":", 1) for line in lines if line)]

    def all(self, name: str) -> list[str]:
        """The values of a header; `_` counts as `-`, as lenient servers have it."""
        return [value for key, value in self.headers if key.lower().replace("_", "-") == name.lower()]


OK = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}'
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


class Recorder:
    """Answers every request; a GET opens a stream that stays silent until the other side goes away."""

    def __init__(self) -> None:
        self.requests: list[Recorded] = []
        self.connections = 0
        self.closed_streams = 0
        self.delay = 0.0
        self.response = OK
        self.closes = False  # after an answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def answering(self, response: bytes) -> Iterator[None]:
        """Answers with these bytes for a while."""
        self.response = response
        yield
        self.response = OK

    def close(self) -> None:
        self._listener.close()

    def wait_for(self, condition: Callable[[], bool], seconds: float = 5) -> bool:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as reader:
            try:
                while recorded := self._read(reader):
                    self.requests.append(recorded)
                    if recorded.head.startswith(b"GET "):
                        connection.sendall(STREAM)
                        reader.read(1)
                        self.closed_streams += 1
                        return
                    time.sleep(self.delay)
                    connection.sendall(self.response)
                    if self.closes:
                        return
            except (OSError, ValueError):
                return  # it went away, perhaps in the middle of a body

    @staticmethod
    def _read(reader) -> Recorded | None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = reader.readline()
            if not line:
                return None
            head += line
        recorded = Recorded(head[:-4], b"")
        if length := recorded.all("content-length"):
            recorded.body = reader.read(int(length[0]))
        elif recorded.all("transfer-encoding"):
            while size := int(reader.readline(), 16):
                recorded.body += reader.read(size)
                reader.readline()
            while reader.readline() not in (b"\r\n", b""):
                recorded.body += b"<trailer>"
        return recorded
