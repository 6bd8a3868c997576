"""The environment variables that the code knows, read from the sources."""

from __future__ import annotations

import re
from functools import cache

from .processes import ROOT

# Not ours, but read.
STANDARD = {"NO_COLOR", "TZ"}
_NAME = re.compile(r'"((?:HUAWEICLOUD|MCP|CODEARTS|CTS)_[A-Z0-9_]*[A-Z0-9])"')


@cache
def known_variables() -> frozenset[str]:
    """Every literal in the sources that is the name of a variable; prefixes, which end with `_`, are none."""
    found: set[str] = set()
    for path in (ROOT / "Sources").rglob("*.swift"):
        found |= set(_NAME.findall(path.read_text()))
    text = "\n".join(path.read_text() for path in (ROOT / "Sources").rglob("*.swift"))
    found |= {name for name in STANDARD if f'"{name}"' in text}
    return frozenset(found)
