"""Subcategories by name, in English and Japanese, however they are spaced."""

from __future__ import annotations

from omamori.parse.windows.forms.auditpol_names import CORE, subcategory


def test_names_in_both_languages_mean_the_same():
    for names, digits in (
        (("Logon", "ログオン"), "15"),
        (("User Account Management", "ユーザー アカウント管理", "ユーザー アカウントの管理", "ユーザーアカウント管理"), "35"),
        (("Process Creation", "プロセス作成"), "2b"),
        (("Audit Policy Change", "ポリシーの変更の監査"), "2f"),
        (("Plug and Play Events", "プラグ アンド プレイ イベント"), "48"),
    ):
        assert {subcategory(name) for name in names} == {f"0cce92{digits}-69ae-11d9-bed3-505054503030"}


def test_a_name_nobody_knows_has_no_guid():
    assert subcategory("Kirjautuminen") is None and subcategory("") is None


def test_every_windows_since_vista_has_51():
    assert len(CORE) == 51
