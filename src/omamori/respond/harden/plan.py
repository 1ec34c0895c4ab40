"""Makes the plan for a group of machines from the facts of a judged snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from omamori.model.text import Text
from omamori.model.vendors import vendors_of
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.flows import allowed
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.parts import Left, Machine, Measure, Plan, Proposal, Question
from omamori.respond.harden.registry import KINDS

_ROLES = {"pcs": ("client",), "servers": ("server",)}
_PARTS: Mapping[str, Callable[[Machine], str]] = {
    "zone": lambda machine: machine.zone,
    "domain": lambda machine: machine.domain,
    "vendor": lambda machine: machine.vendor,
    "machine": lambda machine: machine.asset,
}


class NoSuchGroup(LookupError):
    """No machine is in the group that was named."""


def group_of(facts: Facts, words: Sequence[str]) -> tuple[Machine, ...]:
    """Return the machines of a group, by name.

    Each word is `all`, `pcs`, `servers`, `zone:NAME`, `domain:NAME`, `vendor:NAME` or a machine's name; several are put together.
    Raises NoSuchGroup for a word that names nobody.
    """
    chosen: dict[str, Machine] = {}
    for word in words:
        found = [machine for machine in facts.machines.values() if _named(machine, word)]
        if not found:
            raise NoSuchGroup(word)
        chosen |= {machine.asset: machine for machine in found}
    return tuple(chosen[name] for name in sorted(chosen))


def _named(machine: Machine, word: str) -> bool:
    if word == "all" or machine.asset == word:
        return True
    if word in _ROLES:
        return machine.role in _ROLES[word]
    part, colon, name = word.partition(":")
    return bool(colon) and part in _PARTS and _PARTS[part](machine).casefold() == name.casefold() != ""


def make_plan(facts: Facts, snapshot: str, words: Sequence[str], kinds: Sequence[Kind] = KINDS) -> Plan:
    """Return the plan for the machines that `words` name (see `group_of`), of the kinds of measure given."""
    machines = group_of(facts, words)
    seen = [machine for machine in machines if machine.asset not in facts.unseen]
    made = [one for machine in seen for one in _proposals(facts, machine, kinds)]
    return Plan(
        snapshot=snapshot,
        moment=facts.moment,
        group=" ".join(words),
        machines=tuple(seen),
        measures=tuple(one for one in made if isinstance(one, Measure)),
        questions=tuple(one for one in made if isinstance(one, Question)),
        left=tuple(one for one in made if isinstance(one, Left)),
        observed=tuple(allowed(facts, machine).observed for machine in seen),
        unseen=tuple(machine.asset for machine in machines if machine.asset in facts.unseen),
    )


def _proposals(facts: Facts, machine: Machine, kinds: Sequence[Kind]) -> Iterator[Proposal]:
    for kind in kinds:
        if kind.system != machine.system:
            continue
        for one in kind.propose(facts, machine):
            yield one if isinstance(one, Left) or may_change(facts, one, kind.fixes) else _asked(one)


def may_change(facts: Facts, measure: Measure, fixes: Sequence[str] = ()) -> bool:
    """Return whether a measure is the hospital's to take: never on a machine that is medical, leased or run by others, or that the ledger
    does not name; where a vendor looks after it, once he answered of each finding it mends that the hospital may do it (docs/decisions/0066).

    `fixes`: the checks of its kind, for a measure that promises nothing.
    """
    machine = measure.machine
    if machine.hands_off or not machine.declared:
        return False
    checks = {one.check for one in measure.promises or facts.open(machine, *fixes)}
    vendors = vendors_of(machine.vendor, facts.vendors)
    agreed = bool(checks) and all((machine.asset, check, vendor) in facts.agreed for check in checks for vendor in vendors)
    return not vendors or agreed


def _asked(measure: Measure) -> Question:
    """Nothing is guessed for a machine that others may have a word in: the hospital asks whether it may be done."""
    ask = Text(
        f"「{measure.what.ja}」をしてもよいですか。できない場合は、その理由と代わりの対策を教えてください",
        f'May this be done: "{measure.what.en}"? If not, please tell why, and what is done instead',
    )
    if not measure.machine.declared:
        ask = Text(
            f"だれの機器ですか。病院の機器なら台帳に書いて取り込むと、「{measure.what.ja}」を計画できます",
            f'Whose is it? If it is the hospital\'s own, enter it in the ledger and import that: then "{measure.what.en}" can be planned',
        )
    return Question(kind=measure.kind, machine=measure.machine, ask=ask, promises=measure.promises, evidence=measure.evidence)
