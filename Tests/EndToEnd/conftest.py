"""Fixtures: one simulator per test module, servers and gateways as asked for, everything stopped by process id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.processes import Process
from support.world import Simulator, start_gateway, start_server, start_simulator


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    world = start_simulator()
    yield world
    assert world.process.stop() == 0


@pytest.fixture(autouse=True)
def fresh_data(request: pytest.FixtureRequest) -> None:
    if "simulator" in request.fixturenames:
        request.getfixturevalue("simulator").reset()


@pytest.fixture
def stopping() -> Iterator[Callable[[Process], Process]]:
    """Registers a process that is stopped after the test, whatever happened."""
    started: list[Process] = []

    def register(process: Process) -> Process:
        started.append(process)
        return process

    yield register
    for process in reversed(started):
        process.stop()


@pytest.fixture(scope="module")
def servers(simulator: Simulator) -> Iterator[Callable[[str], str]]:
    """Base URLs of servers that run on their own, started on first use."""
    running: dict[str, tuple[Process, str]] = {}

    def base(service: str) -> str:
        if service not in running:
            running[service] = start_server(service, simulator.env)
        return running[service][1]

    yield base
    for process, _ in running.values():
        assert process.stop() == 0, process.stderr


@pytest.fixture(scope="module")
def gateway(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A gateway in development mode with all three servers behind it."""
    folder: Path = tmp_path_factory.mktemp("gateway")
    process, base = start_gateway(folder, simulator.env)
    yield base
    assert process.stop() == 0, process.stderr
