"""What a folder of copies or dumps says of itself (`Structure.said`), in Japanese beside the English that is stored. Pure."""

from __future__ import annotations

import re

from omamori.model.text import Text

NO_CHECKSUMS = "a plain folder keeps no checksums: reading it shows only that every byte can be read"
_JAPANESE = (
    (re.compile(re.escape(NO_CHECKSUMS)), "ふつうのフォルダには検査値がありません。読んで分かるのは、すべてのバイトが読めることだけです"),
    (
        re.compile(r"(\d+) folders or files could not be listed \((\d+) of them: input/output error\)"),
        "一覧できないフォルダやファイルが {0} あります(うち {1} は媒体の読み取りエラー)",
    ),
    (
        re.compile(r"at least (\d+) files that the manifest lists are not there"),
        "ハッシュの一覧にあるファイルが、少なくとも {0} 足りません",
    ),
    (
        re.compile(r"the list is older than (\d+) files: make it anew right before each backup"),
        "{0} のファイルは、ハッシュの一覧より後に変わっています。一覧は、毎回バックアップの直前に作り直してください",
    ),
    (re.compile(r"(\d+) lines of the manifest were not understood"), "ハッシュの一覧に、読み取れない行が {0} あります"),
    (re.compile(r"pack ([0-9a-f]{8})[0-9a-f]{56}: does not exist"), "データのファイル {0} がありません"),
    (re.compile(r"(\d+) dumps of (\d+) end before their line of completion"), "ダンプ {1} のうち {0} は、完了の行の前で終わっています"),
    (
        re.compile(r"(\d+) dumps show only when they are read whether they are whole"),
        "{0} のダンプは、最後まで読まないと全部そろっているか分かりません",
    ),
)


def said_text(said: str) -> Text:
    """Return a line of `Structure.said` in both languages; what a program said in its own words stays as it is, and is told to be."""
    for pattern, japanese in _JAPANESE:
        found = pattern.fullmatch(said)
        if found is not None:
            return Text(japanese.format(*found.groups()), said)
    return Text(f"プログラムの言葉のまま: {said}", f"in the program's own words: {said}")
