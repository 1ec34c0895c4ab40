from __future__ import annotations

import pytest

from omamori.knowledge.edition import EditionError
from omamori.knowledge.editions import load_edition
from omamori.knowledge.outside_checklist import OutsideChecklist, misplaced, outside_checklist, read_outside
from omamori.model.text import Text


def test_reasons_are_read_for_each_check() -> None:
    found = read_outside("edition: checklist/x\ngroups:\n  - {why: {ja: わけ, en: why}, checks: [a.b, c.d]}")
    assert found == OutsideChecklist("checklist/x", {"a.b": Text("わけ", "why"), "c.d": Text("わけ", "why")})
    assert outside_checklist().why["lines.always_open"].ja.startswith("2-②")


def test_a_check_without_its_place_is_told() -> None:
    edition = load_edition("checklist/r7-hospital")
    grave = {check for item in edition.items() for check in item.checks} | {"new.check", "with.reason"}
    outside = OutsideChecklist(
        edition.name, {name: Text("わけ", "why") for name in ("with.reason", "gone.check", "mild.check", "lines.firmware_stale")}
    )
    assert misplaced(edition, outside, grave, [*grave, "mild.check"]) == (
        "gone.check: there is no such check; take its reason away",
        "lines.firmware_stale: an item of checklist/r7-hospital names it; take its reason away",
        "mild.check: not grave (any more); take its reason away",
        "new.check: no item of checklist/r7-hospital names it, and no reason is given",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("edition: x", "line 1: exactly the keys edition, groups"),
        ("- 1", "line 1: exactly the keys"),
        ("edition: x\ngroups: 3", "not iterable"),
        ("edition: x\ngroups:\n  - {why: {ja: a, en: b}, check: [c]}", "line 3: exactly the keys checks, why"),
        ("edition: x\ngroups:\n  - {why: {ja: a}, checks: [c]}", "line 3: exactly the keys en, ja"),
        ("edition: x\ngroups:\n  - {why: {ja: a, en: b}, checks: [c, c]}", "line 3: c stands twice"),
    ],
)
def test_reasons_in_another_form_are_told(text: str, told: str) -> None:
    with pytest.raises(EditionError, match=told):
        read_outside(text)
