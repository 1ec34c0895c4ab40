"""The plan's skeleton."""

from __future__ import annotations

from collections.abc import Callable

from omamori.report.paper.bcp import bcp_paper
from omamori.report.paper.blocks import Heading, Items, gaps_in, spoken
from omamori.report.paper.declared import Declared


def test_the_five_stages_stand_in_order(declared: Declared) -> None:
    stages = [block.text.ja[:2] for block in bcp_paper(declared, ()).blocks if isinstance(block, Heading) and block.level == 1]  # type: ignore[union-attr]
    assert stages == ["平時", "検知", "初動", "復旧", "事後"]


def test_the_backup_network_is_cut_first_and_its_place_is_named(declared: Declared) -> None:
    cut = next(block for block in bcp_paper(declared, ()).blocks if isinstance(block, Items) and "バックアップのネットワーク" in str(block))
    first, second, *_ = spoken(cut, "ja")["items"]
    assert first[0].startswith("バックアップのネットワーク") and first[1] == "NAS1", "a copy on the same server is no network to cut"
    assert second[1] == "FortiGate 60F"


def test_what_was_answered_is_filled_in_and_a_no_is_a_gap(declared: Declared, read: Callable[..., Declared]) -> None:
    told = str(spoken(bcp_paper(declared, ()).blocks, "ja"))
    assert "当直の責任者(規程第7号)" in told and "副院長" in told and "標的型メール訓練" in told
    assert gaps_in(bcp_paper(read(), ())) >= 20


def test_the_sheets_of_the_day_fill_the_plan(ready: Declared) -> None:
    blocks = bcp_paper(ready, ()).blocks
    cut = next(block for block in blocks if isinstance(block, Items) and "バックアップのネットワーク" in str(block))
    assert [item[1] for item in spoken(cut, "ja")["items"][:3]] == ["NASの線(赤 B-01、3階)", "保守回線(3階)", "画像系の境目(青 Z-01、3階)"]
    told = str(spoken(blocks, "ja"))
    assert "紙で" in told and "2026-11-20 サーバ復旧訓練(業者と)、2027-02-01 標的型メール訓練" in told
    assert "– サーバ復旧訓練" not in told, "what was never held is no training that was held"
    assert "2026-05-01 ファイルの復元" in told, "planned after it was last held, and not held since"
