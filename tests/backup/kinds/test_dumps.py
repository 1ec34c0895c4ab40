from __future__ import annotations

import gzip
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from omamori.backup.interface import BackupError, Key
from omamori.backup.kinds.dumps import DumpRepository, open_dumps, pg_restore, recognise

SQL = b"--\n-- PostgreSQL database dump\n--\n\nSELECT 1;\n" * 200 + b"--\n-- PostgreSQL database dump complete\n--\n"


def place_of(tmp_path: Path) -> Path:
    place = tmp_path / "dumps"
    place.mkdir()
    (place / "emr_20261101_0200.sql").write_bytes(SQL)
    (place / "emr_20261102_0200.sql").write_bytes(SQL[:-30])
    (place / "lab_20261102_0200.sql.gz").write_bytes(gzip.compress(SQL))
    return place


def opened(place: Path) -> DumpRepository:
    return open_dumps(str(place), Key(), place)


def test_every_file_is_a_generation_grouped_by_its_pattern(tmp_path: Path) -> None:
    found = {one.id: one for one in opened(place_of(tmp_path)).generations()}
    assert {name: one.complete for name, one in found.items()} == {
        "emr_20261101_0200.sql": True,
        "emr_20261102_0200.sql": False,
        "lab_20261102_0200.sql.gz": True,
    }
    assert {one.roots for one in found.values()} == {("PostgreSQL: emr_DATE.sql",), ("PostgreSQL: lab_DATE.sql.gz",)}
    local = datetime(2026, 11, 1, 2).astimezone(UTC).replace(tzinfo=None)
    assert found["emr_20261101_0200.sql"].finished == local


def test_a_dump_copied_later_is_as_old_as_its_name_says(tmp_path: Path) -> None:
    """A file written today under the name of an old day; of the day itself the file tells the hour."""
    place = tmp_path / "dumps"
    place.mkdir()
    day = datetime(2026, 3, 1).astimezone(UTC).replace(tzinfo=None)
    for name, hours in (("emr-20260301.sql", 24 * 60), ("lab-20260301.sql", 5)):
        (place / name).write_bytes(SQL)
        moment = day.replace(tzinfo=UTC).timestamp() + hours * 3600
        os.utime(place / name, (moment, moment))
    assert {one.id: one.finished for one in opened(place).generations()} == {
        "emr-20260301.sql": day,
        "lab-20260301.sql": day + timedelta(hours=5),
    }


def test_a_dump_cut_off_is_damage_and_the_lists_do_not_fit(tmp_path: Path) -> None:
    repository = opened(place_of(tmp_path))
    told = {part.name: repository.read_part(part) for part in repository.parts()}
    assert {name for name, found in told.items() if found is not None} == {"emr_20261102_0200.sql"}
    assert [one.detail for one in repository.structure().damages] == ["cut-short"]
    assert repository.structure().ok is False and "1 dumps of 3" in repository.structure().said[0]


def test_dumps_in_folders_by_day(tmp_path: Path) -> None:
    for day in ("2026-11-01", "2026-11-02"):
        (tmp_path / "dumps" / day).mkdir(parents=True)
        (tmp_path / "dumps" / day / "emr.sql").write_bytes(SQL)
    assert recognise(tmp_path / "dumps")
    assert [one.id for one in opened(tmp_path / "dumps").generations()] == ["2026-11-01/emr.sql", "2026-11-02/emr.sql"]


def test_a_few_dumps_among_other_files_are_no_folder_of_dumps(tmp_path: Path) -> None:
    place = place_of(tmp_path)
    assert recognise(place)
    for number in range(9):
        (place / f"letter{number}.txt").write_bytes(b"dear colleague")
    assert not recognise(place) and not recognise(tmp_path / "nowhere")


def test_two_generations_of_one_database_have_one_path(tmp_path: Path) -> None:
    repository = opened(place_of(tmp_path))
    paths = {one.id: [entry.path for entry in repository.entries(one)] for one in repository.generations()}
    assert paths["emr_20261101_0200.sql"] == paths["emr_20261102_0200.sql"] == ["/emr_DATE.sql"]
    into = tmp_path / "into"
    into.mkdir()
    repository.restore(repository.generations()[0], ["/emr_DATE.sql"], into)
    assert (into / "emr_DATE.sql").read_bytes() == SQL


def test_a_dump_that_went_away(tmp_path: Path) -> None:
    place = place_of(tmp_path)
    repository = opened(place)
    (place / "emr_20261101_0200.sql").unlink()
    told = {part.name: repository.read_part(part) for part in repository.parts()}
    lost = told["emr_20261101_0200.sql"]
    assert lost is not None and lost.detail == "missing"


def test_a_link_out_of_the_folder_is_no_dump(tmp_path: Path) -> None:
    place = place_of(tmp_path)
    (tmp_path / "outside.sql").write_bytes(SQL)
    (place / "link.sql").symlink_to(tmp_path / "outside.sql")
    assert "link.sql" not in {one.id for one in opened(place).generations()}


def test_no_dumps_at_all(tmp_path: Path) -> None:
    with pytest.raises(BackupError) as told:
        opened(tmp_path)
    assert told.value.code == "not-a-repository"


@pytest.mark.skipif(os.name == "nt" or pg_restore() is None, reason="needs pipes and PostgreSQL's client")
def test_a_folder_dump_with_a_pipe_in_it_is_not_waited_for(tmp_path: Path) -> None:
    place = tmp_path / "dumps"
    folder = place / "emr_20261101"
    folder.mkdir(parents=True)
    (folder / "toc.dat").write_bytes(b"PGDMP" + bytes((1, 14, 0, 4, 8, 3)) + bytes(200))
    os.mkfifo(folder / "3000.dat")
    repository = opened(place)
    assert [found.detail for part in repository.parts() if (found := repository.read_part(part))] == ["altered"]
