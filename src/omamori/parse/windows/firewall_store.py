"""The rules of Windows Firewall as they stand in the registry, word by word, from a stored evidence: what a plan that narrows them needs.

The table `firewall_rules` holds what rules mean; a rule is narrowed by writing its whole text anew (MS-FASP), so the text is read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from omamori.parse.windows.form import Piece
from omamori.parse.windows.forms.registry import shown_of
from omamori.parse.windows.lines import text_of
from omamori.parse.windows.registry.firewall import LOCAL, POLICY, parse_rule
from omamori.parse.windows.registry.tree import Tree
from omamori.parse.windows.store import read_pieces

Place = Literal["local", "policy", "app"]
_PLACES: Mapping[str, Place] = MappingProxyType(
    {
        rf"{POLICY}\firewallrules": "policy",
        rf"{LOCAL}\firewallrules": "local",
        rf"{LOCAL}\restrictedservices\appiso\firewallrules": "app",
    }
)


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A rule of the registry: its place, the name of its value, its text (`v2.x|Action=…|`), the line of the evidence it stands in."""

    place: Place
    name: str
    text: str
    line: int


def pieces_with(data: bytes, key: str) -> Iterator[Piece]:
    """Yield the outputs of an evidence that name a key of the registry (or which control set is in use): the others need not be read."""
    for piece in read_pieces(data):
        text = text_of(piece.lines).lower()
        if key in text or r"\system\select" in text:
            yield piece


def stored_rules(data: bytes) -> Iterator[StoredRule]:
    """Yield the rules that an evidence of the kind `windows.commands` shows; nothing where it shows no registry. Never raises on bad bytes."""
    tree = Tree(shown_of(list(pieces_with(data, "firewallrules"))))
    for key, place in _PLACES.items():
        for value in tree.values(key):
            if parse_rule(value) is not None:
                yield StoredRule(place, value.name, value.text, value.line)
