"""What changed since an earlier look at the network, as the picture marks it."""

from __future__ import annotations

from omamori.analyze.changes.kinds import NetworkChanges, kinds_by_asset
from omamori.map.hospital import Changes
from omamori.model.clean import clean


def changes_of(network: NetworkChanges | None) -> Changes | None:
    """Return machine → kind of change; None where nothing was compared."""
    if network is None:
        return None
    return Changes(network.since, {clean(asset, 120): kind for asset, kind in kinds_by_asset(network).items()})
