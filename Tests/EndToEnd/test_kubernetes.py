"""The Kubernetes manifests: what they promise about security, and that the gateway starts with what they give it."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.deployment import CREDENTIALS
from support.keys import gateway_command, keygen
from support.processes import BIN, ROOT

FOLDER = ROOT / "deploy" / "kubernetes"
KEY_FILE = "/etc/huaweicloud-mcp-keys/jwt-public.pem"


def documents(name: str) -> list[dict[str, Any]]:
    return [document for document in yaml.safe_load_all((FOLDER / name).read_text()) if document]


def only(name: str) -> dict[str, Any]:
    document, = documents(name)
    return document


@pytest.fixture
def pod() -> dict[str, Any]:
    return only("deployment.yaml")["spec"]["template"]["spec"]


@pytest.fixture
def container(pod: dict[str, Any]) -> dict[str, Any]:
    container, = pod["containers"]
    return container


def manifest() -> dict[str, Any]:
    return json.loads(only("configmap.yaml")["data"]["manifest.json"])


def test_every_file_is_applied_but_the_example_of_the_secret() -> None:
    applied = set(only("kustomization.yaml")["resources"])
    present = {path.name for path in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}
    assert present - applied == {"secret.example.yaml"} and applied <= present


def test_everything_is_in_the_namespace() -> None:
    namespace = only("namespace.yaml")["metadata"]["name"]
    for path in FOLDER.glob("*.yaml"):
        for document in documents(path.name):
            if document["kind"] not in ("Namespace", "Kustomization"):
                assert document["metadata"]["namespace"] == namespace, path.name


def test_cluster_enforces_restricted_pods() -> None:
    assert only("namespace.yaml")["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def test_two_replicas_that_are_never_all_gone() -> None:
    spec = only("deployment.yaml")["spec"]
    assert spec["replicas"] == 2
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    budget = only("poddisruptionbudget.yaml")["spec"]
    assert budget["minAvailable"] == 1
    labels = spec["template"]["metadata"]["labels"]
    for selector in (budget["selector"]["matchLabels"], spec["selector"]["matchLabels"], only("service.yaml")["spec"]["selector"]):
        assert selector.items() <= labels.items()


def test_no_root_and_no_privileges(pod: dict[str, Any], container: dict[str, Any]) -> None:
    assert pod["securityContext"]["runAsNonRoot"] is True and pod["securityContext"]["runAsUser"] >= 10000
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    security = container["securityContext"]
    assert security["readOnlyRootFilesystem"] is True and security["allowPrivilegeEscalation"] is False
    assert security["runAsNonRoot"] is True and security["privileged"] is False
    assert security["capabilities"] == {"drop": ["ALL"]}
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod)
    assert not any("hostPort" in port for port in container["ports"])
    assert "initContainers" not in pod


def test_nothing_can_be_written(pod: dict[str, Any], container: dict[str, Any]) -> None:
    assert all(mount["readOnly"] is True for mount in container["volumeMounts"])
    assert {next(iter(set(volume) - {"name"})) for volume in pod["volumes"]} == {"configMap", "secret"}


def test_no_access_to_the_clusters_api(pod: dict[str, Any]) -> None:
    assert pod["automountServiceAccountToken"] is False
    account = only("serviceaccount.yaml")
    assert account["automountServiceAccountToken"] is False and account["metadata"]["name"] == pod["serviceAccountName"]


def test_probes(container: dict[str, Any]) -> None:
    paths = {name: container[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")}
    assert paths == {
        "startup": {"path": "/healthz", "port": "http"}, "liveness": {"path": "/healthz", "port": "http"},
        "readiness": {"path": "/readyz", "port": "http"},
    }
    assert container["ports"] == [{"name": "http", "containerPort": 8080}]


def test_secrets_come_from_the_secret_and_are_named_in_its_example(pod: dict[str, Any], container: dict[str, Any]) -> None:
    example = only("secret.example.yaml")
    assert all(value == "" for value in example["stringData"].values()), "an example holds no key"
    used = {entry["name"]: entry["valueFrom"]["secretKeyRef"] for entry in container["env"] if "secretKeyRef" in entry.get("valueFrom", {})}
    assert set(used) == {"MCP_GATEWAY_SESSION_KEY", "MCP_STATE_KEYS", *CREDENTIALS}
    files = next(volume["secret"] for volume in pod["volumes"] if "secret" in volume)
    keys = {reference["key"] for reference in used.values()} | {item["key"] for item in files["items"]}
    assert keys == set(example["stringData"])
    assert {reference["name"] for reference in used.values()} | {files["secretName"]} == {example["metadata"]["name"]}
    assert [item["path"] for item in files["items"]] == ["jwt-public.pem"], "only the public half is in the pod"
    assert files["defaultMode"] == 0o440
    for entry in container["env"]:
        assert "valueFrom" in entry or not {"KEY", "SECRET", "TOKEN"} & set(entry["name"].split("_"))


def test_a_client_comes_back_to_the_pod_with_its_session() -> None:
    service = only("service.yaml")["spec"]
    assert service["sessionAffinity"] == "ClientIP" and service.get("type", "ClusterIP") == "ClusterIP"
    assert [port["targetPort"] for port in service["ports"]] == ["http"], "the admin listener is not published"


def test_time_to_stop_is_above_everything_that_happens_then(pod: dict[str, Any], container: dict[str, Any]) -> None:
    command, seconds = container["lifecycle"]["preStop"]["exec"]["command"]
    assert command == "sleep"
    assert pod["terminationGracePeriodSeconds"] > int(seconds) + manifest()["limits"]["drain_timeout"] + 5


def test_network_policy_names_who_may_come_in_and_what_may_go_out() -> None:
    policy = only("networkpolicy.yaml")["spec"]
    assert policy["podSelector"] == {} and set(policy["policyTypes"]) == {"Ingress", "Egress"}
    rule, = policy["ingress"]
    assert rule["from"] and rule["ports"] == [{"protocol": "TCP", "port": "http"}]
    names, cloud = policy["egress"]
    assert {port["port"] for port in names["ports"]} == {53} and names["to"]
    assert cloud["ports"] == [{"protocol": "TCP", "port": 443}]
    assert "169.254.0.0/16" in next(block["ipBlock"]["except"] for block in cloud["to"] if block["ipBlock"]["cidr"] == "0.0.0.0/0")


def test_user_is_that_of_the_image(pod: dict[str, Any]) -> None:
    user = next(line.split()[1] for line in (ROOT / "deploy/docker/Dockerfile").read_text().splitlines() if line.startswith("USER "))
    assert user == f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}"


def test_gateway_starts_with_what_the_deployment_gives_it(container: dict[str, Any], tmp_path: Path) -> None:
    keys = keygen(tmp_path)
    text = only("configmap.yaml")["data"]["manifest.json"]
    assert text.count(KEY_FILE) == 1
    path = tmp_path / "manifest.json"
    path.write_text(text.replace(KEY_FILE, str(keys.public)))
    assert gateway_command("config", "validate", "--manifest", str(path)).returncode == 0

    key = base64.b64encode(os.urandom(32)).decode()
    secrets = {**CREDENTIALS, "MCP_GATEWAY_SESSION_KEY": key, "MCP_STATE_KEYS": key}
    env: dict[str, str] = {}
    for entry in container["env"]:
        source = entry.get("valueFrom", {})
        if "configMapKeyRef" in source:
            env[entry["name"]] = only("configmap.yaml")["data"][source["configMapKeyRef"]["key"]]
        else:
            env[entry["name"]] = entry.get("value") or secrets[entry["name"]]
    words = [str(path) if word.endswith("manifest.json") else word for word in container["args"]]
    result = subprocess.run([str(BIN / "mcp-gateway"), *words, "--print-only"], env=env, capture_output=True, text=True, timeout=30)
    assert result.returncode == 0, result.stderr
    assert "0.0.0.0:8080" in result.stdout and "jwt" in result.stdout
