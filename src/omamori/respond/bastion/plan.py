"""Makes the plan of the move to one door from a judged snapshot, and says how each side stands by the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from omamori.analyze.reach.follow import Reached
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.parts import Network
from omamori.analyze.reach.ranges import address_number
from omamori.model.device import DeviceChain, DeviceRule
from omamori.respond.bastion.edits import FORWARD, INPUT, applied, closing_edits, opening_edits
from omamori.respond.bastion.facts import read_facts
from omamori.respond.bastion.lost import lost_flows
from omamori.respond.bastion.parts import Edit, Facts, Plan, Reaches, Side, Standing, Target
from omamori.respond.bastion.predict import bound_start, covered, inward, leaks, reached_by, rules_used, to_door
from omamori.respond.bastion.sides import group, inside_of, permissions
from omamori.respond.bastion.target import choose
from omamori.snapshot.database import Database

_EXAMPLES = 4
Found = Mapping[tuple[str, str], tuple[Reached, ...]]


def make_plan(database: Database, to: str | None = None) -> Plan:
    """Return the plan. `to` names the zone or machine of the door (None: chosen); NoSuchTarget when it is neither.

    Without an address for the door nothing is edited: then `target.needs` says what has to be there first.
    """
    facts = read_facts(database)
    target = choose(database, facts, to)
    bare, elsewhere, unseen = group(facts)
    before = reached_by(facts.network, bare)
    sides = [_permitted(facts, side, target, before) for side in bare]
    standing = _standing(facts, sides)
    edits: list[Edit] = []
    if target.address is not None:
        # A side that is done needs nothing: not even a way to the door, which nobody who uses it has missed.
        working = [side for side in sides if standing[(side.device, side.interface)].state != "done"]
        for device in sorted({side.device for side in working}):
            edits += closing_edits(device, [side for side in sides if side.device == device])
        edits += _opening(facts, working, target, edits)
    after = network_of(applied(facts.rows, edits), facts.doubts)
    then = reached_by(after, sides)
    return Plan(
        target=target,
        sides=tuple(sides),
        edits=tuple(edits),
        after=after,
        outcome=dict(_outcomes(database, facts, after, sides, target, before, then)),
        standing=(*standing.values(), *_gone(facts, sides)),
        lost=lost_flows(database, facts, sides, after) if edits else (),
        going=_going(facts, sides, before, then),
        elsewhere=tuple(elsewhere),
        unseen=tuple(unseen),
    )


def _permitted(facts: Facts, side: Side, target: Target, before: Found) -> Side:
    passing, admitted = permissions(facts, side, target, before[(side.device, side.interface)])
    return replace(side, passing=passing, admitted=admitted)


def _standing(facts: Facts, sides: Sequence[Side]) -> dict[tuple[str, str], Standing]:
    """Done where nothing inside but the door is reached; what cannot be told is never done."""
    inside = inside_of(facts, sides)
    reached = reached_by(facts.network, sides, [bound_start(side) for side in sides])
    told = {}
    for side in sides:
        key = (side.device, side.interface)
        found = inward(leaks(side, reached[key]), inside)
        state = "open" if any(one.reach != "unknown" for one in found) else "unknown" if found else "done"
        told[key] = Standing(side.name, state, found, side.entry.evidence)
    return told


def _gone(facts: Facts, sides: Sequence[Side]) -> list[Standing]:
    """Declared lines whose device was looked at completely and shows none."""
    shown = {side.name for side in sides}
    return [
        Standing(one.entry, "gone" if one.observed is False else "unknown", (), one.evidence)
        for one in facts.entries
        if one.line == one.entry and one.entry not in shown and one.declared and one.observed is not True and one.kind != "remote-software"
    ]


def _opening(facts: Facts, sides: Sequence[Side], target: Target, closing: Sequence[Edit]) -> list[Edit]:
    """Find the fewest rules that have to come so that each line gets to the door: none where the filters let it through already."""
    chains = [row for row in facts.rows if isinstance(row, DeviceChain)]
    devices = sorted(device.name for device in facts.network.devices)
    chosen: list[Edit] = []
    for side in sides:
        if side.line and side.passing:
            offered = [edit for device in devices for back in (False, True) for edit in opening_edits(device, chains, side, back=back)]
            chosen += _fewest(facts, side, target, [*closing, *chosen], offered)
    return chosen


def _fewest(facts: Facts, side: Side, target: Target, made: Sequence[Edit], offered: Sequence[Edit]) -> list[Edit]:
    def comes(edits: Sequence[Edit]) -> bool:
        network = network_of(applied(facts.rows, [*made, *edits]), facts.doubts)
        return to_door(network, side, target).reach == "open"

    if comes(()) or not offered or not comes(offered):
        return []
    kept = list(offered)
    # By device first: most are not on the way at all.
    for device in dict.fromkeys(edit.device for edit in offered):
        rest = [one for one in kept if one.device != device]
        if comes(rest):
            kept = rest
    for edit in list(kept):
        rest = [one for one in kept if one is not edit]
        if comes(rest):
            kept = rest
    return kept


def _outcomes(
    database: Database, facts: Facts, after: Network, sides: Sequence[Side], target: Target, before: Found, then: Found
) -> list[tuple[str, Reaches]]:
    doors: dict[str, list[tuple[str, int, str, int | None]]] = {}
    query = "select origin, asset, address, protocol, port from reached_services where origin_kind = 'entry' order by all"
    for origin, asset, address, protocol, port in database.select(query):
        number = address_number(address)
        if number is not None:
            doors.setdefault(origin, []).append((asset, number, protocol, port))
    jewels = {str(asset) for (asset,) in database.select("select asset from crown_jewels")}
    found = []
    for side in sides:
        key = (side.device, side.interface)
        known = sorted({door for one in side.entries for door in doors.get(one.entry, ())}, key=repr)
        kept = [door for door in known if door[0] != target.asset and covered(then[key], *door[1:])]
        moves = side.line and target.address is not None
        answer = to_door(after, side, target) if moves else None
        reaches = Reaches(
            machines_before=len({asset for asset, *_ in known}),
            machines_after=len({asset for asset, *_ in kept}),
            services_before=len(known),
            services_after=len(kept),
            left=leaks(side, then[key]),
            to_door=answer.reach if answer else "none",
            to_door_before=to_door(facts.network, side, target).reach if moves else "none",
            doubt=answer.doubt if answer else None,
            examples=tuple(
                dict.fromkeys(
                    f"{asset} {port}/{protocol}" for asset, _, protocol, port in sorted(known, key=lambda door: door[0] not in jewels)
                )
            )[:_EXAMPLES],
        )
        found.append((side.name, reaches))
    return found


def _going(facts: Facts, sides: Sequence[Side], before: Found, then: Found) -> dict[str, tuple[str, ...]]:
    """Return the rules that are for the sides alone and let nobody in any more: they can be taken away in the end."""
    used = rules_used(one for several in before.values() for one in several)
    still = rules_used(one for several in then.values() for one in several)
    going: dict[str, list[str]] = {}
    for row in facts.rows:
        if not isinstance(row, DeviceRule) or not row.interface_in or row.chain in (FORWARD, INPUT):
            continue
        name = f"{row.chain}: {row.rule or f'#{row.position}'}"
        mine = {side.interface for side in sides if side.device == row.asset}
        only = {word.strip() for word in row.interface_in.split(",")} <= mine
        if only and name in used.get(row.asset, set()) - still.get(row.asset, set()):
            going.setdefault(row.asset, []).append(name)
    return {device: tuple(dict.fromkeys(names)) for device, names in sorted(going.items())}
