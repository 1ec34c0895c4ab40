from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from omamori.backup.interface import BackupError, Key, Part
from omamori.backup.kinds.folder import KIND, MIRROR, FolderRepository, open_folder, recognise, roots_of
from omamori.backup.survey import MANIFEST, bucket_of


def made(folder: Path, *names: str, days_old: float = 0) -> None:
    moment = time.time() - days_old * 86_400
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
        os.utime(path, (moment, moment))


def opened(tmp_path: Path, place: Path) -> FolderRepository:
    shop = tmp_path / f"shop{len(list(tmp_path.iterdir()))}"
    shop.mkdir()
    return open_folder(str(place), Key(), shop)


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def test_a_mirror_is_one_generation_as_old_as_its_newest_file(tmp_path: Path) -> None:
    place = tmp_path / "mirror"
    made(place, "emr/a", days_old=30)
    made(place, "emr/b", days_old=3)
    (one,) = opened(tmp_path, place).generations()
    assert (one.id, one.files, one.complete) == (MIRROR, 2, None)
    assert one.finished is not None and timedelta(days=2.9) < now() - one.finished < timedelta(days=3.1)


def test_a_file_of_next_year_makes_no_backup_young(tmp_path: Path) -> None:
    place = tmp_path / "mirror"
    made(place, "old", days_old=40)
    made(place, "future", days_old=-400)
    (one,) = opened(tmp_path, place).generations()
    assert one.finished is not None and now() - one.finished > timedelta(days=39)


def test_folders_by_day_of_an_archive_of_pictures_are_no_generations(tmp_path: Path) -> None:
    place = tmp_path / "pacs"
    for day in range(1, 9):
        made(place, *(f"2026-11-{day:02}/1.2.840.{day}.{number}.dcm" for number in range(5)))
    # Names of studies: what stands before the first dot is no name of a file here.
    for day in range(1, 9):
        made(place, *(f"2026-11-{day:02}/study{day}{number}/image.dcm" for number in range(9)))
    assert roots_of(place) == {MIRROR: place}


def test_an_encrypted_newest_generation_is_still_one(tmp_path: Path) -> None:
    place = tmp_path / "nas"
    made(place, *(f"2026-11-01/{number}.doc" for number in range(9)), *(f"2026-11-02/{number}.doc.locked" for number in range(9)))
    assert list(roots_of(place)) == ["2026-11-01", "2026-11-02"]


def test_names_without_a_date_get_the_moment_of_folder_and_files(tmp_path: Path) -> None:
    place = tmp_path / "rotation"
    for number, name in enumerate(("daily.0", "daily.1", "daily.2")):
        made(place / name, "emr/a", days_old=number)
        moment = time.time() - number * 86_400
        os.utime(place / name, (moment, moment))
    (tmp_path / "rotation" / "lost+found").mkdir()
    assert [one.id for one in opened(tmp_path, place).generations()] == ["daily.2", "daily.1", "daily.0"]


def test_an_unfinished_generation_is_told(tmp_path: Path) -> None:
    place = tmp_path / "nas"
    made(place, "2026-11-01/a", "2026-11-02.partial/a")
    assert [one.complete for one in opened(tmp_path, place).generations()] == [None, False]


def test_reading_without_checksums_says_that_it_proves_little(tmp_path: Path) -> None:
    place = tmp_path / "mirror"
    made(place, "a", "b")
    repository = opened(tmp_path, place)
    assert repository.structure().ok is None and "no checksums" in repository.structure().said[0]
    assert [repository.read_part(part) for part in repository.parts()] == [None] * len(repository.parts())
    assert repository.locks() == () and repository.read_share(0, 4) is None and repository.locate([]) == ()


def test_a_manifest_finds_a_change_and_a_loss(tmp_path: Path) -> None:
    place = tmp_path / "mirror"
    made(place, "a", "b")
    (place / MANIFEST).write_text(f"{'0' * 64}  a\n{'0' * 64}  lost\n", encoding="utf-8")
    repository = opened(tmp_path, place)
    told = {part.bucket: repository.read_part(part) for part in repository.parts()}
    different = told[bucket_of("a")]
    assert different is not None and (different.detail, different.files) == ("altered", 1)
    missing = repository.read_part(Part("", 0, bucket_of("lost")))
    assert missing is not None and (missing.detail, missing.files) == ("missing", 1)


def test_a_place_that_goes_away_while_it_is_read(tmp_path: Path) -> None:
    place = tmp_path / "nas"
    made(place, "2026-11-01/a", "2026-11-02/a")
    repository = opened(tmp_path, place)
    parts = repository.parts()
    place.rename(tmp_path / "elsewhere")
    for work in (lambda: repository.read_part(parts[0]), lambda: list(repository.entries(repository.generations()[0]))):
        with pytest.raises(BackupError) as told:
            work()
        assert told.value.code == "gone"


def test_restoring_some_of_it(tmp_path: Path) -> None:
    place = tmp_path / "mirror"
    made(place, "emr/a", "emr/b", "lab/c")
    repository = opened(tmp_path, place)
    (one,) = repository.generations()
    into = tmp_path / "into"
    into.mkdir()
    seen: list[tuple[int, int]] = []
    repository.restore(one, ["/emr"], into, progress=lambda done, total: seen.append((done, total)))
    assert sorted(path.relative_to(into).as_posix() for path in into.rglob("*")) == ["emr", "emr/a", "emr/b"]
    assert (into / "emr" / "a").read_bytes() == b"emr/a" and seen[-1][0] == 10
    assert (into / "emr" / "a").stat().st_mtime_ns == (place / "emr" / "a").stat().st_mtime_ns


def test_what_is_no_copy(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert not recognise(tmp_path / "empty") and not recognise(tmp_path / "nowhere")
    with pytest.raises(BackupError) as told:
        opened(tmp_path, tmp_path / "nowhere")
    assert told.value.code == "unreachable"
    assert KIND.order == 1000


def test_an_error_of_the_medium_is_damage_and_a_file_we_may_not_read_is_none(tmp_path: Path) -> None:
    """/proc/self/mem is a regular file whose first byte nobody can read: the system answers with an input/output error."""
    repository = opened(tmp_path, tmp_path)
    assert repository._read(Path("/proc/self/mem"), None, {}) == "unreadable"
    assert repository._read(tmp_path, None, {}) == "denied"
    assert repository._read(tmp_path / "nowhere", None, {}) == "" and repository._read(tmp_path / "nowhere", "0" * 64, {}) == "missing"


def test_one_file_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    """A file that goes away between the list and the copy: the others are restored, and the count is told."""
    place = tmp_path / "mirror"
    made(place, "a", "b", "c")
    repository = opened(tmp_path, place)
    (one,) = repository.generations()
    into = tmp_path / "into"
    into.mkdir()

    def take_away(done: int, total: int) -> None:
        (place / "b").unlink(missing_ok=True)

    with pytest.raises(BackupError) as told:
        repository.restore(one, None, into, progress=take_away)
    assert told.value.code == "failed" and "1 files" in told.value.text.en
    assert sorted(path.name for path in into.iterdir()) == ["a", "c"]


def listed(place: Path, days_old: float) -> None:
    """Write the list of what lies there now, as if that had been so many days ago; the folders become as old as it."""
    files = sorted(path for path in place.rglob("*") if path.is_file() and path.name != MANIFEST)
    (place / MANIFEST).write_text("".join(f"{sha256(one.read_bytes()).hexdigest()}  {one.relative_to(place)}\n" for one in files))
    aged(place, days_old)


def aged(place: Path, days_old: float) -> None:
    moment = time.time() - days_old * 86_400
    for path in (place / MANIFEST, place, *(one for one in place.rglob("*") if one.is_dir())):
        os.utime(path, (moment, moment))


def harm(repository: FolderRepository) -> list[tuple[str, int | None]]:
    found = [repository.read_part(Part(f"{number:02x}", 0, number)) for number in range(256)]
    return sorted((one.detail, one.files) for one in found if one is not None)


def test_what_was_changed_or_renamed_after_the_list_is_no_damage(tmp_path: Path) -> None:
    place = tmp_path / "mirror"
    made(place, *(f"old/{number}" for number in range(40)), *(f"kept/{number}" for number in range(40)), days_old=9)
    listed(place, 5)
    (place / "old").rename(place / "new")
    for number in range(3):
        (place / f"kept/{number}").write_bytes(b"changed")
    repository = opened(tmp_path, place)
    structure = repository.structure()
    assert structure.ok is None
    assert structure.said == ("the list is older than 43 files: make it anew right before each backup",)
    assert harm(repository) == []


def test_a_file_as_old_as_the_list_says_is_damaged_when_it_differs(tmp_path: Path) -> None:
    place = tmp_path / "mirror"
    made(place, "emr/rotten", "emr/fine", "emr/later", days_old=9)
    listed(place, 5)
    state = (place / "emr/rotten").stat()
    (place / "emr/rotten").write_bytes(b"emr/rotteN")
    os.utime(place / "emr/rotten", ns=(state.st_atime_ns, state.st_mtime_ns))
    (place / "emr/later").write_bytes(b"written after the list")
    assert harm(opened(tmp_path, place)) == [("altered", 1)]


def test_a_second_after_the_list_is_still_held_against_it(tmp_path: Path) -> None:
    place = tmp_path / "mirror"
    made(place, "a", days_old=9)
    listed(place, 5)
    (place / "a").write_bytes(b"x")
    moment = (place / MANIFEST).stat().st_mtime
    for later, found in ((1.0, [("altered", 1)]), (3.0, [])):
        os.utime(place / "a", (moment + later, moment + later))
        assert harm(opened(tmp_path, place)) == found


def test_a_listed_file_is_missing_only_where_nothing_is_younger_than_the_list(tmp_path: Path) -> None:
    place = tmp_path / "mirror"
    made(place, "emr/lost", "emr/kept", "lab/a", days_old=9)
    listed(place, 5)
    (place / "emr/lost").unlink()
    # The folder it lay in tells that something was taken out of it later.
    repository = opened(tmp_path, place)
    assert repository.structure().ok is None and harm(repository) == []
    assert "the list is older than 1 files" in repository.structure().said[0]
    # No folder tells so: it is missing.
    aged(place, 5)
    repository = opened(tmp_path, place)
    assert repository.structure().ok is False and harm(repository) == [("missing", 1)]


def test_a_file_of_next_year_excuses_nothing(tmp_path: Path) -> None:
    place = tmp_path / "mirror"
    made(place, "a", "lost", days_old=9)
    listed(place, 5)
    (place / "lost").unlink()
    (place / "a").write_bytes(b"x")
    os.utime(place / "a", (time.time() + 400 * 86_400,) * 2)
    aged(place, 5)
    assert harm(opened(tmp_path, place)) == [("altered", 1), ("missing", 1)]
