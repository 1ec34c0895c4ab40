from __future__ import annotations

from pathlib import Path

from omamori.backup.interface import Key
from omamori.backup.kinds.dumps import open_dumps
from omamori.backup.kinds.folder import open_folder
from omamori.backup.plain_words import said_text
from omamori.backup.survey import MANIFEST


def test_all_that_a_folder_says_has_its_japanese(tmp_path: Path) -> None:
    place = tmp_path / "mirror"
    place.mkdir()
    (place / "a").write_bytes(b"a")
    (tmp_path / "one").mkdir()
    said = open_folder(str(place), Key(), tmp_path / "one").structure().said
    (place / MANIFEST).write_text("nonsense\n" + "".join(f"{'0' * 64}  file{number}\n" for number in range(3)), encoding="utf-8")
    (tmp_path / "two").mkdir()
    said += open_folder(str(place), Key(), tmp_path / "two").structure().said
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    (dumps / "cut.sql").write_bytes(b"--\n-- PostgreSQL database dump\n--\n")
    (dumps / "one.bak").write_bytes(b"MSSQLBAK")
    said += open_dumps(str(dumps), Key(), tmp_path).structure().said
    said += ("2 folders or files could not be listed (1 of them: input/output error)",)
    said += ("the list is older than 253 files: make it anew right before each backup",)
    assert len(set(said)) == 7
    for line in said:
        text = said_text(line)
        assert text.en == line and text.ja != line and "{" not in text.ja


def test_the_words_of_a_program_stay_and_are_told_to_be_its_words() -> None:
    told = said_text("error for tree e8fa7695")
    assert told.ja == "プログラムの言葉のまま: error for tree e8fa7695" and told.en == "in the program's own words: error for tree e8fa7695"
    assert said_text(f"pack {'ac81' * 16}: does not exist").ja == "データのファイル ac81ac81 がありません"
