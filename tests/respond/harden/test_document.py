"""The plan in words: the same is told once, everything stands in both languages."""

from __future__ import annotations

from dataclasses import replace

from tests.respond.harden.small import behaviour_off, facts, look, pc, product, rows

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
        "To ask the vendor (medical, leased and vendor-run machines)",
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


def test_the_vendor_of_a_machine_the_hospital_may_change_is_named_first() -> None:
    own = [
        *pc("pc-9", vendor="Records Ltd"),
        product("pc-9", behaviour=False, real_time=True, tamper_protected=True),
        behaviour_off("pc-9"),
    ]
    with facts([*rows(), *own, look("pc-9")]) as known:
        lines = document(make_plan(known, "s", ["all"]), TITLES, ())
    (told,) = [line.text.en for line in lines if "have a vendor in the ledger" in line.text.en]
    assert told.startswith("1 of them") and "Records Ltd" in told and "Imaging Ltd" not in told


def test_long_lists_are_cut_and_counted() -> None:
    names = [str(number) for number in range(14)]
    assert few(names) == Text("、".join(names[:12]) + " ほか 2", ", ".join(names[:12]) + " and 2 more")
