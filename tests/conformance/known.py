"""The table known.toml: which of MicroPython's tests do not pass, and why."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.runner import Outcome, Result

TABLE = Path(__file__).with_name("known.toml")


@dataclass(frozen=True)
class Known:
    """How a test goes that does not pass."""

    outcome: Outcome
    reason: str
    shows: str = ""
    """What stands in the output of a test that fails for this reason."""

    def explains(self, result: Result) -> bool:
        """Whether the test went as it is known to."""
        return result.outcome is self.outcome and self.shows in result.output


def read_known() -> dict[str, Known]:
    """Every entry of the table, by the name of the test."""
    found: dict[str, Known] = {}
    for entry in tomllib.loads(TABLE.read_text(encoding="utf-8"))["known"]:
        known = Known(Outcome(entry["outcome"]), entry["reason"], entry.get("shows", ""))
        if known.outcome is Outcome.FAIL and "shows" not in entry:
            raise ValueError(f"{TABLE}: `{known.reason}` does not say what it shows")
        for name in entry["tests"]:
            if name in found:
                raise ValueError(f"{TABLE} names {name} twice")
            found[name] = known
    return found
