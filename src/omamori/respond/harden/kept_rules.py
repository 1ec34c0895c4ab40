"""Rules of firewalls and rights of shares word by word, out of the stored evidence of Windows machines.

The tables say what they mean; a plan that makes them narrower needs what they are, with what the tables leave out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from omamori.model.evidence import of_columns
from omamori.parse.windows.firewall_store import stored_rules
from omamori.parse.windows.share_store import stored_rights
from omamori.respond.harden.facts import KeptRights, KeptRule
from omamori.snapshot.database import Database
from omamori.snapshot.evidence import EvidenceStore

_RULES = "select distinct asset, evidence from firewall_rules where product = 'windows-firewall' and evidence is not null order by all"
_RIGHTS = (
    "select distinct a.asset, a.evidence from share_access a join hosts h on h.asset = a.asset and h.platform = 'windows'"
    " where a.evidence is not null order by all"
)
T = TypeVar("T")


def kept_rules(database: Database, store: EvidenceStore, assets: Iterable[str] | None = None) -> Mapping[str, tuple[KeptRule, ...]]:
    """Return the inbound rules in force of each machine (`assets` None: all) as their registry holds them.

    A machine whose rules came from a command that prints no registry is left out, as is evidence that is gone or was altered.
    """

    def rules(data: bytes, blob: str, lines: set[int]) -> list[KeptRule]:
        return [KeptRule(one.place, one.name, one.text, f"{blob}:{one.line}") for one in stored_rules(data) if one.line in lines]

    return _whole(database.select(_RULES), store, assets, rules)


def kept_rights(database: Database, store: EvidenceStore, assets: Iterable[str] | None = None) -> Mapping[str, tuple[KeptRights, ...]]:
    """Return the rights of each Windows machine's shares with what they deny, as `kept_rules` does the rules."""

    def rights(data: bytes, blob: str, lines: set[int]) -> list[KeptRights]:
        return [KeptRights(one.share, one.entries, f"{blob}:{one.line}", one.data) for one in stored_rights(data) if one.line in lines]

    return _whole(database.select(_RIGHTS), store, assets, rights)


def _whole(
    rows: Iterable[tuple[str, str]],
    store: EvidenceStore,
    assets: Iterable[str] | None,
    read: Callable[[bytes, str, set[int]], list[T]],
) -> Mapping[str, tuple[T, ...]]:
    """Return what stands in the lines that rows point to, by machine; those of which a line could not be read back are left out."""
    wanted = None if assets is None else frozenset(assets)
    places: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for asset, evidence in rows:
        blob, _, line = of_columns(str(evidence), ()).partition(":")
        if line.isascii() and line.isdigit() and len(line) < 12 and (wanted is None or asset in wanted):
            places[asset][blob].add(int(line))
    whole = {item.sha256[:16]: item.sha256 for receipt in store.receipts() for item in receipt.items} if places else {}
    found: dict[str, tuple[T, ...]] = {}
    for asset, blobs in places.items():
        kept = [one for blob, lines in blobs.items() if blob in whole for one in read(_data(store, whole[blob]), blob, lines)]
        if sum(map(len, blobs.values())) == len(kept):
            found[asset] = tuple(kept)
    return found


def _data(store: EvidenceStore, sha256: str) -> bytes:
    try:
        return store.read(sha256)
    except (OSError, ValueError):
        return b""
