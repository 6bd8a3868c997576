"""docs/CONFIGURATION.md names everything that the code knows, and nothing else."""

from __future__ import annotations

import re
import subprocess

import pytest

from support.processes import BIN, ROOT
from support.variables import known_variables
from support.world import SERVICES

DOCUMENT = (ROOT / "docs" / "CONFIGURATION.md").read_text()
# Whatever stands in code marks.
NAMED = set(re.findall(r"`([^`\n]+)`", DOCUMENT))
GATEWAY_COMMANDS = [
    "serve", "token keygen", "token create", "token verify", "config validate", "config preview", "explain", "audit verify",
]


def options(program: str, *command: str) -> set[str]:
    result = subprocess.run([str(BIN / program), *command, "--help"], env={}, capture_output=True, text=True, timeout=30)
    assert result.returncode == 0, result.stderr
    listed = result.stdout[result.stdout.index("OPTIONS:"):] if "OPTIONS:" in result.stdout else ""
    return set(re.findall(r"(?m)^  (?:-\w, )?(--[a-z-]+)", listed))


def section(title: str) -> str:
    found = re.search(rf"(?ms)^{re.escape(title)}$(.*?)(?=^## |\Z)", DOCUMENT)
    assert found, title
    return found.group(1)


def test_every_variable_of_the_code_is_in_the_document() -> None:
    assert len(known_variables()) > 30, "the pattern no longer finds them"
    assert known_variables() - NAMED == set()


def test_every_variable_of_the_document_is_in_the_code() -> None:
    rows = re.findall(r"(?m)^\| `([A-Z][A-Z0-9_]+)` \|", DOCUMENT)
    assert len(rows) > 30 and set(rows) - known_variables() == set()
    assert "`HUAWEICLOUD_SDK_REGION_<SERVICE>_<REGION>`" in DOCUMENT


@pytest.mark.parametrize("program", SERVICES.values())
def test_every_option_of_a_server_is_in_the_document(program: str) -> None:
    found = options(program)
    assert len(found) > 8 and found - {name for name in re.findall(r"`(--[a-z-]+)`", section("## The servers"))} == set()


@pytest.mark.parametrize("command", GATEWAY_COMMANDS)
def test_every_option_of_the_gateway_is_in_the_document(command: str) -> None:
    found = options("mcp-gateway", *command.split())
    rows = re.findall(r"(?m)^\| (`--[^|]*) \| ([^|]*) \|", section("## The gateway"))
    named: set[str] = {"--version", "--help"}
    for names, commands in rows:
        if any(command == one or command.startswith(f"{one} ") for one in re.findall(r"`([^`]+)`", commands)):
            named |= set(re.findall(r"--[a-z-]+", names))
    assert found - named == set()


def test_no_option_of_the_document_is_unknown() -> None:
    known = set().union(*(options("mcp-gateway", *command.split()) for command in GATEWAY_COMMANDS), *map(options, SERVICES.values()))
    assert set(re.findall(r"`(--[a-z-]+)`", DOCUMENT)) - known == set()


def test_all_commands_of_the_gateway_are_checked() -> None:
    """A new command must be added above."""

    def commands(*path: str) -> set[str]:
        text = subprocess.run([str(BIN / "mcp-gateway"), *path, "--help"], env={}, capture_output=True, text=True, timeout=30).stdout
        if "SUBCOMMANDS:" not in text:
            return {" ".join(path)}
        names = re.findall(r"(?m)^  ([a-z]+)\b", text[text.index("SUBCOMMANDS:"):])
        return set().union(*(commands(*path, name) for name in names if name != "help"))

    assert commands() == set(GATEWAY_COMMANDS)


def test_every_member_of_the_manifest_is_in_the_document() -> None:
    folder = ROOT / "Sources" / "Gateway" / "Manifest"
    limits = re.findall(r'Member\(name: "([a-z_]+)"', (folder / "Limits+Members.swift").read_text())
    calls = r'(?:string|strings|stringOrStrings|boolean|integer|object|array)\("([a-z_]+)"|has\("([a-z_]+)"\)'
    manifest = {one or two for one, two in re.findall(calls, (folder / "ManifestReader.swift").read_text())}
    service = {one or two for one, two in re.findall(calls, (folder / "ServiceReader.swift").read_text())}
    assert len(limits) >= 12 and len(manifest) >= 11 and len(service) >= 8
    rows = set(re.findall(r"(?m)^\| `([a-z_.\[\]]+)` \|", section("## The gateway")))
    assert {f"limits.{name}" for name in limits} <= rows
    last = {row.rsplit(".", 1)[-1].removesuffix("[]") for row in rows} | {row.split(".", 1)[0].removesuffix("[]") for row in rows} | {"tools"}
    assert manifest | service <= last
    assert {row for row in rows if row.startswith("services[].")} == {
        f"services[].{name}" for name in service - {"tools", "include", "exclude"}
    } | {"services[].tools.include", "services[].tools.exclude"}


@pytest.mark.parametrize("name", [".env.example", "deploy/systemd/gateway.env.example"])
def test_example_settings_are_known(name: str) -> None:
    names = re.findall(r"(?m)^#? ?([A-Z][A-Z0-9_]+)=", (ROOT / name).read_text())
    assert names and set(names) - known_variables() == set()
