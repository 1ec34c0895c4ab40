"""Commands with what was selected, what is left over, and the table it concerns."""

from __future__ import annotations

import pytest

from omamori.parse.device.dialects.yamaha.statements import ANY, Statements, concern
from omamori.parse.device.draft import Draft
from omamori.parse.windows.lines import Line


def commands(text: str) -> Statements:
    return Statements([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])


def test_selected_interfaces() -> None:
    found = commands("pp select 1\nip pp mtu 1454\npp select anonymous\nip pp mtu 1258\ntunnel select 3\nip tunnel mtu 1280")
    names = [statement.interface(statement.words[1]) for statement, _ in found.take("ip", ANY, "mtu")]
    assert names == ["pp1", "pp anonymous", "tunnel3"]


def test_what_nobody_takes_is_unread_unless_nothing_depends_on_it() -> None:
    found = commands(
        "# comment\ntimezone +09:00\nip policy filter 1 pass lan1 * * * *\nno tunnel enable all\nmystery word\nip lan1 address 10.0.0.1/8"
    )
    list(found.take("ip", ANY, "address", least=1))
    draft = Draft()
    found.rest(draft)
    assert [(line.line, line.concerns) for line in draft.missed] == [(3, "device_rules"), (5, "device_rules")]


def test_too_few_words_stay_unread() -> None:
    found = commands("ip route default")
    assert list(found.take("ip", "route", least=3)) == []
    draft = Draft()
    found.rest(draft)
    assert [line.concerns for line in draft.missed] == ["device_routes"]


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("ip route default gateway x", "device_routes"),
        ("ip inbound filter 1 reject *", "device_rules"),
        ("ipsec ike odd 1", "device_vpns"),
        ("login odd", "device_accounts"),
        ("schedule at 1 */* 10:00 * ntpdate ntp.example.jp", "nothing"),
        ("schedule at 1 */* 10:00 * ip lan2 secure filter in 1", "device_rules"),
        ("schedule at 1 startup * lua /script.lua", "nothing"),
    ],
)
def test_tables(text: str, table: str) -> None:
    assert concern(text.split()) == table
