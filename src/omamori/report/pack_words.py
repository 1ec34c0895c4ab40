"""The words of an evidence pack, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.text import Text

WORDS: Mapping[str, Text] = MappingProxyType(
    {
        "title": Text("根拠一式", "Evidence pack"),
        "what": Text(
            "公式のシートの順に並べた下書きと、各項目の根拠(保管している出力から、項目が指す行だけを抜き出したもの)です。"
            "判断や証明ではありません。答えは、記名した人のものです。",
            "A draft in the order of the official sheet, and the evidence of each item: of the stored outputs only the lines the items point to. "
            "It is no judgement and no certificate. The answers are those of the person named.",
        ),
        "masked": Text(
            "人の名前とアカウント名は「職員A」などに置き換えました。同じ人は、この一式の中ではいつも同じ文字です。",
            "Names of persons and accounts are replaced by “staff A” and so on; the same person has the same letter throughout.",
        ),
        "with_names": Text(
            "人の名前とアカウント名を含みます。渡す相手を確かめてください。",
            "It holds names of persons and accounts. See to whom it is given.",
        ),
        "whole": Text(
            "元の出力の全体は病院に保管してあります。SHA-256 の値で、抜き出した元を確かめられます。",
            "The whole outputs are kept in the hospital. Their SHA-256 tells from which one a line was taken.",
        ),
        "hashes": Text(
            "この一式のファイルが書き換わっていないことは、展開したフォルダで sha256sum -c SHA256SUMS を実行すると確かめられます。",
            "Whether the files of this pack are unaltered: run sha256sum -c SHA256SUMS in the unpacked folder.",
        ),
        "files": Text("入っているもの", "What is inside"),
        "sheet": Text("シート(Excel)", "Sheet (Excel)"),
        "print": Text("シート(印刷用)", "Sheet (to print)"),
        "outputs": Text("抜き出した元の出力の一覧", "List of the outputs the lines are from"),
        "sums": Text("ファイルのSHA-256", "SHA-256 of the files"),
        "items": Text("項目と根拠番号", "Items and evidence numbers"),
        "number": Text("番号", "No."),
        "item": Text("項目", "Item"),
        "evidence_number": Text("根拠番号", "Evidence no."),
        "says": Text("根拠の示すこと", "What the evidence says"),
        "answer": Text("記入", "Answer"),
        "nobody": Text("記入なし", "not answered"),
        "no_evidence": Text("根拠なし", "no evidence"),
        "differs": Text("記入と実測が異なる項目", "Items whose answer and evidence differ"),
        "differs_note": Text(
            "隠さずにすべて載せています。説明は、シートの備考に書いて取り込むと、次に作る一式に入ります。下の欄に手で書くこともできます。",
            "All of them are here. An explanation written as a remark on the sheet and imported is in the next pack; it can also be written below by hand.",
        ),
        "no_differs": Text("ありません(見た範囲で)。", "None, in what was looked at."),
        "explanation": Text("説明(記入欄)", "Explanation"),
        "missing": Text("足りないもの", "Missing"),
        "problems": Text("記入について", "About the answer"),
        "proof": Text("根拠", "Evidence"),
        "where": Text("どこにあるか", "Where it is"),
        "seen": Text("見た日時", "seen"),
        "line": Text("行目", "line"),
        "whole_sha": Text("元の出力のSHA-256", "SHA-256 of the whole output"),
        "nothing_shows": Text("示す行はありません(ないこと、または全体が根拠です)", "no single line shows it (its absence, or the whole)"),
        "moment": Text("点検の時点", "As of"),
        "hospital": Text("医療機関", "Hospital"),
        "machine": Text("機器", "machine"),
        "kind": Text("種類", "kind"),
        "size": Text("バイト", "bytes"),
        "lines": Text("抜き出した行", "lines taken"),
        "not_us": Text(
            "厚生労働省などが作成・承認したものではありません。",
            "It is neither made nor approved by the ministry or anybody else who is named.",
        ),
    }
)
