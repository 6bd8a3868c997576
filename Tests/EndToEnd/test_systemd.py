"""The systemd unit: well formed, hardened, and its settings file is one that the gateway accepts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from support.deployment import filled
from support.keys import keygen
from support.processes import BIN, ROOT

FOLDER = ROOT / "deploy" / "systemd"
UNIT = FOLDER / "mcp-gateway.service"

# Of 10. What remains is that the service uses the network and the root folder of the machine.
EXPOSURE_LIMIT = 1.5


def settings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            name, value = line.split("=", 1)
            found.setdefault(name, []).append(value)
    return found


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with the executable where it is here: verify wants to see it."""
    text = UNIT.read_text()
    installed = "/opt/huaweicloud-mcp/bin/mcp-gateway"
    assert text.count(installed) == 1
    path = tmp_path / UNIT.name
    path.write_text(text.replace(installed, str(BIN / "mcp-gateway")))
    return path


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    env = {**os.environ, "LC_ALL": "C", "SYSTEMD_COLORS": "0"}
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, env=env, timeout=60)


def test_unit_passes_systemd_analyze_verify(unit: Path) -> None:
    result = analyze("verify", "--man=no", str(unit))
    assert result.returncode == 0 and UNIT.name not in result.stderr, result.stderr


def test_verify_would_notice_a_mistake(unit: Path) -> None:
    unit.write_text(unit.read_text().replace("ProtectSystem=strict", "ProtectSystem=very").replace("RestartSec=", "RestartSecond="))
    result = analyze("verify", "--man=no", str(unit))
    assert "RestartSecond" in result.stderr and "very" in result.stderr


def test_unit_is_hardened(unit: Path) -> None:
    result = analyze("security", "--offline=yes", f"--threshold={int(EXPOSURE_LIMIT * 10)}", "--no-pager", str(unit))
    assert result.returncode == 0, result.stdout[-400:]


def test_unit_says_what_the_specification_asks_for() -> None:
    unit = settings()
    wanted = {
        "Type": "exec", "Restart": "on-failure", "RestartPreventExitStatus": "2", "RestartSec": "5s", "LimitNOFILE": "65536",
        "NoNewPrivileges": "yes", "PrivateTmp": "yes", "ProtectSystem": "strict", "ProtectHome": "yes",
        "After": "network-online.target", "Wants": "network-online.target", "LogsDirectory": "huaweicloud-mcp",
        "CapabilityBoundingSet": "",
    }
    assert {name: unit.get(name) for name in wanted} == {name: [value] for name, value in wanted.items()}
    assert unit["User"] == unit["Group"] != ["root"]
    assert len(unit["EnvironmentFile"]) == 1 and not unit["EnvironmentFile"][0].startswith("-")
    assert not {"ReadWritePaths", "StateDirectory", "RuntimeDirectory", "CacheDirectory", "ExecStartPre", "Environment"} & set(unit)
    assert unit["ExecStart"][0].split()[0].startswith("/")


def test_time_to_stop_is_above_the_drain_time() -> None:
    drain = json.loads((ROOT / "manifest.json").read_text())["limits"]["drain_timeout"]
    seconds = int(settings()["TimeoutStopSec"][0].removesuffix("s"))
    assert seconds > drain + 5, "running requests, then the servers' 5 s"


def test_settings_file_starts_the_gateway_once_the_credentials_are_filled_in(tmp_path: Path) -> None:
    keys = keygen(tmp_path)
    text = filled((FOLDER / "gateway.env.example").read_text())
    file = tmp_path / "gateway.env"
    file.write_text(text.replace("/etc/huaweicloud-mcp/jwt-public.pem", str(keys.public)))
    command = [str(BIN / "mcp-gateway"), "serve", "--manifest", str(ROOT / "manifest.json"), "--env-file", str(file), "--print-only"]
    result = subprocess.run(command, env={}, capture_output=True, text=True, timeout=30)
    assert result.returncode == 0, result.stderr
    assert "jwt" in result.stdout


def test_settings_file_reads_the_same_for_systemd_and_for_the_gateway() -> None:
    for line in (FOLDER / "gateway.env.example").read_text().splitlines():
        if line and not line.startswith("#"):
            name, value = line.split("=", 1)
            assert name.isupper() and name.replace("_", "").isalnum() and not set(value) & set("\"'\\#$ "), line
