"""What a sign's counts and endings say, in a sentence for people. Pure; the short form is what the record keeps."""

from __future__ import annotations

import re

from omamori.model.text import Text

_FORMS = (
    (
        "looks-encrypted",
        re.compile(r"\+(\d+)/(\d+)( \(.*\))?"),
        "新しいファイルのうち調べた {1} 件の {0} 件{2}",
        "{0} of {1} new files that were looked into{2}",
    ),
    ("looks-encrypted", re.compile(r"(\d+)/(\d+)( \(.*\))?"), "調べた {1} 件の {0} 件{2}", "{0} of {1} files that were looked into{2}"),
    (
        "renamed",
        re.compile(r"(\d+)/(\d+) (\S+)( \(.*\))?"),
        "{1} 件のうち {0} 件が {2} に{3}",
        "{0} of {1} files now end in {2}{3}",
    ),
    ("canary-changed", re.compile("1"), "置いたときと中身が違う", "it is not as it was written"),
    ("canary-missing", re.compile("1"), "前の世代にはあった", "it was in the generation before"),
    ("ransom-extension", re.compile(r"(\d+) (\S+)"), "{1} が {0} 件", "{0} files end in {1}"),
    ("ransom-note", re.compile(r"(\d+) \((\d+)\)"), "{0} 件、{1} のフォルダ", "{0} files in {1} folders"),
    (
        "mass-change",
        re.compile(r"(\d+)/(\d+)(?:, ([0-9.]+))?"),
        "前の世代の {1} 件のうち {0} 件",
        "{0} of the {1} files of the generation before",
    ),
    (
        "mass-loss",
        re.compile(r"(\d+)/(\d+)(?:, ([0-9.]+))?"),
        "前の世代の {1} 件のうち {0} 件",
        "{0} of the {1} files of the generation before",
    ),
)


def sign_text(kind: str, detail: str) -> Text:
    """Return the detail of a sign in both languages. In: its kind and its detail as kept; one of another form stays as it is."""
    for name, form, japanese, english in _FORMS:
        found = form.fullmatch(detail) if name == kind else None
        if found is not None:
            words = [part or "" for part in found.groups()]
            return Text(japanese.format(*words).replace(" (", "("), english.format(*words))
    return Text(detail, detail)
