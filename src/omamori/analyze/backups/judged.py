"""An answer about a copy: yes, no or not known, what shows it, and which look is lacking where it is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from omamori.analyze.backups.facts import Facts
from omamori.analyze.coverage import NEVER, View


@dataclass(frozen=True, slots=True)
class Judged:
    """`value` None: not known, and `lacking` says why. `told`: codes of `TOLD`, some with a detail after a colon."""

    value: bool | None = None
    told: tuple[str, ...] = ()
    lacking: View = NEVER

    @property
    def words(self) -> str | None:
        """The codes as a column holds them."""
        return "; ".join(dict.fromkeys(self.told)) or None


def unknown(told: str | Iterable[str], lacking: View | None = None, reason: str | None = None) -> Judged:
    """Return that something is not known: what is told of it, the look that is lacking, or the reason where no look is."""
    codes = (told,) if isinstance(told, str) else tuple(told)
    if lacking is None:
        lacking = View(complete=False, reason=reason or "to_confirm", looked=True)
    return Judged(None, codes, lacking)


def detail(code: str, *words: str | None) -> str:
    """Return a code with a detail; the marks that part codes are taken out of it."""
    text = " ".join(word for word in words if word).replace("; ", ", ").replace(";", ",").replace(": ", " ")
    return f"{code}: {text}" if text else code


def lacking_look(facts: Facts, *asked: tuple[str, str | None, tuple[str, ...]]) -> View | None:
    """Return the first of some looks (table, machine, columns) that is not there or not whole; None when all are."""
    for table, asset, columns in asked:
        view = facts.coverage.view(table, asset) if asset is not None else NEVER
        if not view.knows(*columns):
            return view if view.looked else NEVER
    return None


def first_known(*values: Any) -> Any:
    """Return the first that is not None."""
    return next((value for value in values if value is not None), None)
