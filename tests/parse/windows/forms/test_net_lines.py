"""What the net commands have in common: closing lines, groups by name, fields."""

from __future__ import annotations

import pytest

from omamori.model.access import Account
from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.forms.net_lines import (
    AT_DOMAIN,
    account_columns_but,
    at_domain,
    but,
    closed,
    field,
    group_id,
    is_sid,
    system_account,
)


def lines(*texts: str) -> list[Line]:
    return [Line(number, text) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "The command completed successfully.",
        "コマンドは正常に終了しました。",
        "コマンドは正常に終了しました.",
        "Der Befehl wurde erfolgreich ausgeführt.",
        "La commande s’est terminée correctement.",
        "La commande s'est terminée correctement.",
    ],
)
def test_a_closing_line_closes(text):
    assert closed(lines("a", text))
    assert not closed(lines("System error 5 has occurred.", text))


@pytest.mark.parametrize("text", ["The command completed with one or more errors.", "The user name could not be found.", "a", ""])
def test_anything_else_does_not(text):
    assert not closed(lines("a", text))


def test_groups_are_known_in_several_languages():
    assert {group_id(name) for name in ("Administrators", "administratoren", "Administrateurs")} == {"S-1-5-32-544"}
    assert group_id("Remote Desktop Users") == group_id("Remotedesktopbenutzer") == "S-1-5-32-555"
    assert group_id("PACS-Operators") is None


def test_fields_are_parted_by_two_blanks():
    assert field("国/ 地域番号                          000 (システム既定)") == ("国/ 地域番号", "000 (システム既定)")
    assert field("コメント") == ("コメント", "")
    assert field("User name                    Taro  Yamada") == ("User name", "Taro  Yamada")


def test_sids_and_accounts_of_the_system():
    assert is_sid("S-1-5-21-1-2-3-1001") and not is_sid("hoshu") and not is_sid("S-1-5-21-1-2-3-1001 x")
    assert system_account("DefaultAccount") and system_account("x", "S-1-5-21-1-2-3-504")
    assert not system_account("Guest", "S-1-5-21-1-2-3-501")


def test_what_a_domain_controller_answers():
    for text in (
        "The request will be processed at a domain controller for domain hosp.example.",
        "この要求はドメイン hosp.example のドメイン コントローラーで処理されます。",
    ):
        assert AT_DOMAIN.match(text)
    for command, expected in (("net user /domain", True), ("net user yamada /DOM", True), ("net user", False), ("net user /active", False)):
        assert at_domain(Piece("net_user", (), command)) is expected


def test_missing_columns_are_all_but_the_told_ones():
    assert set(but(Account, "name")) == {*account_columns_but("name", "uid"), "uid"}
    assert not {"asset", "source", "evidence", "name"} & set(but(Account, "name"))
