"""What counts as a trace, and what is called certain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omamori.backup.look.compare import Difference, Notes, Renamed
from omamori.backup.look.sample import Sampled, Seen
from omamori.backup.look.signs import changed_share, plain_ending, signs_of

CALM = Difference(old_files=1000, new_files=1010, same=980, changed=20, added=10)
BAD = Seen(judged=10, bad=10, proven=10, endings=("doc", "pdf"))
HIT = Difference(old_files=1000, new_files=1001, same=100, added=901, removed=900, renamed={"locked": Renamed(900, ("doc", "pdf"))})


def kinds(difference: Difference, sampled: Sampled | None = None, usual: tuple[float, ...] = ()) -> dict[str, bool]:
    return {one.kind: one.certain for one in signs_of(difference, sampled, usual)}


def test_a_calm_day_says_nothing() -> None:
    assert kinds(CALM, Sampled(kept=Seen(judged=10))) == {}


def test_renamed_and_encrypted_is_certain_without_a_known_ending() -> None:
    assert kinds(HIT, Sampled(by_ending={"locked": BAD})) == {"renamed": True, "mass-change": False}


def test_renamed_to_what_can_still_be_read_is_nothing_and_not_looked_into_is_not_certain() -> None:
    assert kinds(HIT, Sampled(by_ending={"locked": Seen(judged=10, bad=0)})) == {"mass-change": False}
    assert kinds(HIT, None) == {"renamed": False, "mass-change": False}


@pytest.mark.parametrize("seen", [replace(BAD, wrapped=True), replace(BAD, proven=0), replace(BAD, bad=4, judged=4)])
def test_a_program_that_encrypts_on_purpose_is_not_certain(seen: Seen) -> None:
    assert kinds(HIT, Sampled(by_ending={"locked": seen}))["renamed"] is False


def test_one_kind_of_file_alone_is_not_certain() -> None:
    one = replace(HIT, renamed={"locked": Renamed(900, ("dcm",))})
    assert kinds(one, Sampled(by_ending={"locked": replace(BAD, endings=("dcm",))}))["renamed"] is False


def test_encrypted_in_place() -> None:
    changed = replace(CALM, changed=900, same=100)
    assert kinds(changed, Sampled(kept=BAD)) == {"looks-encrypted": True, "mass-change": False}
    assert kinds(changed, Sampled(kept=replace(BAD, endings=("pdf",)))) == {"looks-encrypted": False, "mass-change": False}
    assert kinds(changed, Sampled(kept=BAD, before=Seen(judged=10, bad=9))) == {"mass-change": False}, "they looked so before"
    assert kinds(changed, Sampled(kept=Seen(judged=10, bad=2, endings=("pdf",)))) == {"mass-change": False}, "two files say nothing"


def test_known_endings_and_notes() -> None:
    known = replace(CALM, endings={"lockbit": 30})
    assert kinds(known) == {"ransom-extension": False}
    assert kinds(known, Sampled(by_ending={"lockbit": replace(BAD, proven=0)})) == {"ransom-extension": True}
    assert kinds(known, Sampled(by_ending={"lockbit": Seen(judged=9, bad=0)})) == {}
    assert kinds(replace(CALM, endings={"enc": 30})) == {}, "an ordinary ending says nothing by itself"
    assert kinds(replace(CALM, endings={"lockbit": 1})) == {}
    assert kinds(replace(CALM, notes=Notes(5, 5, True))) == {"ransom-note": False}
    assert kinds(replace(CALM, notes=Notes(5, 5, False))) == {}
    with_note = replace(HIT, notes=Notes(5, 5, False))
    assert kinds(with_note, Sampled(by_ending={"locked": BAD})) == {"renamed": True, "ransom-note": True, "mass-change": False}


def test_sudden_is_measured_by_what_is_usual() -> None:
    much = replace(CALM, changed=400, same=600)
    assert kinds(much) == {} and kinds(much, usual=(0.01, 0.02, 0.01)) == {"mass-change": False}
    assert kinds(much, usual=(0.3, 0.4, 0.35)) == {}
    gone = replace(CALM, same=200, changed=0, removed=800)
    assert kinds(gone) == {"mass-change": False, "mass-loss": False}
    assert kinds(replace(gone, alike=False)) == {}
    assert kinds(replace(gone, old_files=40, removed=30)) == {}


def test_no_detail_holds_a_name() -> None:
    told = signs_of(replace(HIT, renamed={"yamada taro": Renamed(900, ("山田",))}), None, ())
    assert [one.detail for one in told if one.kind == "renamed"] == ["900/1000 .(*) (.(*))"]
    assert plain_ending("locked") == ".locked" and plain_ending("[mail@x]") == ".(*)"


def test_shares() -> None:
    assert changed_share(0, 5, 5) == 0 and changed_share(10, 5, 2) == 0.7 and changed_share(10, 50, 2) == 1
