"""Makes the block from a judged snapshot: what each stage cuts, where, how, by whom, and what is still missing for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from omamori.model.text import Text
from omamori.respond.isolate.facts import Facts
from omamori.respond.isolate.lines import line_cuts
from omamori.respond.isolate.machines import copies_cuts, machine_cuts
from omamori.respond.isolate.names import plainly
from omamori.respond.isolate.never import never_blocked
from omamori.respond.isolate.parts import Block, Cut, NeverBlocked, StageNumber, Written
from omamori.respond.isolate.preview import kept_by, preview
from omamori.respond.isolate.traffic import Traffic
from omamori.respond.isolate.write.written import LANGUAGES, SECONDS, cable_words, hung_at, written
from omamori.respond.isolate.zones import backup_cuts, border_cuts, department_cuts


class NoSuchMachine(LookupError):
    """No machine is called so."""


class NoSuchCut(LookupError):
    """No stage and no cut is called so."""


def prepare(facts: Facts, traffic: Traffic, snapshot: str, moment: datetime, machines: Sequence[str] = (), seconds: int = SECONDS) -> Block:
    """Return the block. `machines` are those of the last stage, by name or host name; `seconds` after which a timed cut goes by itself.

    Raises NoSuchMachine. Evidence that is missing makes it smaller and stands in the cuts' `needs`; it never widens what is cut.
    """
    never, lacking, told = never_blocked(facts)
    made = [*backup_cuts(facts), *copies_cuts(facts), *line_cuts(facts), *border_cuts(facts), *department_cuts(facts)]
    for name in machines:
        made += machine_cuts(facts, named(facts, name))
    # A text that would stop what must not stop is none: until every entry is understood, no cut is ready.
    cuts = tuple(replace(cut, needs=(*cut.needs, *lacking)) for cut in _told_apart(made))
    texts = tuple(
        _with_a_way(written(cut, _named_in(facts, cut, never), facts.network, seconds, slot))
        for slot, cut in enumerate(_one_at_a_time(facts, cuts))
    )
    cuts = tuple(text.cut for text in texts)
    return Block(
        snapshot=snapshot,
        moment=moment,
        cuts=cuts,
        never=never,
        written=texts,
        previews=tuple(preview(facts, traffic, text.cut, never, by_rules=text.apply is not None) for text in texts),
        doubts=(*lacking, *told),
    )


def _one_at_a_time(facts: Facts, cuts: Sequence[Cut]) -> Iterator[Cut]:
    """Say where two cuts cannot stand at once: a device that binds one list to an interface drops the first with the second."""
    places = {cut.name: hung_at(cut, facts.network) for cut in cuts}
    for cut in cuts:
        others = [name for name, held in places.items() if name != cut.name and held & places[cut.name]]
        if others:
            listed = ", ".join(others[:5]) + (" …" if len(others) > 5 else "")
            cut = replace(
                cut,
                limits=(
                    *cut.limits,
                    Text(
                        f"この機器の同じインターフェースには一度に一つしか入りません。次のものを入れると、これは外れます(戻すと両方外れます): {listed}",
                        f"the device holds one of these at an interface at a time: loading another takes this one off, and undoing takes both: {listed}",
                    ),
                ),
            )
        yield cut


def _named_in(facts: Facts, cut: Cut, never: Sequence[NeverBlocked]) -> Sequence[NeverBlocked]:
    """Return what the text of a cut has to let through: for nftables all of it, elsewhere what passes there, since each entry makes it longer."""
    return never if LANGUAGES.get(cut.system) == "nft" else kept_by(facts, cut, never)


def _with_a_way(text: Written) -> Written:
    """Say that a plug has to be found, where there is neither a text nor a plug."""
    if text.apply is not None or text.cut.cable is not None:
        return text
    cut = replace(text.cut, needs=(cable_words(None), *text.cut.needs))
    return replace(text, cut=cut)


def named(facts: Facts, name: str) -> str:
    """Return the asset a name or host name means; the ledger's name goes before a host name. Raises NoSuchMachine, also for a name of several."""
    wanted = name.casefold()
    for names in ([one.asset for one in facts.machines.values() if one.asset.casefold() == wanted],
                  [one.asset for one in facts.machines.values() if one.hostname.casefold() == wanted]):  # fmt: skip
        if len(names) == 1:
            return names[0]
        if names:
            raise NoSuchMachine(f"{name} ({' / '.join(names)})")
    raise NoSuchMachine(name)


def chosen(block: Block, words: Iterable[str]) -> tuple[Cut, ...]:
    """Return the cuts that stages (1 to 5) or names mean, in order. Raises NoSuchCut."""
    found: dict[str, Cut] = {}
    for word in words:
        said = plainly(word)
        stages = [stage for stage in StageNumber if said == str(int(stage))]
        cuts = block.of(stages[0]) if stages else tuple(cut for cut in block.cuts if plainly(cut.name) == said)
        if not cuts and not stages:
            raise NoSuchCut(word)
        found |= {cut.name: cut for cut in cuts}
    return tuple(cut for cut in block.cuts if cut.name in found)


def _told_apart(cuts: Iterable[Cut]) -> Iterator[Cut]:
    taken: dict[str, int] = {}
    for cut in sorted(cuts, key=lambda cut: cut.stage):
        taken[cut.name] = taken.get(cut.name, 0) + 1
        yield cut if taken[cut.name] == 1 else replace(cut, name=f"{cut.name}-{taken[cut.name]}")
