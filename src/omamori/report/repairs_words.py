"""The words of the order of work, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.text import Text

TIER: Mapping[int, Text] = MappingProxyType(
    {
        1: Text("先に直す", "do first"),
        2: Text("早めに", "soon"),
        3: Text("次の保守日に", "next day of maintenance"),
        4: Text("定期の更新で", "with the regular updates"),
    }
)
"""What a tier asks for."""
REACHED: Mapping[str, Text] = MappingProxyType(
    {
        "entry": Text("入口から届く", "reached from an entry point"),
        "listener": Text("ほかの機器から接続を受ける", "listens to other machines"),
        "": Text("届くかどうかは分かっていない", "not known to be reached"),
    }
)
CANNOT: Mapping[str, Text] = MappingProxyType(
    {
        "exception": Text("承認済み(期限つき)のため実施しない", "accepted for a time, so not done"),
        "no_fix": Text("修正版が公表されていない", "no repair is published"),
    }
)
BASIS: Mapping[str, Text] = MappingProxyType(
    {
        "build": Text("ビルド番号から確かめた", "the build number proves it"),
        "list": Text("入っている更新の一覧から判断した", "told from the list of installed updates"),
        "none": Text("更新の表では判定していない", "not judged by the table of updates"),
    }
)
REPAIR_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "title": Text("先に直すもの", "First things first"),
        "sub": Text(
            "一つの更新が何台の何件の弱点をふさぐかを、急ぐ順に並べました。順番は、悪用が確認されている → ランサムウエアが使う → 入口から届く"
            " → 悪用の確率(EPSS)→ 深刻さ(CVSS)です。確認が必要なものは別に数え、同じ段の確かなものより前には置きません。",
            "What each update closes, on how many machines, most pressing first: known to be exploited → used by ransomware → reached from an entry"
            " point → probability of an attack (EPSS) → severity (CVSS). What still has to be confirmed is counted apart and never stands before what"
            " is certain of the same class.",
        ),
        "nothing": Text(
            "見た範囲では、直すものは見つかっていません。見えていない機器や情報は「なし」とは数えていません。",
            "Nothing to mend was found where it was looked. What was not seen is never counted as nothing.",
        ),
        "works": Text("更新の数", "updates"),
        "findings": Text("ふさがる弱点(機器ごとに数えた)", "findings they close (machine by machine)"),
        "urgent": Text("先に直すもの", "to do first"),
        "unsure": Text("確認が必要な弱点", "findings to be confirmed"),
        "picture": Text("どの更新が何をふさぐか", "What each update closes"),
        "picture_sub": Text(
            "棒の長さは件数、濃い色は悪用が確認されたもの、斜線は確認が必要なもの。右の丸は台数。",
            "Length: findings; dark: known to be exploited; hatched: to be confirmed. Dots: machines.",
        ),
        "table": Text("更新ごと", "By update"),
        "by_machine": Text("機器ごとの直す順番", "Machine by machine, in order"),
        "order": Text("順番", "Order"),
        "tier": Text("いつ", "When"),
        "what": Text("すること", "What to do"),
        "closes": Text("ふさぐもの", "Closes"),
        "exploited": Text("悪用を確認", "exploited"),
        "ransomware": Text("ランサムウエア", "ransomware"),
        "reached": Text("届くか", "Reached"),
        "from": Text("どこから", "From"),
        "likelihood": Text("EPSS", "EPSS"),
        "cvss": Text("CVSS", "CVSS"),
        "machines": Text("機器", "Machines"),
        "undecided": Text("要確認", "to confirm"),
        "because": Text("その順番の理由", "Why it stands there"),
        "cannot": Text("実施できない理由", "Why it is not done"),
        "ask": Text("業者に確認", "ask the vendor"),
        "ask_on": Text("業者に確認する機器", "machines to ask the vendor about"),
        "flaws": Text("弱点と根拠", "The flaws and what says so"),
        "flaw": Text("弱点", "Flaw"),
        "kinds": Text("種類の弱点", "different flaws"),
        "matched": Text("当たると判断した理由", "Why it is this one"),
        "doubt": Text("確認すること", "To confirm"),
        "fact": Text("知識パックの行", "Rows of the pack"),
        "more": Text("ほか", "more:"),
        "more_book": Text("残りは Excel の報告書(直す順番)にあります:", "the rest is in the workbook (Order of work):"),
        "more_machines": Text("残りの機器は Excel の報告書にあります:", "the other machines are in the workbook:"),
        "chains": Text("Windows: 足りない更新と、そう判断した筋道", "Windows: missing updates, and why they are judged missing"),
        "chains_sub": Text(
            "機器にあるものから、必要な更新まで。知識パックの行は omamori feeds explain KB番号 で読めます。",
            "From what the machine has to the update it needs; omamori feeds explain KB… prints the rows of the pack.",
        ),
        "chain": Text("筋道", "The chain"),
        "basis": Text("決め手", "What decides"),
        "behind": Text("遅れ始めた日", "behind since"),
        "lacking": Text("足りない回数", "updates behind"),
        "posted": Text("公開日", "published"),
        "product": Text("対象", "For"),
        "version": Text("バージョン", "Version"),
        "target": Text("目標", "To reach"),
        "unjudged": Text("判断できなかったもの", "What could not be judged"),
        "unjudged_sub": Text("「なし」とは数えていません。", "It is never counted as nothing."),
        "unseen_machines": Text("弱点を調べきれなかった機器", "machines whose flaws could not be judged whole"),
        "count": Text("件数", "Findings"),
        "judged_with": Text("判定に使った情報源", "Judged with"),
        "no_sources": Text("知識パックの情報源は記録されていません。", "No source of knowledge is recorded."),
        "old": Text("古くなっています", "old"),
        "days": Text("日前", "days old"),
        "undated": Text("日付なし", "no date"),
        "broken": Text("読めなかった記録", "records that could not be read"),
        "records": Text("記録", "Records"),
        "as_of": Text("時点", "As of"),
        "best_before": Text("古いとみなす日数", "Old after days"),
        "feed": Text("情報源", "Source"),
        "line": Text("外部回線", "outside line"),
        "published": Text("公表日", "Published"),
        "kind": Text("種類", "Kind"),
        "name": Text("題名", "Title"),
        "first_line": Text("まずこの更新から", "Do these updates first"),
        "closes_en": Text("件", "findings"),
        "on_machines": Text("台", "machines"),
    }
)
