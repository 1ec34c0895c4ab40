"""Which vendors a cell of the ledger names: one, or several who look after one machine together."""

from __future__ import annotations

import re
from collections.abc import Collection

_BETWEEN = re.compile(r"\s*[、，,;；/／\n]\s*|\s*(?:および|及び)\s*")


def vendors_of(said: str | None, known: Collection[str] = ()) -> tuple[str, ...]:
    """Return the vendors a cell names, each once.

    `known` are the names of the sheet of vendors: a cell that is one of them as a whole is never taken apart, whatever
    stands in the name.
    """
    whole = (said or "").strip()
    if not whole:
        return ()
    if whole in known:
        return (whole,)
    return tuple(dict.fromkeys(part.strip() for part in _BETWEEN.split(whole) if part.strip()))
