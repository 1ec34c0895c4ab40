"""Whether the design foresees a connection between two addresses: asked from both ends' sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from omamori.analyze.coverage import Coverage
from omamori.analyze.peers import Places
from omamori.model.declared import DesignedFlow
from omamori.model.look import EVERYWHERE
from omamori.snapshot.database import Database


@dataclass(frozen=True, slots=True)
class Design:
    """The flows somebody decided on. `decided`: machines of which it is known what they are meant to do."""

    places: Places
    needed: Mapping[str, Sequence[DesignedFlow]]
    open: Mapping[str, Sequence[DesignedFlow]]
    decided: frozenset[str]

    @classmethod
    def read(cls, database: Database, coverage: Coverage) -> Design:
        """Read it from the sheet of designed flows and the vendors' answers."""
        needed: dict[str, list[DesignedFlow]] = defaultdict(list)
        undecided: dict[str, list[DesignedFlow]] = defaultdict(list)
        decided = set()
        for flow in database.rows("designed_flows"):
            if flow.needed in ("yes", "no"):
                decided.add(flow.asset)
            if flow.needed == "yes":
                needed[flow.asset].append(flow)
            elif flow.needed != "no":
                undecided[flow.asset].append(flow)
        whole = coverage.view("designed_flows", EVERYWHERE).knows("asset", "peer", "direction", "port", "protocol", "needed")
        return cls(Places.read(database), needed, undecided, frozenset(decided) if whole else frozenset())

    def foresees(self, source: str, destination: str, protocol: str | None, port: int | None) -> bool | None:
        """Return whether a connection is foreseen; None where neither end's connections were decided on, or one still waits for an answer."""
        caller, called = self.places.addresses.get(source), self.places.addresses.get(destination)
        ends = (("out", caller, destination, called), ("in", called, source, caller))
        if any(self._fits(self.needed, *one, protocol, port) for one in ends):
            return True
        if not {caller, called} & self.decided or any(self._fits(self.open, *one, protocol, port) for one in ends):
            return None
        unresolved = any(not self.places.known(flow.peer) for name in (caller, called) if name for flow in self.needed.get(name, ()))
        return None if unresolved else False

    def _fits(
        self, flows: Mapping[str, Sequence[DesignedFlow]], direction: str, asset: str | None, peer: str, other: str | None,
        protocol: str | None, port: int | None,
    ) -> bool:  # fmt: skip
        return asset is not None and any(
            flow.direction == direction
            and flow.port in (None, port)
            and flow.protocol in (None, protocol)
            and self.places.covers(flow.peer, peer, other)
            for flow in flows.get(asset, ())
        )
