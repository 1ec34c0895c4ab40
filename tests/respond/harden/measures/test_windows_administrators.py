"""Everybody leaves the administrators, but never the last one who can log in, and nobody whose number is not known."""

from __future__ import annotations

from typing import Any

from tests.respond.harden.small import facts_of, looked, machine, row

from omamori.respond.harden.changes import MemberRemoved
from omamori.respond.harden.measures.windows_administrators import GROUP, propose
from omamori.respond.harden.parts import Left, Measure

DOMAIN = "S-1-5-21-1-2-3"


def proposed(members: list[str], everybody: list[str], *, many: bool = False, rows: tuple[Any, ...] = (), whole: bool = True) -> list[Any]:
    base: list[Any] = [*machine("pc", "10.1.1.10"), *machine("dc", "10.1.2.2", "server"), looked("pc", "group_members", complete=whole)]
    base = [one for one in base if type(one).__name__ != "Host"]
    base += [
        row("hosts", asset="pc", hostname="pc", platform="windows", domain="hosp.local"),
        row("hosts", asset="dc", hostname="dc", platform="windows", domain="hosp.local", domain_role="controller"),
        row("accounts", asset="dc", name="krbtgt", uid=f"{DOMAIN}-502"),
        *(row("group_members", asset="pc", group_name="Administrators", group_id=GROUP, member=member) for member in members),
        *(
            row("verdicts", check_id="accounts.everybody_in_administrators", subject="pc", finding_key=f"pc | {member}", verdict="fail")
            for member in everybody
        ),
    ]
    if many:
        base.append(row("verdicts", check_id="accounts.many_administrators", subject="pc", finding_key="pc", verdict="fail"))
    with facts_of([*base, *rows]) as facts:
        return list(propose(facts, facts.machines["pc"]))


def test_the_domain_s_users_leave_by_their_number_and_few_remain() -> None:
    members = ["Administrator", r"HOSP\Domain Admins", r"HOSP\Domain Users", "a", "b", "Everyone"]
    (made,) = proposed(members, [r"HOSP\Domain Users", "Everyone"], many=True)
    assert set(made.changes) == {MemberRemoved(GROUP, f"{DOMAIN}-513"), MemberRemoved(GROUP, "S-1-1-0")}
    assert {one.check for one in made.promises} == {"accounts.everybody_in_administrators", "accounts.many_administrators"}


def test_somebody_who_can_log_in_has_to_stay() -> None:
    (left,) = proposed(["Administrator", "Everyone"], ["Everyone"])
    assert isinstance(left, Left) and "working administrator" in left.why.en
    off = row("accounts", asset="pc", name="Administrator", enabled=False)
    assert isinstance(proposed(["Administrator", "Everyone"], ["Everyone"], rows=(off,))[0], Left)
    on = row("accounts", asset="pc", name="Administrator", enabled=True)
    assert isinstance(proposed(["Administrator", "Everyone"], ["Everyone"], rows=(on,))[0], Measure)
    assert isinstance(proposed(["Administrator", "Everyone"], ["Everyone"], rows=(on,), whole=False)[0], Left)


def test_whose_names_they_are_is_asked_and_an_unknown_number_is_done_by_hand() -> None:
    (left,) = proposed(["Administrator", "a", "b", "c", "d"], [], many=True)
    assert isinstance(left, Left) and "a, b, c, d" in left.why.en
    other = row("accounts", asset="dc", name="x", uid="S-1-5-21-9-9-9-1001")
    (made,) = proposed([r"HOSP\Domain Admins", r"HOSP\Domain Users"], [r"HOSP\Domain Users"], rows=(other,))
    assert made.changes == () and made.promises == () and "by hand" in made.notes[1].en
