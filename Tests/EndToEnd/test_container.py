"""The container image, as far as it can be checked without an engine: its file, its health check, its user, its read-only system."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.caller import Caller
from support.gateways import Gateway, start_jwt_gateway
from support.keys import keygen
from support.processes import BIN, ROOT, Process, wait_until_ok
from support.proxy import free_port

FOLDER = ROOT / "deploy" / "docker"


def instructions() -> list[tuple[str, str]]:
    """Instruction and argument, continued lines joined."""
    text = re.sub(r"(?m)^\s*#.*\n", "", (FOLDER / "Dockerfile").read_text())
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines if line.strip())]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    return found[max(index for index, (word, _) in enumerate(found) if word == "FROM"):]


def health_check() -> list[str]:
    argument, = [rest for word, rest in last_stage() if word == "HEALTHCHECK"]
    return json.loads(argument[argument.index("["):])


@pytest.fixture(scope="module")
def gateway(simulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    gateway = start_jwt_gateway(tmp_path_factory.mktemp("container"), simulator.env)
    yield gateway
    assert gateway.process.stop() == 0


def test_image_is_built_in_stages_and_holds_only_the_executables() -> None:
    assert len([word for word, _ in instructions() if word == "FROM"]) == 2
    copies = [rest for word, rest in last_stage() if word in ("COPY", "ADD")]
    assert len(copies) == 2
    assert "--from=build" in copies[0] and copies[0].endswith("/out/ /opt/huaweicloud-mcp/bin/")
    assert copies[1].split()[-2] == "manifest.json"
    assert all("--chown=0:0" in copy for copy in copies), "the process cannot change its own executables"
    build = [rest for word, rest in instructions() if word == "RUN"][0]
    assert build == "scripts/build.sh"


def test_image_runs_as_nobody_in_particular_and_says_how_to_stop_it() -> None:
    stage = dict(last_stage())
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", stage["USER"]), "by number, so that runAsNonRoot can be checked"
    assert stage["STOPSIGNAL"] == "SIGTERM"
    assert json.loads(stage["ENTRYPOINT"]) == ["mcp-gateway"], "no shell between the signal and the gateway"
    words = [word for word, _ in last_stage()]
    assert words.index("USER") > max(index for index, word in enumerate(words) if word in ("RUN", "COPY"))


def test_image_has_no_secret_and_no_open_mode() -> None:
    settings = dict(pair.split("=", 1) for word, rest in last_stage() if word == "ENV" for pair in rest.split())
    assert settings["MCP_GATEWAY_AUTH_MODE"] == "jwt"
    assert not [name for name in settings if re.search(r"KEY|TOKEN|SECRET", name)]
    assert not [word for word, _ in instructions() if word == "ARG"]


def test_only_what_the_build_needs_is_sent_to_the_builder() -> None:
    lines = [line for line in (FOLDER / "Dockerfile.dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert lines[0] == "*"
    for kept in (line[1:] for line in lines if line.startswith("!")):
        assert (ROOT / kept).exists() or kept == "Package.resolved", kept
    # The package cannot be read when the folder of one of its targets is missing.
    folders = set(re.findall(r'path: "(\w+)/', (ROOT / "Package.swift").read_text())) | {"Sources"}
    assert {"Benchmarks", "Tests"} < folders and folders <= {line[1:] for line in lines if line.startswith("!")}
    assert "**/*.pem" in lines and "**/.env" in lines


@pytest.mark.skipif(shutil.which("bash") is None, reason="the image has bash")
def test_health_check_of_a_running_gateway(gateway: Gateway) -> None:
    def check(port: int) -> int:
        env = {"PATH": os.environ["PATH"], "MCP_GATEWAY_PORT": str(port)}
        return subprocess.run(health_check(), env=env, capture_output=True, timeout=20).returncode

    assert check(gateway.port) == 0
    assert check(free_port()) != 0, "nobody listens"
    assert check(int(gateway.admin.rsplit(":", 1)[1])) == 0
    assert "dev/tcp" in health_check()[-1] and "/healthz" in health_check()[-1]


def test_gateway_and_server_run_as_another_user_on_a_read_only_system(simulator) -> None:
    missing = [name for name in ("unshare", "setpriv", "mount") if shutil.which(name) is None]
    if os.geteuid() != 0 or missing:
        pytest.skip(f"needs root, and the programs {missing}")
    # Not below pytest's folder: the other user may not look into it.
    with tempfile.TemporaryDirectory(prefix="mcp-e2e-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        keys = keygen(folder)
        manifest = folder / "manifest.json"
        manifest.write_text(json.dumps({
            "jwt": {"public_key": f"file:{keys.public}", "audience": "mcp-gateway"}, "services": [{"name": "ecs", "command": ["ecs-mcp-server"]}],
        }))
        port = free_port()
        read_only = "mount -o remount,bind,ro / && ! touch /tmp/x 2>/dev/null && exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs \"$@\""
        command = [
            "unshare", "--mount", "--propagation", "private", "sh", "-c",
            # /tmp and the like may be mounts of their own.
            "for at in $(awk '{print $2}' /proc/mounts | grep -vE '^/(proc|sys|dev)'); do mount -o remount,bind,ro \"$at\" 2>/dev/null; done; " + read_only,
            "sh", str(BIN / "mcp-gateway"), "serve", "--manifest", str(manifest), "--port", str(port), "--admin-port", "off",
        ]
        if subprocess.run([*command[:5], "-c", "mount -o remount,bind,ro /"], capture_output=True, timeout=20).returncode != 0:
            pytest.skip("mounts may not be changed here")
        process = Process(command, env=simulator.env, cwd=Path("/"))
        try:
            wait_until_ok(f"http://127.0.0.1:{port}/readyz", process)
            owner = Path(f"/proc/{process.pid}/status").read_text()
            assert re.search(r"(?m)^Uid:\s+10001\s+10001\s", owner) and re.search(r"(?m)^CapEff:\s+0+$", owner)
            assert Caller(port, keys.token()).open().call("ecs_list_servers", limit=1)["ok"]
        finally:
            assert process.stop() == 0
