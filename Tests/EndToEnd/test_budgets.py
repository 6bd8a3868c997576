"""What operations of the libraries cost, in allocations, against Benchmarks/budgets.json; and that the comparison can fail."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from support.processes import BIN, ROOT

BUDGETS = ROOT / "Benchmarks" / "budgets.json"


def measure(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BIN / "micro-benchmarks"), "--seconds", "0", *words], capture_output=True, text=True, timeout=60)


def test_allocations_are_within_their_budgets() -> None:
    result = measure("--check-budgets", str(BUDGETS))
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"


def test_the_check_can_fail(tmp_path: Path) -> None:
    figures = json.loads(measure("--json").stdout)
    build, names = figures["build"], [benchmark["name"] for benchmark in figures["benchmarks"]]
    budgets = json.loads(BUDGETS.read_text())
    suite = budgets["micro-benchmarks"][build]
    too_dear, unknown = names[0], names[1]
    real, suite[too_dear] = suite[too_dear], 1
    del suite[unknown]
    suite["gone"] = 5
    changed = tmp_path / "budgets.json"
    changed.write_text(json.dumps(budgets))

    result = measure("--check-budgets", str(changed))
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert f"{too_dear}: {real:g} allocations per operation are more than its budget of 1 (1.5 with tolerance)" in lines
    assert any(line.startswith(f"{unknown}: no budget in micro-benchmarks.{build}; it costs ") for line in lines)
    assert f"gone: a budget in micro-benchmarks.{build} without a benchmark" in lines
    assert "--update-budgets Benchmarks/budgets.json" in result.stderr

    assert measure("--update-budgets", str(changed)).returncode == 0
    assert measure("--check-budgets", str(changed)).returncode == 0
    updated = json.loads(changed.read_text())
    assert list(updated["micro-benchmarks"][build]) == names
    others = lambda content: {name: part for name, part in content.items() if name != "micro-benchmarks"}
    assert others(updated) == others(budgets), "other suites stay as they are"


def test_wrong_usage_is_told() -> None:
    assert measure("--filter", "sign", "--check-budgets", str(BUDGETS)).returncode == 64
    assert measure("--check-budgets", str(BUDGETS) + ".gone").returncode == 1
    assert "sign-list-request" in measure("--list").stdout.splitlines()
