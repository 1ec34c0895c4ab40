"""net user: how the list and the accounts come together, what the domain's accounts never become, and what is not read at all."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.access import Account, GroupMember
from omamori.parse.interface import Context
from omamori.parse.windows.commands import parse, read_piece
from omamori.parse.windows.session import read_session
from omamori.parse.windows.store import Origin, write_pieces

NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
RULE = "-" * 79
LIST = (
    f"\\\\PACS-SV のユーザー アカウント\n\n{RULE}\nAdministrator            Guest                    \nコマンドは正常に終了しました。\n\n"
)
END = "コマンドは正常に終了しました。\n\n"


def account(name: str, groups: str, active: str = "Yes", last: str = "なし") -> str:
    return f"""ユーザー名                           {name}
フル ネーム
コメント
ユーザーのコメント
国/地域番号                          000 (システム既定)
アカウント有効                       {active}
アカウントの期限                     無期限

最終パスワード変更日時               2020/01/05 15:37:36
パスワード有効期間                   無期限
パスワード次回変更可能日時           2020/01/05 15:37:36
パスワードあり                       Yes
ユーザーによるパスワード変更可能     Yes

ログオン可能なワークステーション     すべて
ログオン スクリプト
ユーザー プロファイル
ホーム ディレクトリ
最終ログオン日時                     {last}

ログオン可能時間                     すべて

所属しているローカル グループ        {groups}
所属しているグローバル グループ      *なし
{END}"""


def merged(text: str):
    session = read_session(text.replace("\n", "\r\n").encode("cp932"))
    return parse(write_pieces([(piece, Origin("a.txt", "cp932")) for piece in session.pieces]), CONTEXT)


def one(text: str):
    session = read_session(text.encode())
    assert len(session.pieces) == 1
    return read_piece(session.pieces[0], CONTEXT)


def test_list_and_accounts_together_are_whole():
    found = merged(LIST + account("Administrator", "*Administrators") + account("guest", "*Guests", active="No"))
    look = next(look for look in found.looks if look.table == "accounts")
    rows = {row.name: row for row in found.rows if isinstance(row, Account)}
    of_domains = {"protected", "service_names", "preauthentication", "delegation", "reversible"}
    unread = {"uid", "password_state", "password_never_expires", "locked", "shell", "authorized_keys"}
    assert look.complete and set(look.missing) == unread | of_domains
    assert {name: (row.enabled, row.administrator) for name, row in rows.items()} == {
        "Administrator": (True, True),
        "Guest": (False, False),
    }
    assert found.identifiers == ("name:pacs-sv",)


def test_one_account_that_nobody_brought_leaves_the_columns_unread():
    found = merged(LIST + account("Administrator", "*Administrators"))
    look = next(look for look in found.looks if look.table == "accounts")
    assert look.complete and {"enabled", "last_login", "administrator"} <= set(look.missing)


def test_accounts_without_the_list_are_not_the_whole_list():
    found = merged(account("Administrator", "*Administrators"))
    assert not next(look for look in found.looks if look.table == "accounts").complete


def test_administrators_group_says_of_every_account_whether_it_is_one():
    group = f"エイリアス名     Administrators\nコメント         x\n\nメンバー\n\n{RULE}\nAdministrator\nHOSP\\Domain Admins\n{END}"
    found = merged(LIST + group)
    rows = {row.name: row.administrator for row in found.rows if isinstance(row, Account)}
    look = next(look for look in found.looks if look.table == "accounts")
    assert rows == {"Administrator": True, "Guest": False}
    assert look.complete and "administrator" not in look.missing


@pytest.mark.parametrize("typed", ["C:\\>net user /domain\n", "C:\\Users\\a>net user yamada /domain\n"])
def test_a_command_typed_for_the_domain_gives_no_local_account(typed):
    for text in (LIST, account("yamada", "*Administrators")):
        found = merged(typed + text + "C:\\>\n")
        assert not [row for row in found.rows if isinstance(row, Account | GroupMember)]
        assert not any(look.complete for look in found.looks if look.table == "accounts")


def test_the_domains_answer_swallows_the_list_below_it():
    request = "この要求はドメイン hosp.example のドメイン コントローラーで処理されます。\n\n"
    for text in (LIST, account("yamada", "*Administrators")):
        found = merged(request + text)
        assert not [row for row in found.rows if isinstance(row, Account | GroupMember)]
    after = merged(request + account("yamada", "*Administrators") + LIST)
    assert {row.name for row in after.rows if isinstance(row, Account)} == {"Administrator", "Guest"}


def test_the_list_of_a_domain_controller_by_its_whole_name_is_the_domains():
    found = one(LIST.replace("PACS-SV", "AD01.hosp.example"))
    assert found.rows == () and not found.looks[0].complete and found.problems


def test_a_locked_account_is_in_use_and_a_word_nobody_knows_is_not_read():
    assert one(account("a", "*Users", active="Locked")).rows[0].enabled is True
    strange = one(account("a", "*Users", active="Ehkä"))
    assert strange.rows[0].enabled is None and "enabled" in strange.looks[0].missing


def test_a_date_that_could_be_either_way_round_is_not_read():
    found = one(account("a", "*Users", last="4/5/2024 10:00"))
    assert found.rows[0].last_login is None and "last_login" in found.looks[0].missing
    never = one(account("a", "*Users", last="なし"))
    assert never.rows[0].last_login is None and "last_login" not in never.looks[0].missing


def test_several_groups_and_long_names():
    found = one(account("a", "*Administrators       *Remote Desktop Users \n                                     *Performance Monitor U"))
    assert [row.group_name for row in found.rows[1:]] == ["Administrators", "Remote Desktop Users"]
    assert found.rows[0].administrator


def test_in_an_unknown_language_no_group_is_no_proof():
    text = account("a", "*Käyttäjät").replace("所属しているローカル グループ", "Paikalliset ryhmäjäsenyydet    ")
    found = one(text)
    assert found.rows[0].administrator is None and "administrator" in found.looks[0].missing


@pytest.mark.parametrize(
    "text",
    [
        "\n現在保存されている資格情報:\n\n    ターゲット: Domain:target=PACS-SV\n    種類: ドメイン パスワード\n    ユーザー: HOSP\\hoshu\n\n",
        "\nCurrently stored credentials:\n\n    Target: LegacyGeneric:target=pacs\n    Type: Generic\n    User: hoshu\n\n",
    ],
)
def test_stored_credentials_are_not_taken_in(text):
    """`cmdkey /list`: nothing of it is kept."""
    session = read_session(text.encode())
    assert session.pieces == () and session.strangers
    assert read_session(("C:\\>cmdkey /list\n" + text + "C:\\>net user\n" + LIST).encode()).pieces[0].form == "net_user"
