"""What the ledger workbook says to the person who fills it in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.text import Language, Text

FILL_ROW = Text(
    "← 全部書けたら「記入済み」、書くものがなければ「該当なし」を選ぶ(空欄のままの空のシートは「まだ分からない」と扱います)",
    "<- choose `filled in` when all is entered, `nothing to enter` when there is nothing (an empty sheet counts as not known yet)",
)

_SHEETS: Mapping[str, Text] = MappingProxyType(
    {
        "site": Text("病院のこと。1行だけ。", "The hospital itself. One row."),
        "remote_lines": Text(
            "外から入れる、または外へ出られる回線をすべて。VPN、携帯ルータ、電話回線、遠隔操作ソフトも。",
            "Every line by which somebody can come in or get out: VPN, mobile routers, telephone lines, remote-control software.",
        ),
        "ledger_assets": Text(
            "サーバ・端末・ネットワーク機器・医療機器。まず止まると困るものから。",
            "Servers, PCs, network and medical devices. Begin with those care depends on.",
        ),
        "declared_backups": Text(
            "何を、どこへ、何世代。外して保管する日も。", "What, where to, how many generations, and when a copy is taken off line."
        ),
        "answers": Text(
            "機械では分からないこと。「分からない」も大切な答えです。",
            "What no machine can tell. `Not known` is a useful answer.",
        ),
        "contacts": Text("非常時の連絡先。印刷して紙でも保管。", "Whom to call in an emergency. Print it as well."),
        "cut_points": Text(
            "非常時に切る場所。バックアップのネットワーク、外部の回線、ゾーンの境目、機器の順に。ケーブルに同じ名前の札を。",
            "Where to cut in an emergency: the backup network, outside lines, borders of zones, machines. Tie the same name to the cable.",
        ),
        "never_blocked": Text(
            "何を切っても通すもの。診療の責任者が決め、理由と、決めた人の名前を書く。",
            "What is let through whatever is cut, decided by who answers for the care: write why, and who decided.",
        ),
        "recovery_needs": Text(
            "戻すときに要るもの。失われるサーバの中だけにないかを確かめてください。鍵そのものは書かず、置き場所を。",
            "What a recovery cannot do without: is it only on servers that would be lost? Never the key itself, only where it is.",
        ),
        "backup_media": Text(
            "取り外す媒体(テープ・RDXなど)の出し入れ。書いた日、外した日、戻した日。",
            "Media that are taken out (tape, RDX …): when written, taken out, put back.",
        ),
        "vendors": Text("保守を頼んでいる業者。", "Vendors who maintain something."),
        "zones": Text("ネットワークの区切り。図面の名前で。", "Parts of the network, by the names on the drawing."),
        "other_entries": Text(
            "回線のほかの入口。給食・検査・地域連携の網、メールやWebを使うPC、USB口、見張りのない壁のLAN口、無線、携帯回線。",
            "Ways in besides the lines: networks of partners, PCs with mail, USB ports, unguarded wall sockets, wireless, mobile.",
        ),
        "training": Text("研修と訓練の実施記録と、次の予定。", "Trainings and drills that were held, and the next ones planned."),
        "designed_flows": Text(
            "あってよい通信。`omamori ledger export` は観測した通信相手を並べるので、「必要か」に印を付けるだけです。",
            "Connections that are meant to be. `omamori ledger export` lists the peers that were observed: just tick them.",
        ),
        "exceptions": Text(
            "直せない理由があり、期限付きで受け入れるもの。", "What cannot be mended for a reason and is accepted for a time."
        ),
        "vendor_notices": Text(
            "業者から書面・電話・訪問などで届いた、弱点や更新のお知らせ。受け取ったら1行、決めたら「決めたこと」を。",
            "Notices of flaws and updates that vendors gave by letter, telephone or visit: a row when it comes, the decision when it is made.",
        ),
        "actions": Text(
            "誰が・いつまでに・誰に聞いて・何と答えられたか。記入してから取り込むと次の報告に残ります。",
            "Who, by when, whom was asked, what was answered. Fill it in and import it: the next report keeps it.",
        ),
        "vendor_machines": Text(
            "ご担当でない機器、撤去済みの機器があればお知らせください。", "Tell us of machines that are not yours, or are gone."
        ),
        "vendor_findings": Text(
            "一行で多くの機器に答えられます。分けるときは行を複製し「機器」を分けてください。",
            "One row answers for many machines. To answer apart, copy the row and divide the names.",
        ),
        "vendor_notice_replies": Text(
            "対象かどうか、更新してよいか、それまで何で守るかをお書きください。違う機器は行を複製して分けてください。",
            "Write whether these machines are concerned, whether they may be updated, and what protects meanwhile. Copy the row to answer apart.",
        ),
        "vendor_flows": Text(
            "観測した通信です。「必要か」をお選びください。足りないものは行を足してください。",
            "What was observed. Choose whether it is needed; add rows for what is missing.",
        ),
        "vendor_questions": Text(
            "当院の台帳と違うところがあれば、実際のとおりにお書きください。", "Where our ledger differs, write what is really so."
        ),
    }
)


def describe_sheet(table: str, language: Language) -> str:
    """Return the one line above a sheet's table; empty for a table without one."""
    words = _SHEETS.get(table)
    return words.say(language) if words else ""


GUIDE_TITLE = Text("はじめに", "Read me")
HEADLINE = Text("お守り 台帳", "Omamori ledger")

FIRST_TEN_MINUTES: tuple[tuple[str, Text], ...] = (
    ("site", Text("病院名と、この台帳を書いた人の名前(1分)", "Name of the hospital, and yours (1 minute)")),
    ("remote_lines", Text("知っている外部接続を、回線名だけでも(3分)", "The outside lines you know of, if only their names (3 minutes)")),
    ("ledger_assets", Text("止まると診療が止まる機器を5台まで(3分)", "Up to five machines care depends on (3 minutes)")),
    ("declared_backups", Text("電子カルテのバックアップを1行(2分)", "The backup of the EHR, one row (2 minutes)")),
    ("answers", Text("質問を上から、分かるものだけ(1分から)", "The questions from the top, those you know (from 1 minute)")),
)
LATER = Text(
    "そのあと、時間のあるときに: 連絡先 → 切る場所 → 止めない通信 → 復旧に要るもの → 媒体の記録 → 業者 → ゾーン → その他の入口 → 業者のお知らせ → 研修・訓練 → 設計通信 → 例外。"
    "すべて任意です。空欄は「まだ分からない」と扱い、責めません。",
    "Later, when there is time: contacts, places to cut, never blocked, what a recovery needs, media, vendors, zones, other ways in, vendors' notices, training, designed flows, "
    "exceptions. All optional. Empty means `not known yet`.",
)
RULES: tuple[Text, ...] = (
    Text(
        "灰色の「例」の行は取り込まれません。消しても残しても構いません。",
        "The grey row marked `example` is not imported. Keep it or delete it.",
    ),
    Text(
        "列の順番や見出しを変えても、見えない行の列名で読み取ります。行や列を足しても構いません。",
        "Columns may be moved and headings changed: hidden column keys tell them. Rows and columns may be added.",
    ),
    Text(
        "日付は 2026-04-01、2026/4/1、令和8年4月1日、R8.4.1 のどれでも。はい/いいえ は ○/× でも。",
        "Dates may be typed as 2026-04-01 or 2026/4/1; yes and no also as ○ and ×.",
    ),
    Text(
        "見出しにマウスを置くと、何を書くかが出ます。名前の一覧は、ほかのシートに書いたものから選べます。",
        "Rest the mouse on a heading to see what belongs there. Names of other sheets are offered as a list.",
    ),
    Text(
        "書けたら保存して `omamori import このファイル.xlsx`。直したらもう一度取り込めば、新しい方が使われます。",
        "Save it and run `omamori import THIS-FILE.xlsx`. Import it again after changes: the newer one counts.",
    ),
    Text("パスワードそのものは書かないでください。", "Do not write passwords into it."),
)
PRIVACY = Text(
    "このファイルには、氏名・電話番号と、病院の弱点が分かる情報が入ります。"
    "限られた人だけが開ける場所に置き、メールで送るときは暗号化してください。",
    "This file holds names, telephone numbers and what makes the hospital vulnerable. "
    "Keep it where few can open it; encrypt it before mailing.",
)
STARTING_POINT = Text(
    "お守りは、見た範囲で見つかったことを伝える道具です。すべてを保証するものではありません。",
    "Omamori tells what was found in what was looked at. It guarantees nothing.",
)

QUESTION_HEADINGS: Mapping[str, Text] = MappingProxyType(
    {
        "text": Text("質問", "Question in words"),
        "why": Text("なぜ聞くか", "Why it is asked"),
        "who": Text("知っていそうな人", "Who usually knows"),
    }
)
