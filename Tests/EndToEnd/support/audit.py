"""Audit files, read and made without the product: what a chain is, is said here once more."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from .keys import gateway_command

ORIGIN = "0" * 64
LIMIT = 64 << 20  # a file that would grow beyond it is put aside

Record = dict[str, Any]


def sha256(data: bytes | str) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def line(seq: int, prev: str, **fields: Any) -> str:
    """A record with its place in the chain, as a writer writes it; without the line feed."""
    hashed = compact({"seq": seq, "prev": prev, **fields})
    return f'{hashed[:-1]},"hash":"{sha256(hashed)}"}}'


def resealed(text: str, /, **changes: Any) -> str:
    """The record with other members and a hash that fits: what a forger writes who knows how it is made."""
    record = {**json.loads(text), **changes}
    record.pop("hash")
    return line(**record)


def lines(path: Path) -> list[str]:
    """The whole lines of a file; a record that is just being written is not one yet."""
    text = path.read_text() if path.exists() else ""
    return text[: text.rfind("\n") + 1].splitlines()


def records(path: Path) -> list[Record]:
    return [json.loads(text) for text in lines(path)]


def of_event(path: Path, event: str) -> list[Record]:
    return [record for record in records(path) if record["event"] == event]


def assert_chained(texts: Iterable[str]) -> None:
    """Every line has the number after, and the hash of, the one before, and its own hash."""
    seq, prev = 0, ORIGIN
    for text in texts:
        record = json.loads(text)
        assert (record["seq"], record["prev"]) == (seq + 1, prev), text
        end = f',"hash":"{record["hash"]}"}}'
        assert text.endswith(end) and sha256(text.removesuffix(end) + "}") == record["hash"], text
        seq, prev = record["seq"], record["hash"]


def siblings(path: Path) -> list[Path]:
    """The files that were put aside, oldest first, and the one that is written to."""
    return [*sorted(path.parent.glob(f"{path.name}.*")), path]


def verify(*files: Path, json_output: bool = False) -> subprocess.CompletedProcess[str]:
    return gateway_command("audit", "verify", *map(str, files), *(["--format", "json"] if json_output else []))


def assert_intact(*files: Path) -> str:
    """The files verify, by the product and by the rule; returns what the product says."""
    result = verify(*files)
    assert result.returncode == 0 and result.stdout.startswith("ok: "), (result.stdout, result.stderr)
    assert_chained(text for file in files for text in lines(file))
    return result.stdout


def prefilled(path: Path, size: int) -> str:
    """A chain that fills a file up to a size, as an earlier process has left it; returns the last hash."""
    with path.open("w") as file:
        seq, prev, left = 0, ORIGIN, size
        while left:
            base = len(line(seq + 1, prev, event="filler", text="")) + 1
            assert left >= base
            # What is left for the last record must be a whole one.
            take = left if left <= 900_000 else min(900_000, left - 2 * base)
            text = line(seq + 1, prev, event="filler", text="x" * (take - base))
            file.write(text + "\n")
            seq, prev, left = seq + 1, json.loads(text)["hash"], left - take
    assert path.stat().st_size == size
    return prev


def waits_for_lock(path: Path) -> bool:
    """Whether somebody waits for a lock on the file."""
    number = f":{path.stat().st_ino} "
    return any("->" in text and "FLOCK" in text and number in text for text in Path("/proc/locks").read_text().splitlines())


def eventually(condition: Callable[[], Any], what: str, seconds: float = 20) -> Any:
    """The first true value of the condition."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, what
        time.sleep(0.02)
    return value


def occupy(path: Path) -> Path:
    """Puts a folder where the file was, so that nothing can be written there, by root neither; returns where the file is now."""
    aside = path.with_name(f"was-{path.name}")
    path.rename(aside)
    path.mkdir()
    return aside


def release(path: Path, aside: Path) -> None:
    """Puts the file back."""
    path.rmdir()
    os.rename(aside, path)
