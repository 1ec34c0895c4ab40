"""Small graphs of steps: drawn by hand or by hypothesis, and a plain search over all their ways to compare with."""

from __future__ import annotations

from itertools import combinations

from hypothesis import strategies as st

from omamori.analyze.paths.parts import COSTS, Link, Parts, Proposal, entry_node, machine_node

MACHINES = tuple("abcde")
CHANGES = ("c1", "c2", "c3", "c4", "c5")
ENTRIES = ("in1", "in2")


def node(name):
    return entry_node(name) if name in ENTRIES else machine_node(name, "data")


def parts_of(links, costs=None, jewels=("d", "e"), entries=ENTRIES):
    """Parts whose only steps are these: (start, end, certain, changes)."""
    parts = Parts(entries=entries, jewels=dict.fromkeys(jewels, "important"))
    parts.links = [
        Link(node(start), node(end), "domain-administrator", certain, f"{start}{end}:1", changes) for start, end, certain, changes in links
    ]
    weights = costs or dict.fromkeys(CHANGES, "low")
    parts.propose(Proposal(name, name, name, weights[name], vendor="hospital") for name in CHANGES)
    return parts


def joined(links, removed=()):
    """All (entry, jewel) pairs a plain search finds when the changes `removed` were made."""
    pairs = set()
    for entry in ENTRIES:
        seen, todo = set(), [entry]
        while todo:
            at = todo.pop()
            for start, end, _, changes in links:
                if start == at and end not in seen and not set(changes) & set(removed):
                    seen.add(end)
                    todo.append(end)
        pairs |= {(entry, jewel) for jewel in ("d", "e") if jewel in seen}
    return pairs


def cheapest_by_trying(links, costs):
    """What the cheapest cut costs, by trying every set of changes; pairs that nothing cuts are left out."""
    stuck = joined(links, CHANGES)
    sets = (chosen for size in range(len(CHANGES) + 1) for chosen in combinations(CHANGES, size))
    return min(sum(COSTS[costs[one]] for one in chosen) for chosen in sets if joined(links, chosen) == stuck)


links = st.lists(
    st.tuples(
        st.sampled_from((*ENTRIES, *MACHINES)),
        st.sampled_from(MACHINES),
        st.booleans(),
        st.lists(st.sampled_from(CHANGES), max_size=2, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=14,
)
costs = st.fixed_dictionaries({name: st.sampled_from(tuple(COSTS)) for name in CHANGES})
