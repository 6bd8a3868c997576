"""The documents: links lead somewhere, examples are valid, lists are complete, and the two README files say the same."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from support.keys import gateway_command, keygen
from support.processes import ROOT


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=ROOT, capture_output=True, text=True, timeout=30)
    paths = listed.stdout.splitlines() if listed.returncode == 0 else [
        str(path.relative_to(ROOT)) for folder in (".", "docs", "deploy/*") for path in ROOT.glob(f"{folder}/*.md")
    ]
    return [ROOT / path for path in paths if (ROOT / path).exists()]


DOCUMENTS = tracked("*.md")


def prose(text: str) -> str:
    return re.sub(r"(?ms)^ *```.*?^ *```", "", text)


def blocks(text: str, language: str | None = None) -> list[str]:
    found = re.findall(r"(?ms)^( *)```(\w*)\n(.*?)^ *```", text)
    return [re.sub(rf"(?m)^{indent}", "", body) for indent, name, body in found if language in (None, name)]


def anchors(text: str) -> set[str]:
    titles = re.findall(r"(?m)^#+ (.+)$", prose(text))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(path.read_text())):
        if target.startswith(("https://", "http://")):
            continue
        file, _, anchor = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), target
        assert not anchor or anchor in anchors(found.read_text()), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_json_examples_are_json(path: Path) -> None:
    for block in blocks(path.read_text(), "json"):
        assert json.loads(block)


@pytest.mark.parametrize("document", ["docs/DEPLOYMENT.md", "deploy/nginx/README.md"])
def test_manifest_examples_are_accepted(document: str, tmp_path: Path) -> None:
    keygen(tmp_path)
    (tmp_path / "revocations.json").write_text('{"jti": ["alice-1"], "sub": ["mallory"]}')
    path = tmp_path / "manifest.json"
    for block in blocks((ROOT / document).read_text(), "json"):
        manifest = {"jwt": {"public_key": "file:jwt-public.pem"}, **json.loads(block)}
        path.write_text(json.dumps(manifest))
        result = gateway_command("config", "validate", "--manifest", str(path))
        assert result.returncode == 0, result.stderr


def test_every_refusal_of_the_gateway_is_explained() -> None:
    sources = "\n".join(path.read_text() for path in (ROOT / "Sources" / "Gateway").rglob("*.swift"))
    reasons = set(re.findall(r'(?:Refusal|retryable)\(\s*\d{3},\s*"([a-z-]+)', sources))
    document = (ROOT / "docs" / "TROUBLESHOOTING.md").read_text()
    assert len(reasons) > 15
    assert {reason for reason in reasons if not re.search(rf"`{reason}[`:]", document)} == set()


def test_security_model_is_one_page() -> None:
    text = (ROOT / "docs" / "SECURITY-MODEL.md").read_text()
    assert len(text.splitlines()) < 80 and len(text) < 8_000
    for title in ("What is protected", "What is trusted", "What is not protected"):
        assert f"## {title}" in text


# ---- README.md and README.zh-CN.md

ENGLISH = (ROOT / "README.md").read_text()
CHINESE = (ROOT / "README.zh-CN.md").read_text()


def without_comments(block: str) -> list[str]:
    return [re.sub(r"\s+#.*$", "", line) for line in block.splitlines()]


def test_readme_in_both_languages_has_the_same_headings() -> None:
    levels = [re.findall(r"(?m)^(#+) ", prose(text)) for text in (ENGLISH, CHINESE)]
    assert levels[0] == levels[1]


def test_readme_in_both_languages_has_the_same_code_blocks() -> None:
    english, chinese = blocks(ENGLISH), blocks(CHINESE)
    assert list(map(without_comments, english)) == list(map(without_comments, chinese))


def test_readme_in_both_languages_has_the_same_code_words_links_rows_and_points() -> None:
    for pattern in (r"`([^`]+)`", r"\]\(((?!README)[^)]+)\)", r"(?m)^(\|)", r"(?m)^(\*) "):
        found = [sorted(re.findall(pattern, prose(text))) for text in (ENGLISH, CHINESE)]
        assert found[0] == found[1]


def test_readme_in_both_languages_has_the_same_numbers() -> None:
    numbers = [sorted(re.findall(r"\d+(?:[.-]\d+)*", re.sub(r"\]\([^)]*\)", "", prose(text)))) for text in (ENGLISH, CHINESE)]
    assert numbers[0] == numbers[1]


def test_readme_files_name_one_another() -> None:
    assert "(README.zh-CN.md)" in ENGLISH and "(README.md)" in CHINESE
