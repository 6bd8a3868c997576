"""Starts the real executables on free loopback ports and stops exactly what was started."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BIN = Path(os.environ.get("MCP_BIN", ROOT / ".build" / "debug"))


class Process:
    """One child process with its output in files, so that nothing blocks on a full pipe."""

    def __init__(self, command: list[str], env: dict[str, str] | None = None, cwd: Path | None = None) -> None:
        self.command = command
        self.folder = Path(tempfile.mkdtemp(prefix="mcp-e2e-"))
        self.stdout_path = self.folder / "stdout"
        self.stderr_path = self.folder / "stderr"
        base = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        with self.stdout_path.open("wb") as out, self.stderr_path.open("wb") as err:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env={**base, **(env or {})}, cwd=cwd
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def stdout(self) -> str:
        return self.stdout_path.read_text(errors="replace")

    @property
    def stderr(self) -> str:
        return self.stderr_path.read_text(errors="replace")

    def wait_for(self, pattern: str, *, stream: str = "stderr", seconds: float = 30) -> re.Match[str]:
        """The first match of the pattern in the output."""
        deadline = time.monotonic() + seconds
        while True:
            text = self.stderr if stream == "stderr" else self.stdout
            if match := re.search(pattern, text):
                return match
            if self.process.poll() is not None:
                raise AssertionError(f"{self.command} ended with {self.process.returncode}:\n{self.stdout}\n{self.stderr}")
            if time.monotonic() > deadline:
                raise AssertionError(f"{self.command} did not say {pattern!r}:\n{self.stdout}\n{self.stderr}")
            time.sleep(0.02)

    def stop(self, sig: int = signal.SIGTERM, seconds: float = 15) -> int:
        """Ends the process by its id and returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(sig)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"{self.command} did not stop within {seconds} s:\n{self.stderr}") from None


def get(url: str, *, data: bytes | None = None, headers: dict[str, str] | None = None, method: str | None = None):
    """One HTTP request: status, headers, body."""
    request = urllib.request.Request(url, data=data, headers=headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=15) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def wait_until_ok(url: str, process: Process, seconds: float = 30) -> None:
    """Polls a health endpoint."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            if get(url)[0] == 200:
                return
        except OSError:
            pass
        if time.monotonic() > deadline or process.process.poll() is not None:
            raise AssertionError(f"{url} did not become ready:\n{process.stderr}")
        time.sleep(0.05)
