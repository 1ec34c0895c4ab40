"""The rules of Windows firewalls word by word, out of the stored evidence: `firewall_rules` says what they mean, a plan needs what they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from omamori.model.evidence import of_columns
from omamori.parse.windows.firewall_store import stored_rules
from omamori.respond.harden.facts import KeptRule
from omamori.snapshot.database import Database
from omamori.snapshot.evidence import EvidenceStore

_ROWS = "select distinct asset, evidence from firewall_rules where product = 'windows-firewall' and evidence is not null order by all"


def kept_rules(database: Database, store: EvidenceStore, assets: Iterable[str] | None = None) -> Mapping[str, tuple[KeptRule, ...]]:
    """Return the inbound rules in force of each machine (`assets` None: all) as their registry holds them.

    A machine whose rules came from a command that prints no registry is left out, as is evidence that is gone or was altered.
    """
    wanted = None if assets is None else frozenset(assets)
    places: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for asset, evidence in database.select(_ROWS):
        blob, _, line = of_columns(str(evidence), ()).partition(":")
        if line.isascii() and line.isdigit() and len(line) < 12 and (wanted is None or asset in wanted):
            places[asset][blob].add(int(line))
    whole = {item.sha256[:16]: item.sha256 for receipt in store.receipts() for item in receipt.items}
    found: dict[str, tuple[KeptRule, ...]] = {}
    for asset, blobs in places.items():
        rules = [one for blob, lines in blobs.items() if blob in whole for one in _of_blob(store, whole[blob], lines)]
        # One line that could not be read back is enough not to know what all rules together let in.
        if sum(map(len, blobs.values())) == len(rules):
            found[asset] = tuple(rules)
    return found


def _of_blob(store: EvidenceStore, sha256: str, lines: set[int]) -> list[KeptRule]:
    try:
        data = store.read(sha256)
    except (OSError, ValueError):
        return []
    return [KeptRule(one.place, one.name, one.text, f"{sha256[:16]}:{one.line}") for one in stored_rules(data) if one.line in lines]
