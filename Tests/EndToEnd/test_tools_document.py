"""docs/TOOLS.md says what the three servers register."""

from __future__ import annotations

import json
import subprocess

import pytest

from support.processes import BIN, ROOT
from support.world import SERVICES

SCRIPT = str(ROOT / "scripts" / "docs.sh")
DOCUMENT = (ROOT / "docs" / "TOOLS.md").read_text()


def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env={"PATH": "/usr/bin:/bin", **env}, capture_output=True, text=True, timeout=60)


def listed(executable: str) -> list[dict[str, object]]:
    result = run(str(BIN / executable), "--list-tools", "--format", "json")
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_the_document_is_up_to_date() -> None:
    # A filter in the environment of whoever runs the script does not shorten the document.
    result = run(SCRIPT, "--print", MCP_BIN=str(BIN), MCP_INCLUDE_TOOLS="nothing")
    assert result.returncode == 0, result.stderr
    assert result.stdout == DOCUMENT, "run scripts/docs.sh"


@pytest.mark.parametrize("executable", SERVICES.values())
def test_every_registered_tool_has_its_section(executable: str) -> None:
    tools = listed(executable)
    section = DOCUMENT.split(f"\n## `{executable}`\n")[1].split("\n## ")[0]
    titles = [line.removeprefix("### `").removesuffix("`") for line in section.splitlines() if line.startswith("### ")]
    assert titles == [tool["name"] for tool in tools]
    for tool in tools:
        row = next(line for line in section.splitlines() if line.startswith(f"| `{tool['name']}` |"))
        assert row.split("|")[3].split(";")[0].strip() == tool["minimum_role"]


def test_a_server_that_fails_leaves_no_half_document(tmp_path) -> None:
    for executable in SERVICES.values():
        (tmp_path / executable).symlink_to(BIN / executable)
    (tmp_path / SERVICES["cts"]).unlink()
    result = run(SCRIPT, "--print", MCP_BIN=str(tmp_path))
    assert result.returncode != 0 and result.stdout == ""
