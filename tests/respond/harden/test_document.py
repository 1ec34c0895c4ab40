"""The plan in words: the same is told once, everything stands in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.respond.harden.small import BEHAVIOUR, behaviour_off, facts, look, pc, product, rows

from omamori.model.declared import VendorAnswer
from omamori.model.text import Text
from omamori.respond.harden.document import document, few, folded
from omamori.respond.harden.plan import make_plan
from omamori.respond.harden.registry import KINDS

TITLES = {kind.name: kind.title for kind in KINDS}


def test_equal_measures_are_told_once_with_all_their_machines() -> None:
    with facts(rows()) as known:
        plan = make_plan(known, "s", ["all"])
    (one,) = [one for one in folded(plan.measures) if one.kind == "own-antivirus"]
    assert one.machines == ("pc-1", "pc-2") and one.gone == 2 and one.by_hand


def test_what_is_true_of_one_machine_is_not_told_of_another() -> None:
    with facts(rows()) as known:
        first, *rest = (one for one in make_plan(known, "s", ["all"]).measures if one.kind == "own-antivirus")
    found = folded([replace(first, notes=(Text("22番は開いたまま", "22 stays open"),)), *rest])
    assert [(one.machines, len(one.notes)) for one in found] == [(("pc-1",), 1), (("pc-2",), len(rest[0].notes))]


def test_every_part_is_told_in_both_languages_in_its_order() -> None:
    with facts(rows()) as known:
        plan = make_plan(known, "s", ["all"])
    lines = document(plan, TITLES, ())
    assert all(line.text.ja.strip() and line.text.en.strip() for line in lines)
    heads = [line.text.en for line in lines if line.level == 1]
    assert heads == [
        "This plan",
        TITLES["own-antivirus"].en,
        "To ask the vendor, or to find out first (machines that are medical, leased, looked after by a vendor or not in the ledger)",
        "How long the traffic was watched",
        "What this plan does not hold",
        "The order",
    ]
    told = "\n".join(line.text.en for line in lines)
    assert (
        "4 machines, 0 days: ct-pc, dark, pc-1, pc-2" in told
        and "never looked at: unseen" in told
        and "Imaging Ltd: May this be done" in told
        and "dark" in told
    )


def test_whose_machines_it_is_about_is_told_first() -> None:
    def own(asset: str, **more: Any) -> list[Any]:
        seen = product(asset, behaviour=False, real_time=True, tamper_protected=True)
        return [*pc(asset, **more), seen, behaviour_off(asset), look(asset)]

    yes = VendorAnswer(vendor="Records Ltd", asset="pc-9", question="finding", check_id=BEHAVIOUR, answer="hospital")
    others = [*own("pc-8", vendor="Printers Ltd"), *own("pc-9", vendor="Records Ltd"), *own("guest", declared=False)]
    with facts([*rows(), *others, yes]) as known:
        plan = make_plan(known, "s", ["all"])
    told = [line.text.en for line in document(plan, TITLES, ()) if line.warn][:4]
    assert "never looked at" in told[0] and "nobody knows whose they are: guest. There are no files" in told[1]
    assert "(Printers Ltd) stay as they are" in told[2] and told[3].startswith("Of 1 of them the vendor (Records Ltd)")
    with facts(own("pc-7")) as known:
        plain = make_plan(known, "s", ["all"])
    assert "does not say who owns" not in " ".join(line.text.en for line in document(plain, TITLES, ()))
    blank = replace(plain, measures=tuple(replace(one, machine=replace(one.machine, owner="")) for one in plain.measures))
    assert any("does not say who owns these: pc-7" in line.text.en for line in document(blank, TITLES, ()))


def test_long_lists_are_cut_and_counted() -> None:
    names = [str(number) for number in range(14)]
    assert few(names) == Text("、".join(names[:12]) + " ほか 2", ", ".join(names[:12]) + " and 2 more")
