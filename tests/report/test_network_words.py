from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from omamori.analyze.changes.kinds import KINDS, UNTOLD, NetworkChange, NetworkChanges, Uncompared
from omamori.report.network_words import CALM, calm_text, change_text, uncompared_text

DAY = datetime(2026, 5, 1)


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_every_kind_is_a_line_in_both_languages_that_names_the_machine(kind: str) -> None:
    for change in (
        NetworkChange(kind, "ward-pc7", item="443/tcp", before="a", after="b", since=DAY, declared=False, nameless=True),
        NetworkChange(kind, "ward-pc7", item="443/tcp", before="a", after="b"),
    ):
        text = change_text(change)
        assert text.ja.startswith("ward-pc7") and text.en.startswith("ward-pc7")
        assert "None" not in text.ja + text.en and text.en == text.en.strip() and "gone" not in text.en


def test_a_machine_that_sleeps_is_not_called_gone() -> None:
    text = change_text(NetworkChange("not_seen", "ward-pc7", since=DAY))
    assert (text.ja, text.en) == (
        "ward-pc7: 2026-05-01 のあと応答がありません(電源が切れているだけかもしれません)",
        "ward-pc7: not seen since 2026-05-01 (it may only be switched off)",
    )


def test_a_banner_cannot_steer_the_screen() -> None:
    text = change_text(NetworkChange("version", "a\x1b[2J", item="80/tcp", before="\x1b[31m1", after="\u202e2"))
    assert not any(character in text.ja + text.en for character in "\x1b\u202e")


@pytest.mark.parametrize("reason", [reason.code for reason in UNTOLD])
def test_what_could_not_be_compared_is_a_sentence(reason: str) -> None:
    one = uncompared_text(Uncompared(reason))
    assert one.ja.endswith("。") and one.en.endswith(".") and one.en[0].isupper()
    named = uncompared_text(Uncompared("not_asked", tuple(f"m{number}" for number in range(7))))
    assert "m4 ほか2台" in named.ja and "7 (m0, m1, m2, m3, m4 and 2 more)" in named.en


def test_one_calm_line_where_nothing_changed_and_none_where_nobody_can_tell() -> None:
    assert calm_text(NetworkChanges(DAY, DAY)) is CALM
    assert calm_text(NetworkChanges(DAY, DAY, uncompared=(Uncompared("no_new_scan"),))) is None
    assert calm_text(NetworkChanges(DAY, DAY, (NetworkChange("new", "a"),))) is None


def test_a_service_is_told_in_words() -> None:
    opened = NetworkChange(kind="opened", asset="給食サーバ", item="5900/tcp", after="remote-control")
    assert change_text(opened).ja == "給食サーバ: 5900/tcp が新しく開いています(遠隔操作(VNCなど))"
    assert change_text(replace(opened, after="anydesk")).en == "給食サーバ: 5900/tcp is newly open (anydesk)"
