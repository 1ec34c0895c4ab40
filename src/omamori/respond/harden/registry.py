"""The measures by name. A new one is a file in `measures/` with a `KIND`, and one line here."""

from __future__ import annotations

from omamori.respond.harden.kind import Kind
from omamori.respond.harden.measures.own_antivirus import KIND as OWN_ANTIVIRUS

KINDS: tuple[Kind, ...] = (OWN_ANTIVIRUS,)
"""In the order in which they are done: what stops nothing first."""
