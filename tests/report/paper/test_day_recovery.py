"""The way back on the page of the day: decided order, hours, copies, blind spots by name, drills."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, timedelta, timezone

from omamori.model.declared import DeclaredBackup, LedgerAsset, RecoveryNeed
from omamori.report.paper.blocks import Gap, spoken
from omamori.report.paper.day_recovery import drills_grid, needs_grid, order_grid
from omamori.report.paper.declared import Declared

TODAY = date(2026, 6, 1)


def test_the_decided_order_counts_and_a_suggestion_is_called_one(ready: Declared, declared: Declared) -> None:
    grid, more = order_grid(ready, 12, UTC)
    rows = spoken(grid, "ja")["rows"]
    assert more == 0
    assert [(row[0], row[1]) for row in rows] == [
        ("1", "◎ 画像管理(画像1)"),
        ("2", "◎ 電子カルテ(カルテDB、カルテAP)"),
        ("3", "◎ 認証(AD)"),
    ]
    assert rows[1][3:6] == ["紙で", "24時間", "24時間"], "the shorter of two machines' hours"
    assert rows[0][4] == "3日" and rows[1][7] == "赤いファイル"
    suggested = spoken(order_grid(declared, 12, UTC)[0], "ja")["rows"]
    assert [row[0] for row in suggested] == ["案1", "案2", "案3"]
    assert all(isinstance(row[4], Gap) for row in order_grid(declared, 12, UTC)[0].rows)


def test_copies_say_where_and_which_and_what_was_really_seen(ready: Declared) -> None:
    copies = spoken(order_grid(ready, 12, UTC)[0], "ja")["rows"][1][6]
    assert copies == (
        "毎晩NASへ → NAS1(7世代、毎日); 毎週RDXへ → 事務棟の金庫(4世代、7日ごと、切り離し 2026-05-29); "
        "攻撃の跡がなかった最新の世代 2026-05-30 02:10 UTC、復元の証明 2026-05-20: すべて一致"
    )
    tokyo = timezone(timedelta(hours=9))
    assert "2026-05-30 11:10," in spoken(order_grid(ready, 12, tokyo)[0], "en")["rows"][1][6], "the hospital's clock"
    english = spoken(order_grid(ready, 12, UTC)[0], "en")["rows"][1][6]
    assert "cut off 2026-05-29" in english and "restore proven 2026-05-20: everything matched" in english


def test_a_long_list_is_cut_with_its_number(read: Callable[..., Declared]) -> None:
    grid, more = order_grid(
        read(*(LedgerAsset(asset=f"s{number:02}", important="yes", recovery_order=number) for number in range(20))), 12, UTC
    )
    assert len(grid.rows) == 12 and more == 8


def test_every_blind_spot_is_named_and_nobody_s_answer_is_none(ready: Declared, read: Callable[..., Declared]) -> None:
    rows = needs_grid(ready).rows
    by_kind = {spoken(row[0], "ja"): spoken(row, "ja") for row in rows}
    assert by_kind["パスワードと暗号の鍵"][1:] == ["resticのパスワード", "○ 別に持っている", "院長室の金庫", "1時間"]
    assert by_kind["バックアップ製品の設定とカタログ"][2] == "▲ 失われるサーバの中だけ"
    assert by_kind["きれいな機器・ディスク"][2] == {"gap": "未記入: はい・いいえ"} and by_kind["きれいな機器・ディスク"][4] == "すぐ"
    assert by_kind["仮想基盤"][2] == {"gap": "未記入: 回答"}
    assert by_kind["その他"][1] == "発電機の鍵" and by_kind["その他"][4] == "3日"
    assert by_kind["別の建物の控え"][2:4] == ["○ ある", "事務棟の金庫"]
    empty = needs_grid(read()).rows
    assert len(empty) == 11 and all(isinstance(row[2], Gap) for row in empty)


def test_copies_in_one_building_are_told_only_where_every_answer_says_so(read: Callable[..., Declared]) -> None:
    def said(*answers: str | None) -> object:
        return spoken(
            needs_grid(read(*(DeclaredBackup(asset="a", job=str(n), other_building=one) for n, one in enumerate(answers)))).rows[-1][2],
            "ja",
        )

    assert said("no", "no") == "▲ 控えはすべて同じ建物"
    assert said("no", None) == said("unknown") == {"gap": "未記入: はい・いいえ"}


def test_a_kind_nobody_knows_is_not_lost(read: Callable[..., Declared]) -> None:
    rows = spoken(needs_grid(read(RecoveryNeed(need="x", kind="new-kind"))).rows, "ja")
    assert ["その他", "x"] in [row[:2] for row in rows]


def test_the_ledger_s_drills_find_their_line_and_a_day_that_is_past_is_no_plan(ready: Declared) -> None:
    rows = spoken(drills_grid(ready, TODAY, 4), "ja")["rows"]
    restore, cut, paper, whole, mail = rows
    assert restore[3:] == ["2026-04-10(2人)", {"gap": "未記入: 日付"}], "the day planned before today is past"
    assert cut[3:] == paper[3:] == ["台帳になし", {"gap": "未記入: 日付"}]
    assert whole[3:] == ["台帳になし", "2026-11-20"]
    assert mail[0] == "標的型メール訓練" and mail[4] == "2027-02-01", "a training of staff is no drill of the day"
