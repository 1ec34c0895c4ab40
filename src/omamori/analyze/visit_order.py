"""The order of visits: pure. Of machines that look alike one comes first; a zone nobody looked at counts once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from omamori.model.visits import VisitReason

FIRST = 10
"""How many machines are chosen one by one; the others follow by their points alone."""


def in_order(reasons: Mapping[str, Sequence[VisitReason]], alike: Mapping[str, str], zones: Mapping[str, str]) -> list[str]:
    """Return the names of `reasons` in the order of visits.

    `alike`: name → group it looks like; `zones`: name → zone. The first `FIRST` are chosen one after the other: a machine whose
    twin is chosen already waits, and the points for a new zone are given once for each zone. Ties go by name.
    """
    points = {name: sum(reason.points for reason in said) for name, said in reasons.items()}
    new_zone = {name: sum(reason.points for reason in said if reason.reason == "new_zone") for name, said in reasons.items()}
    rest = sorted(reasons, key=lambda name: (-points[name], name))
    chosen: list[str] = []
    groups: set[str] = set()
    entered: set[str] = set()
    while len(chosen) < FIRST:

        def worth(name: str) -> float:
            return points[name] - (new_zone[name] if zones.get(name) in entered else 0.0)

        free = [name for name in rest if alike.get(name) not in groups]
        if not free:
            break
        best = min(free, key=lambda name: (-worth(name), name))
        chosen.append(best)
        rest.remove(best)
        if best in alike:
            groups.add(alike[best])
        if best in zones:
            entered.add(zones[best])
    return chosen + rest
