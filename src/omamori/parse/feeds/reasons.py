"""Why a record of a feed could not be read, in Japanese: the parsers' own English words, form by form. Pure.

What a library says in its own words (of JSON, CSV, XML) stays in brackets as it is.
"""

from __future__ import annotations

import re

_PLACED = re.compile(r"(.*) \(character ([\d,]+) of the file\)", re.DOTALL)
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(english, re.DOTALL), japanese)
    for english, japanese in (
        # Files as a whole.
        (r"the file is empty", "ファイルが空です"),
        (r"the file ends too early", "ファイルが途中で終わっています"),
        (r"the file says (\d+) entries, (\d+) were found", r"ファイルには\1件とありますが、見つかったのは\2件です"),
        (r"expected the end of the file", "ファイルの終わりのあとに余分なものがあります"),
        (r"expected nothing more", "終わりのあとに余分なものがあります"),
        (r"expected the end of the list", "一覧の終わりがありません"),
        (r"expected another record or the end of the list", "次の記録か、一覧の終わりがあるはずの場所です"),
        (r"expected a list or an object at the beginning", "先頭に一覧かオブジェクトがありません"),
        (r"expected a list or an object at (.+)", r"\1 に一覧かオブジェクトがありません"),
        # JSON, CSV, XML.
        (r"expected a name in quotation marks", "引用符で囲んだ名前がありません"),
        (r"expected a record like the others", "ほかの記録と形が違います"),
        (r"expected ('.'|\".\"|'\\\\.')", r"\1 があるはずの場所です"),
        (r"nested too deeply", "入れ子が深すぎます"),
        (r"longer than ([\d,]+) characters, or a text without an end", r"\1文字を超えているか、文に終わりがありません"),
        (r"longer than ([\d,]+) bytes", r"\1バイトを超えています"),
        (r"expected text in Unicode \(UTF-8\)", "文字コードがUTF-8ではありません"),
        (r"expected a number, found (.+)", r"数ではありません(\1)"),
        (r"the name (.+) stands twice in one object", r"1つのオブジェクトに同じ名前 \1 が2つあります"),
        (r"not JSON: (.+)", r"JSONとして読めません(\1)"),
        (r"not CSV: (.+)", r"CSVとして読めません(\1)"),
        (r"(?:expected XML|not well-formed): (.+)", r"XMLとして読めません(\1)"),
        (r"expected comma-separated values \((.+)\)", r"CSVとして読めません(\1)"),
        (r"expected a quotation mark at the end of a text", "文の終わりの引用符がありません"),
        (r"expected one row", "1行に1件ではありません"),
        (r"expected (\d+) (?:values|columns), found (\d+)", r"列は\1個のはずですが、\2個あります"),
        (r"expected a line of text, at most ([\d,]+) bytes", r"1行が\1バイト以下の文ではありません"),
        (r"expected a line of at most (\d+) bytes", r"1行が\1バイトを超えています"),
        (r"(\d+) more rows could not be read", r"ほかに\1行を読めませんでした"),
        (r"too many damaged places", "壊れた箇所が多すぎます"),
        (r"a record larger than any publisher's", "1件の記録が大きすぎます"),
        # Records of one feed.
        (r"expected a CVE identifier at (\S+)", r"\1 にCVE番号がありません"),
        (r"(\S+): expected a day \(2024-01-31\) at (\S+)", r"\1: \2 に日付(2024-01-31の形)がありません"),
        (r"expected the JSON of one CVE with its name", "CVE1件のJSONで、番号のあるものではありません"),
        (r"expected one of: (.+)", r"次のどれでもありません: \1"),
        (r"expected an object with an id", "id のあるオブジェクトではありません"),
        (r"expected package, number of a flaw, flags, versions", "パッケージ、脆弱性の番号、印、版が並んでいません"),
        (r"expected an advisory with advisoryId", "advisoryId のある公表情報ではありません"),
        (r"expected a flaw with its CVE identifier as id", "id にCVE番号のある脆弱性ではありません"),
        (r"expected a known status, and a version where it is released", "知られている状態ではないか、修正版があるのに版がありません"),
        (r"expected a source package with its flaws", "脆弱性の並んだソースパッケージではありません"),
        (r"expected a flaw with its releases", "リリースごとの状態のある脆弱性ではありません"),
        (r"expected open, resolved or undetermined", "open、resolved、undetermined のどれでもありません"),
        (r"expected score_date, or the day in the name", "score_date がなく、ファイル名にも日付がありません"),
        (r"expected a CVE identifier and numbers from 0 to 1", "CVE番号と、0から1までの数が並んでいません"),
        (r"expected an identifier such as JVNDB-2024-001234, found (.+)", r"JVNDB-2024-001234 のような番号がありません(\1)"),
        (r"expected a definition with a reference to its erratum", "修正情報への参照のある定義ではありません"),
        (r"expected a CVE number in `cve`", "cve にCVE番号がありません"),
        (r"expected a `product`", "product がありません"),
        (r"expected a CVE or ADV number of the flaw", "脆弱性のCVE番号かADV番号がありません"),
        (r"expected DatePosted as YYYYMMDD", "DatePosted が YYYYMMDD の形ではありません"),
        (r"expected an AffectedProduct", "AffectedProduct がありません"),
        (r"expected a release with releaseCycle", "releaseCycle のあるリリースではありません"),
        (r"expected a product with a name", "name のある製品ではありません"),
        (r"expected a release with a name", "name のあるリリースではありません"),
        (r"expected nodes that are not nested so deeply", "条件の入れ子が深すぎます"),
        (r"expected a CPE name of at most (\d+) printable characters", r"CPE名が\1文字以下の表示できる文字ではありません"),
        (r"expected a CPE name \(cpe:2\.3:… or cpe:/…\), found (.+)", r"CPE名(cpe:2.3:… か cpe:/…)ではありません(\1)"),
        (r"expected (\d+) attributes in a CPE 2\.3 name, found (\d+)", r"CPE 2.3の名前の項目は\1個のはずですが、\2個あります"),
        (r"expected at most 7 components in a CPE 2\.2 URI, found (\d+)", r"CPE 2.2のURIの項目は7個までですが、\1個あります"),
        (r"expected at most 5 packed attributes in the edition of a CPE 2\.2 URI", "CPE 2.2のURIのエディションの項目が5個を超えています"),
        (r"expected the part a, o or h in a CPE name, found (.+)", r"CPE名の種別が a、o、h のどれでもありません(\1)"),
        (r"expected printable characters in a CPE name", "CPE名に表示できない文字があります"),
        (r"unknown: (.+)", r"知らない版の数え方です(\1)"),
    )
)


def reason_ja(reason: str) -> str:
    """Return in Japanese why a record could not be read; words of a library, or none of these forms, come as they are behind a Japanese lead."""
    placed = _PLACED.fullmatch(reason)
    if placed is not None:
        return f"{reason_ja(placed[1])}(ファイルの{placed[2]}文字目)"
    for form, japanese in _FORMS:
        found = form.fullmatch(reason)
        if found is not None:
            return found.expand(japanese)
    return f"読み取れない形です({reason})"
