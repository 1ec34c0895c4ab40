"""Samba: guests, the old protocol and signing; who may write is decided by people."""

from __future__ import annotations

from tests.respond.harden.linux_small import found, proposed

from omamori.respond.harden.changes import SambaSetting
from omamori.respond.harden.measures.linux_samba import KIND


def test_each_finding_has_its_setting() -> None:
    measures, left = proposed(
        KIND,
        [
            found("sharing.guest_share", "karte"),
            found("sharing.everybody_writes", "karte"),
            found("sharing.old_protocol"),
            found("sharing.signing_not_required"),
        ],
    )
    assert [change for one in measures for change in one.changes] == [
        SambaSetting("karte", "guest ok", "no", ("yes",)),
        SambaSetting("global", "server min protocol", "SMB2_10", ("CORE", "COREPLUS", "LANMAN1", "LANMAN2", "NT1", "SMB2_02")),
        SambaSetting("global", "server signing", "mandatory"),
    ]
    assert [promise.check for promise in measures[0].promises] == ["sharing.guest_share"] and left == []


def test_writers_of_a_share_with_accounts_are_named_by_hand() -> None:
    (one,), _ = proposed(KIND, [found("sharing.everybody_writes", "karte")])
    assert one.changes == () and "write list" in one.menu.hand.en
