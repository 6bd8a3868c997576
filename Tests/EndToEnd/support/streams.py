"""Event streams as they arrive, read from the socket."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator


class EventStream:
    """An open event stream. Reads what has arrived, with the time of arrival."""

    def __init__(self, connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> None:
        self.connection = connection
        connection.request("GET", path, headers={"Accept": "text/event-stream", **headers})
        self.response = connection.getresponse()
        self.status = self.response.status

    def blocks(self, seconds: float) -> Iterator[tuple[float, str]]:
        """Events and comments until the stream ends or the time is over; a stream that ends is the end of the iteration."""
        start = time.monotonic()
        text = ""
        while (left := start + seconds - time.monotonic()) > 0:
            self.connection.sock.settimeout(left)
            try:
                chunk = self.response.read1(65536)
            except TimeoutError:
                return
            if not chunk:
                self.ended = True
                return
            text += chunk.decode()
            while "\n\n" in text:
                block, text = text.split("\n\n", 1)
                yield time.monotonic() - start, block

    ended = False

    def close(self) -> None:
        # The response holds the socket's file: without closing both, the connection stays.
        self.response.close()
        self.connection.close()
