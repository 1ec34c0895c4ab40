"""The words of the papers, in both languages."""

from __future__ import annotations

from omamori.model.text import Text

UNNAMED = Text("(医療機関名は台帳に未記入)", "(the ledger does not name the hospital)")
OFFICER = Text("医療情報システム安全管理責任者", "Responsible officer")

DIRECTOR: dict[str, Text] = {
    "title": Text("セキュリティ自己点検 報告(決裁用)", "Security self-check, for decision"),
    "found": Text("見た範囲で見つかったもの", "Found where it was looked"),
    "found_none": Text("見た範囲ではありません", "nothing where it was looked"),
    "looked": Text("実際に見た機器", "Machines looked at"),
    "looked_under": Text("台帳などで分かっている機器のうち", "of those the ledger and others name"),
    "unknown": Text("判定できなかった点検", "Checks that could not be decided"),
    "unknown_under": Text("見た機器で情報が足りません(問題なしではありません)", "of what was looked at; this is not a pass"),
    "care": Text("攻撃などで止まると、診療に影響するもの", "What care depends on, should it stop"),
    "care_what": Text("使いみち", "Used for"),
    "care_effect": Text("止まると(台帳にある機器)", "If it stops (machines of the ledger)"),
    "care_found": Text("見つかったもの", "Found there"),
    "care_none": Text(
        "台帳の「止まると診療が止まるか」が未記入です。記入すると、ここに診療への影響が並びます。",
        "The ledger does not say yet which machines care depends on. Once it does, they stand here.",
    ),
    "steps": Text("費用をかけずにできること(承認をお願いします)", "What costs nothing and needs your yes"),
    "steps_none": Text(
        "費用のかからない対策で残っているものは、見た範囲ではありません。", "Nothing that costs nothing is left, as far as was looked."
    ),
    "step": Text("すること・対象", "What, and where"),
    "who": Text("担当", "Who"),
    "due": Text("期限", "By when"),
    "decide": Text("判断", "Decision"),
    "go": Text("進める", "yes"),
    "wait": Text("保留", "wait"),
    "unseen": Text("見えなかったもの", "What could not be seen"),
    "oldest": Text("長く続いているもの", "Open longest"),
    "oldest_none": Text("前の点検から続いているものはありません。", "Nothing is known to have been open since an earlier check."),
    "ways_differs": Text("外からの入口・記入と実測", "Ways in; answers and evidence"),
    "differs": Text("記入と実測", "Answers and evidence"),
    "decision": Text("決裁欄", "Decision"),
    "remark": Text("指示・意見", "Instructions, remarks"),
    "signed": Text("印・日付", "signed, date"),
    "more": Text("ほか {n} 件(報告書の全体にあります)", "and {n} more (in the whole report)"),
}

SIGNERS: tuple[tuple[Text, bool], ...] = (
    (Text("院長", "Director"), False),
    (Text("事務長", "Chief administrator"), False),
    (OFFICER, True),
    (Text("担当", "In charge"), False),
)
"""Who signs; True for the post whose holder the ledger names."""

FULL: dict[str, Text] = {
    "contents": Text("目次", "Contents"),
    "summary": Text("要約", "Summary"),
    "summary_lead": Text(
        "この報告書は、見た範囲で見つかったことと、見えなかったことを、根拠とともに示します。同じ内容は一つにまとめ、長い一覧は途中で切って数を添えました。"
        "すべての行は Excel の報告(report.xlsx)にあります。",
        "This report tells, with evidence, what was found where it was looked and what could not be seen. The same findings stand together, and long "
        "lists are cut with their number. Every line is in the Excel report (report.xlsx).",
    ),
    "shown_more": Text("ほか {n} 件は Excel の報告にあります", "{n} more are in the Excel report"),
    "looked_machines": Text("実際に見た機器", "Machines looked at"),
    "kinds": Text("点検の種類", "Kinds of checks"),
    "own": Text("対象", "Where"),
    "short_title": Text("軽微なもの", "Of low weight"),
    "what": Text("内容", "What"),
    "grave": Text(
        "最優先・重要が見つかった機器(同じ内容の機器はまとめています)",
        "Machines with critical or high findings (those with the same stand together)",
    ),
    "grave_none": Text("最優先・重要が見つかった機器はありません。", "No machine has critical or high findings, as far as was looked."),
    "machine_list": Text("機器の一覧", "All machines"),
    "use": Text("使いみち・役割", "Use"),
    "zone": Text("ゾーン", "Zone"),
    "os": Text("OS", "System"),
    "units": Text("台", "machines"),
    "reasons": Text("理由ごと", "By reason"),
    "undecided": Text("判定できなかった点検(多い順)", "Checks that could not be decided, most first"),
    "unit_checks": Text("点検", "checks"),
    "unit_cells": Text("情報", "groups"),
    "advice": Text("見えるようにするには", "How to see it"),
    "count": Text("件数", "Count"),
    "checklists": Text("チェックリストと根拠(下書き)", "Checklists and evidence (draft)"),
    "checklists_lead": Text(
        "根拠から見た下書きです。答えと日付は、担当の人が記入します。記入と実測が異なる項目を先に並べました。",
        "A draft from the evidence; a named person gives the answer and its date. Items whose answer differs from the evidence come first.",
    ),
    "item": Text("項目", "Item"),
    "says": Text("根拠が示すこと", "What the evidence says"),
    "suggested": Text("下書き", "Draft"),
    "details": Text("内訳", "Details"),
    "accepted_title": Text("期限つきで承認されたもの", "Accepted for a time"),
    "accepted_none": Text("承認されたものはありません。", "Nothing is accepted."),
    "new_title": Text("新しく見つかったもの", "New"),
    "open": Text("「", "“"),
    "close": Text("」", "”"),
    "mark_important": Text("◎ 止まると診療が止まる機器", "◎ care stops without it"),
}

YES_NO_WORDS: dict[str, Text] = {
    "yes": Text("はい", "yes"),
    "no": Text("いいえ", "no"),
    "unknown": Text("分からない", "not known"),
}
LEFT_OUT = Text("ほか {n} 件は台帳にあります。", "{n} more are in the workbook.")

FIELDS: dict[str, Text] = {
    "draft": Text("下書き", "Draft"),
    "approved": Text("承認", "Approved"),
    "approved_day": Text("承認日", "Approved on"),
    "made_by": Text("作成・確認", "Made, checked"),
    "outside": Text("院外へ", "Outside"),
    "inside": Text("院内", "Inside"),
    "name": Text("氏名・部署", "Name"),
    "phone": Text("電話", "Telephone"),
    "desk": Text("窓口", "Desk"),
}
