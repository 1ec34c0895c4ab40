from __future__ import annotations

from omamori.backup.look.compare import Difference, Notes, Renamed
from omamori.backup.look.sample import Sampled
from omamori.backup.look.signs import signs_of
from omamori.model.backup_signs import sign_text


def test_every_sign_is_told_in_a_sentence() -> None:
    difference = Difference(
        old_files=100, new_files=100, changed=80, removed=90, added=90, renamed={"lockbit": Renamed(90, ("doc", "txt"))},
        endings={"lockbit": 90}, notes=Notes(4, 4, True),
    )  # fmt: skip
    for one in signs_of(difference, Sampled(), (0.01, 0.02, 0.0)):
        told = sign_text(one.kind, one.detail)
        assert told.ja != one.detail and told.en != one.detail and "{" not in told.ja + told.en, one


def test_the_words_of_both_languages() -> None:
    told = sign_text("looks-encrypted", "+5/6 (.csv, .jpg)")
    assert (
        told.ja == "新しいファイルのうち調べた 6 件の 5 件(.csv, .jpg)" and told.en == "5 of 6 new files that were looked into (.csv, .jpg)"
    )
    assert sign_text("mass-change", "1866/1868, 0.000").en == "1866 of the 1868 files of the generation before"
    assert sign_text("ransom-note", "24 (3)").ja == "24 件、3 のフォルダ"
    assert sign_text("canary-changed", "1").ja == "置いたときと中身が違う"
    assert sign_text("mass-loss", "many").ja == "many", "a form of another version stays as it is"
