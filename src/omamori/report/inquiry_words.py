"""The words of the inquiry to a vendor, in plain and polite business language of both tongues."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.text import Language, Text

TITLE = Text("医療情報システムの安全管理に関するご照会", "Inquiry about the security of medical information systems")
HONORIFIC = Text("{name} 御中", "To {name}")
SENDER = Text("医療機関名", "Hospital")
SENDER_DESK = Text("担当部署・氏名・電話", "Department, name, telephone")
SENT_ON = Text("照会日", "Date of the inquiry")
REPLY_BY = Text("ご回答の希望日", "Please answer by")
LOOKED_ON = Text("点検の時点", "Looked at on")

LETTER: tuple[Text, ...] = (
    Text(
        "平素より当院の医療情報システムの保守にご協力をいただき、ありがとうございます。",
        "Thank you for looking after the systems of our hospital.",
    ),
    Text(
        "当院では、医療情報システムの状態を自院で点検しております。貴社にご担当いただいている機器について、"
        "点検で見た範囲で分かったことを添えて、次の点をご確認いただきたくお願い申し上げます。",
        "We check the state of our medical information systems ourselves. For the machines you look after we ask you to confirm "
        "the points below; what we found where we looked is quoted with each.",
    ),
    Text(
        "このご照会は、貴社の作業や製品の評価ではありません。診療を止めないために、誰がいつ何をするかを一緒に決めるためのものです。",
        "This is no judgement on your work or products. It is meant to settle together who does what by when, so that care does not stop.",
    ),
)
POINTS: tuple[Text, ...] = (
    Text(
        "「対処のお願い」: 当院で対処してよいか、貴社で対処されるか、いつまでか。変更できない場合は、理由、代わりに守るもの、いつまでか。",
        "`What we ask`: may we mend it, or will you, and by when? Where it may not be changed: why, what protects instead, until when.",
    ),
    Text(
        "「お知らせの確認」: 弱点や更新のお知らせが、どの機器に当たるか、更新してよいか、いつまでか、それまで何で守るか。",
        "`Notices`: which machines a notice of a flaw or update is about, whether they may be updated, by when, and what protects meanwhile.",
    ),
    Text(
        "「通信の確認」: 待ち受けているポートと通信相手のうち、必要なもの。観測したものを並べました。",
        "`Connections`: which of the ports and peers are needed. Those we saw are listed.",
    ),
    Text(
        "「回線と書類」: 遠隔保守の回線の有無、接続機器とファームウエア、開けられる方、接続元の制限、二要素認証。MDS/SDSのご提出。",
        "`Lines and papers`: remote lines, their device and firmware, who may open them, restricted sources, two factors; MDS/SDS.",
    ),
    Text(
        "「対象の機器」: ご担当でない機器、撤去済みの機器があればお知らせください。",
        "`Machines`: tell us of those that are not yours, or gone.",
    ),
)
HOW_TO_ANSWER: tuple[Text, ...] = (
    Text(
        "色の付いた欄にご記入のうえ、このファイルのままご返送ください。途中まででも構いません。空欄は「確認中」として扱います。",
        "Fill in the coloured cells and send this file back as it is. Part of it is welcome; what is empty counts as being checked.",
    ),
    Text(
        "一行で多くの機器にお答えいただけます。機器ごとに答えが違う場合は、行を複製して「機器」の欄を分けてください。",
        "One row answers for many machines. Where they differ, copy the row and divide the names.",
    ),
    Text(
        "「変更できない」とお答えの場合は、理由、期日(いつまでか)、ご回答者のお名前をお書きください。そろったものは、期日まで当院の例外として記録します。",
        "Where it may not be changed, give the reason, the day until which that holds, and your name. Then it is recorded as an exception of "
        "ours until that day.",
    ),
    Text("日付は 2026-04-01、令和8年4月1日 のどちらでも構いません。", "Days may be written as 2026-04-01."),
    Text("パスワードや鍵は書かないでください。", "Do not write passwords or keys into it."),
    Text(
        "貴社のサイバーセキュリティ対策チェックリスト(事業者確認用)は、別のファイルでお願いしております。",
        "The checklist for vendors (事業者確認用) comes as a file of its own.",
    ),
)
WITHIN = Text(
    "このファイルには、貴社にご担当いただいている機器のことだけを載せています。ほかの業者の機器、アカウント名、個人の名前、"
    "USBの接続履歴は載せていません。弱点が分かる情報ですので、取り扱いにご注意ください。",
    "This file speaks only of machines you look after: no other vendor's machine, no account, no person, no USB history. "
    "It tells weaknesses; please keep it where few can open it.",
)
UNSEEN = Text(
    "このほか、当院から見えなかった項目が {count} 件あります。見つからなかったことを意味するものではありません。",
    "Besides, {count} points could not be seen by us. That does not mean nothing is there.",
)
COUNTS = Text(
    "対象: 機器 {machines} 台、回線 {lines} 件。お願い {findings} 件、お知らせ {notices} 件、通信 {flows} 件、質問 {questions} 件。",
    "In it: machines {machines}, lines {lines}, requests {findings}, notices {notices}, connections {flows}, questions {questions}.",
)
EARLIER = Text(
    "前回のご回答({day})を記入済みにしてあります。変わったところだけ直してください。",
    "Your last answer ({day}) is filled in. Change what has changed.",
)
POINTS_TITLE = Text("お願いすること", "What we ask")
HOW_TITLE = Text("ご回答の方法", "How to answer")

ASK_ANYWAY = Text(
    "対処の可否と時期、どちらで行うかをご教示ください。",
    "Please tell us whether, when and by whom this can be mended.",
)
NOT_QUOTED = Text(
    "(行の中身は個人やアカウントを含むことがあるため載せていません。番号で当院が確認できます)",
    "(the line itself may hold people or accounts and is not quoted; we find it by its number)",
)

LINE_QUESTIONS: Mapping[str, tuple[Text, str]] = MappingProxyType(
    {
        "line-exists": (
            Text("遠隔保守の回線(VPN、携帯回線、遠隔操作ソフトなど)はありますか。", "Is there a line for remote maintenance?"),
            "",
        ),
        "line-device": (Text("接続機器のメーカーと型番をお知らせください。", "Maker and model of the device it ends on?"), "device"),
        "line-firmware": (Text("そのファームウエアの版をお知らせください。", "Version of its firmware?"), "firmware"),
        "line-opened-by": (
            Text("この回線を開けられるのはどなたですか(部署で結構です)。", "Who may open this line (the desk will do)?"),
            "",
        ),
        "line-source": (Text("接続元のアドレスを限定していますか。", "Are the source addresses restricted?"), "source_restricted"),
        "line-two-factor": (Text("二要素認証を使っていますか。", "Are two factors asked?"), "two_factor"),
    }
)
"""Question → its words and the column of the ledger that is shown beside it (empty: none, it may name a person)."""
VENDOR_QUESTIONS: Mapping[str, tuple[Text, str]] = MappingProxyType(
    {
        "patches": (Text("保守契約にパッチの適用は含まれますか。", "Does the contract include applying patches?"), "patches"),
        "mds": (
            Text(
                "医療情報セキュリティ開示書(MDS/SDS)をご提出いただけますか。ご提出済みなら「はい」と日付を。",
                "Will you hand over the security disclosure form (MDS/SDS)? If done: yes, and the day.",
            ),
            "mds",
        ),
    }
)
SHOWN: Mapping[str, Text] = MappingProxyType(
    {
        "number": Text("番号", "No."),
        "severity": Text("重さ", "Severity"),
        "what": Text("見つかったこと", "What was found"),
        "ask": Text("お尋ねすること", "What we ask"),
        "evidence": Text("当院の根拠(見た範囲)", "Our evidence"),
        "seen": Text("確認日", "Seen on"),
        "told": Text("届いた日・公表日", "Received or published"),
        "notice": Text("お知らせの内容", "What it says"),
        "why": Text("当院で当たると見た理由", "Why it may be ours"),
        "observed": Text("観測した様子", "As observed"),
        "question": Text("質問", "Question"),
        "said": Text("当院の台帳", "Our ledger says"),
        "hostname": Text("ホスト名", "Host name"),
        "address": Text("IPアドレス", "IP address"),
        "purpose": Text("用途", "Purpose"),
        "place": Text("設置場所", "Place"),
        "os": Text("OS", "Operating system"),
        "last_seen": Text("最後に見た日", "Last seen"),
    }
)
MORE = Text("ほか {count} 件", "and {count} more")


def filled(text: Text, language: Language, **values: object) -> str:
    """Return a sentence with its places filled."""
    return text.say(language).format(**values)
