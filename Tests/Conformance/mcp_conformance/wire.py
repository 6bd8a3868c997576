"""Records every message that crosses the wire in a scenario and judges it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .jsonio import JsonObject, short
from .model import MODERN, Check, Status
from .spec_schema import spec_schema

_DEFINED_MODERN_CODES = frozenset({-32020, -32021, -32022})
_FORBIDDEN_MODERN_CODES = frozenset({-32002, -32042})
_MAX_SHOWN = 3


@dataclass
class Violation:
    """One message that should not have been sent."""

    context: str
    errors: list[str]
    message: Any

    def __str__(self) -> str:
        return f"{self.context}: {'; '.join(self.errors)} — {short(self.message, 220)}"


@dataclass
class WireRecorder:
    """Validates traffic of one scenario against the schema of one revision."""

    revision: str
    observed: int = 0
    server_violations: list[Violation] = field(default_factory=list)
    harness_violations: list[Violation] = field(default_factory=list)
    rule_violations: list[Violation] = field(default_factory=list)
    framing_notes: list[str] = field(default_factory=list)

    def inbound(
        self,
        message: Any,
        context: str,
        *,
        answered_method: str | None = None,
        probe_id: Any = None,
        revision: str | None = None,
    ) -> None:
        """Judge a message from the server.

        `probe_id` is given for deliberately broken requests only: an error that answers one,
        alone or in a batch, may carry no id or a null one, as JSON-RPC wants where the request
        was unreadable.
        """
        self.observed += 1
        judged = message if probe_id is None else _with_id(message, probe_id)
        errors = spec_schema(revision or self.revision).errors(judged, answered_method)
        if errors:
            self.server_violations.append(Violation(context, errors, message))
        self._apply_rules(message, context)

    def outbound(self, message: Any, context: str) -> None:
        """Judge a message of our own, so that a bug here does not pass for one over there."""
        errors = spec_schema(self.revision).errors(message)
        if errors:
            self.harness_violations.append(Violation(context, errors, message))

    def note_framing(self, text: str) -> None:
        """Remember an oddity below the JSON-RPC layer (SSE or line framing)."""
        if text not in self.framing_notes:
            self.framing_notes.append(text)

    def _apply_rules(self, message: Any, context: str) -> None:
        if self.revision != MODERN or not isinstance(message, dict):
            return
        problems = []
        code = _error_code(message)
        if code in _FORBIDDEN_MODERN_CODES:
            problems.append(f"error code {code} no longer exists in {MODERN}")
        elif code is not None and -32099 <= code <= -32020 and code not in _DEFINED_MODERN_CODES:
            problems.append(f"error code {code} is reserved and undefined")
        if "method" in message and "id" in message:
            problems.append("servers send no requests in the per-request era")
        if problems:
            self.rule_violations.append(Violation(context, problems, message))

    def checks(self) -> list[Check]:
        """The verdicts that every scenario ends with."""
        if not self.observed and not self.harness_violations:
            return []
        found = [_verdict("wire-schema-valid", self.server_violations, f"{self.observed} messages")]
        if self.harness_violations:
            found.append(_verdict("wire-schema-harness-error", self.harness_violations, ""))
        if self.rule_violations:
            found.append(_verdict("x-wire-rules", self.rule_violations, ""))
        for note in self.framing_notes:
            found.append(Check("x-wire-framing", Status.WARN, note))
        return found


def _with_id(message: Any, probe_id: Any) -> Any:
    """The message as if its errors without an id had this one."""
    if isinstance(message, list):
        return [_with_id(item, probe_id) for item in message]
    if (
        isinstance(message, dict)
        and message.get("error") is not None
        and message.get("id") is None
    ):
        return {**message, "id": probe_id}
    return message


def _error_code(message: JsonObject) -> int | None:
    error = message.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) else None


def _verdict(check_id: str, violations: list[Violation], ok_reason: str) -> Check:
    if not violations:
        return Check(check_id, Status.PASS, ok_reason)
    shown = [str(v) for v in violations[:_MAX_SHOWN]]
    if len(violations) > _MAX_SHOWN:
        shown.append(f"… {len(violations) - _MAX_SHOWN} more")
    return Check(check_id, Status.FAIL, " | ".join(shown))
