"""scripts/bench.sh with the executables under test: that it measures, judges, writes its result, and leaves nothing running. Never how fast."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.processes import BIN, ROOT

SCRIPT = str(ROOT / "scripts" / "bench.sh")
HARNESS = ROOT / "Benchmarks" / "harness"
sys.path.insert(0, str(HARNESS))

import curve  # noqa: E402
import report  # noqa: E402


def bench(*words: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCRIPT, *words], capture_output=True, text=True, timeout=seconds, cwd="/")


def serving() -> set[str]:
    """Command lines of the programs that a run starts."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            line = (entry / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if entry.name.isdigit() and ".run/bench" in line:
            found.add(line.replace("\0", " "))
    return found


def test_a_run_measures_and_leaves_nothing_running(tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    run = bench("--quick", "--no-install", "--bin", str(BIN), "--only", "micro,sessions", "--json", str(result))
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    found = json.loads(result.read_text())
    assert found["failed"] == {} and set(found["parts"]) == {"micro", "sessions"}
    sessions = found["parts"]["sessions"]["summary"]
    assert (sessions["round_trips"], sessions["lost"], sessions["doubled_or_misplaced"]) == (sessions["sessions"], 0, 0)
    assert {goal["verdict"] for goal in found["goals"]} == {"–"}, "a short run judges nothing"
    assert not serving()

    shown = bench("--markdown", str(result))
    assert shown.returncode == 0
    assert "## Goals" in shown.stdout and "`sign-list-request`" in shown.stdout and "1000 sessions" in shown.stdout


def test_an_interrupted_run_stops_what_it_started(tmp_path: Path) -> None:
    with (tmp_path / "output").open("wb") as output:
        run = subprocess.Popen(
            [SCRIPT, "--quick", "--no-install", "--bin", str(BIN), "--only", "curve", "--json", str(tmp_path / "result.json")],
            stdout=output, stderr=output, cwd="/",
        )
        deadline = time.monotonic() + 30
        while not any("mcp-gateway" in line for line in serving()):
            assert time.monotonic() < deadline and run.poll() is None, (tmp_path / "output").read_text()
            time.sleep(0.05)
        os.kill(run.pid, signal.SIGTERM)
        assert run.wait(15) == 130
    deadline = time.monotonic() + 5
    while serving() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not serving()
    assert not (tmp_path / "result.json").exists()


def test_a_part_that_fails_fails_the_run_and_is_named(tmp_path: Path) -> None:
    for name in ("mcp-gateway", "micro-benchmarks"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho broken >&2\nexit 1\n")
        program.chmod(0o755)
    result = tmp_path / "result.json"
    run = bench("--quick", "--no-install", "--bin", str(tmp_path), "--only", "sessions", "--json", str(result))
    assert run.returncode == 1
    assert "Part sessions failed" in run.stderr
    assert json.loads(result.read_text())["failed"] == {"sessions": "exit status 1"}
    assert "**Part `sessions` failed: exit status 1.**" in bench("--markdown", str(result)).stdout


@pytest.mark.parametrize(
    "words",
    [("--nonsense",), ("--json",), ("--only", "everything"), ("--only", ""), ("--no-install", "--bin", "/nonexistent"),
     ("--no-install", "--bin", "/tmp", "--only", "servers")],
)
def test_wrong_usage(words: tuple[str, ...]) -> None:
    run = bench(*words)
    assert run.returncode == 2 and run.stderr


def test_help_teaches() -> None:
    text = bench("--help").stdout
    for word in ("--bin DIR", "--quick", "--only", "Exit status", *report.PARTS):
        assert word in text, word


# ---- judging -------------------------------------------------------------------------------------

def whole_run(**parts: object) -> dict[str, object]:
    return {"build": "release", "quick": False, "parts": parts, "failed": {}}


def verdicts(run: dict[str, object]) -> dict[str, str]:
    return {row[0]: row[3] for row in report.goals(run)}


def test_goals_are_met_or_missed_in_both_directions() -> None:
    summary = {"start_ms": 20, "stdio_32": {"rps": 2999.0}, "list_32": {"rps": 15000.0}, "rss_half_mb": 10, "rss_after_mb": 11.1}
    found = verdicts(whole_run(servers={"summary": {"ecs-mcp-server": summary}}))
    assert found["`ecs-mcp-server`: start to the answer to `initialize` over stdio"] == "met"
    assert found["… tools/call over stdio, 32 in flight, 20 servers an answer"] == "missed"
    assert found["… `tools/list` on `/mcp`, one core"] == "met"
    assert found["… the same ÷ after half of them"] == "missed"
    assert found["sign a request"] == "–", "not measured"


def test_an_unoptimised_build_is_not_judged() -> None:
    run = whole_run(sessions={"summary": {"lost": 5}})
    assert verdicts(run)["5,000 SSE sessions, a round trip each: answers lost"] == "missed"
    assert set(verdicts({**run, "build": "debug"}).values()) == {"–"}
    assert set(verdicts({**run, "quick": True}).values()) == {"–"}


@pytest.mark.parametrize(
    ("costs", "knee"),
    [([], 1.0), ([50], 1.0), ([50, 40, 30], 1.0), ([50, 40, 44], 1.1), ([40, 50, 30, 45], 1.5), ([40, None, 60], 1.5)],
)
def test_the_knee_is_what_a_request_costs_more_than_at_a_smaller_load(costs: list[float | None], knee: float) -> None:
    assert curve.knee([{"cpu_us": cost} for cost in costs]) == pytest.approx(knee)


def test_figures_go_into_a_document_between_its_marks(tmp_path: Path) -> None:
    document = tmp_path / "document.md"
    document.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n")
    result = tmp_path / "result.json"
    machine = {"time": "now", "cpu": "a processor", "cores": 2, "kernel": "6", "load_before": [0.1, 0, 0]}
    run = {**whole_run(micro={"build": "release", "benchmarks": [{"name": "sign", "allocations": 3, "ns": 1500}]}),
           "machine": machine, "version": "1", "commit": "abc"}
    result.write_text(json.dumps(run))
    command = [sys.executable, str(HARNESS / "report.py"), "document", str(result), str(document)]
    for _ in range(2):
        subprocess.run(command, check=True, timeout=20, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        text = document.read_text()
        assert text.startswith(f"before\n{report.BEGIN}\n") and text.endswith(f"{report.END}\nafter\n")
        assert "old" not in text and "| `sign`" in text and text.count("\n### Goals\n") == 1 and "\n## " not in text
    document.write_text("no marks\n")
    assert subprocess.run(command, capture_output=True, timeout=20).returncode == 1
    assert report.BEGIN in (ROOT / "docs" / "PERFORMANCE.md").read_text()
