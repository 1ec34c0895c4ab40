"""A pack is made of files: what it says of itself is true, the same rows come out, and nothing of a failed run is left."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import zipfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from tests.feeds.packs import NOW, ROWS, Maker, member, new_maker, quiet, table

from omamori.feeds.build import Built, build_pack, read_all, sources, write_zip
from omamori.feeds.error import FeedsError
from omamori.feeds.reading import FileRead
from omamori.knowledge.packfile import CONTENT, FACTS, MEMBERS
from omamori.knowledge.packread import open_packfile, read_signed
from omamori.model.facts import Broken


def test_a_pack_says_what_it_holds_and_the_hashes_are_true(built: Built, maker: Maker) -> None:
    with open_packfile(built.path) as members:
        signed = read_signed(members)
    assert signed.key == maker.key.public and signed.id == built.id
    manifest = signed.manifest
    assert (manifest.maker, manifest.made) == ("Support Taro", NOW)
    microsoft, starter = manifest.sources
    assert (microsoft.feed, microsoft.as_of, microsoft.records, microsoft.broken) == ("microsoft", date(2026, 6, 1), 3, 0)
    assert starter.feed == "starter" and starter.records > 1000
    for name in CONTENT:
        data = member(built.path, name)
        assert manifest.members[name] == (hashlib.sha256(data).hexdigest(), len(data))
    with zipfile.ZipFile(built.path) as archive:
        assert sorted(archive.namelist()) == sorted(MEMBERS)
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_the_rows_of_the_files_are_in_the_facts(built: Built, tmp_path: Path) -> None:
    (tmp_path / FACTS).write_bytes(member(built.path, FACTS))
    with duckdb.connect(str(tmp_path / FACTS), read_only=True) as connection:
        rows = connection.execute("select flaw, update, product, posted from windows_fixes order by flaw").fetchall()
        assert rows == [
            (row.split(",")[1], row.split(",")[2], row.split(",")[4], date(2026, 5 - (row[4:6] == "04"), int(row[6:8]))) for row in ROWS
        ]
        feeds = connection.execute(
            "select feed, as_of, files, records, broken, best_before is not null from feeds order by feed"
        ).fetchall()
        assert feeds[0] == ("microsoft", date(2026, 6, 1), 1, 3, 0, True) and feeds[1][0] == "starter"


def test_serials_grow_and_nothing_unfinished_is_left(tmp_path: Path) -> None:
    maker = new_maker(tmp_path)
    first, second = maker.build("a"), maker.build("b", NOW - timedelta(days=1))
    assert second.manifest.serial == first.manifest.serial + 1, "the clock was set back"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_files_nobody_knows_are_named_and_without_any_feed_there_is_no_pack(tmp_path: Path) -> None:
    maker = new_maker(tmp_path / "m")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notes.txt").write_text("x")
    out = tmp_path / "p.omamori-pack"
    with pytest.raises(FeedsError, match=r"notes\.txt"):
        build_pack([tmp_path / "in"], out, maker.key, maker="", now=NOW, progress=quiet, step=lambda text: None)
    (tmp_path / "in" / "CVEs_20260601.csv").write_bytes(table(*ROWS))
    built = build_pack([tmp_path / "in"], out, maker.key, maker="", now=NOW, progress=quiet, step=lambda text: None)
    assert [one.shown for one in built.unknown] == ["notes.txt"]


def test_a_failed_run_leaves_the_pack_that_was_there(built: Built, maker: Maker, tmp_path: Path) -> None:
    out = tmp_path / "p.omamori-pack"
    out.write_bytes(b"the pack of last month")
    with pytest.raises(FileNotFoundError):
        write_zip(out, {"manifest.json": b"x", "facts.duckdb": tmp_path / "gone"})
    assert out.read_bytes() == b"the pack of last month" and list(tmp_path.iterdir()) == [out]


def test_a_full_disk_is_an_error_of_the_disk_and_leaves_nothing(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:  # a limit of this process's files is what a full disk is: the write fails in the middle
        code = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
            write_zip(tmp_path / "p.omamori-pack", {"manifest.json": bytes(100_000)})
        except OSError:
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert list(tmp_path.iterdir()) == []


def test_progress_reaches_the_end_and_a_file_without_a_day_is_of_the_day_it_was_saved(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "updates.csv"  # no day in its name
    path.write_bytes(table(*ROWS))
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    heard: list[tuple[int, int]] = []
    (tmp_path / "out").mkdir()
    (one,) = read_all([tmp_path / "in"], tmp_path / "out", lambda done, total: heard.append((done, total)))
    assert one.feed == "microsoft"
    assert one.as_of is not None
    assert heard[-1] == (path.stat().st_size, path.stat().st_size)


def test_of_each_feed_a_thousand_broken_records_are_kept_and_all_are_counted() -> None:
    kept = [Broken(feed="microsoft", file="f", place=str(number), reason="r") for number in range(700)]
    files = [
        FileRead(number, f"f{number}", "microsoft", as_of=date(2026, 5, number + 1), records=Counter(rows=1), broken=5000, kept=kept)
        for number in range(2)
    ]
    feeds, broken = sources(files, {"microsoft": (3, date(2026, 4, 1))}, date(2026, 6, 1))
    assert len(broken) == 1000 and feeds[0].broken == 10_000 and feeds[0].files == 2
    assert feeds[0].as_of == date(2026, 5, 2)
    (late, *_), _ = sources(files, {"microsoft": (3, date(2026, 4, 1))}, date(2026, 4, 15))
    assert late.as_of == date(2026, 4, 1), "a file that says a day to come is not believed"


def test_a_file_copied_today_or_of_which_nothing_was_taken_makes_no_source_look_fresh() -> None:
    named = FileRead(1, "kev.json", "kev", as_of=date(2025, 8, 25), records=Counter(Exploited=1404))
    copied = FileRead(2, "kev.csv", "kev", as_of=date(2026, 11, 30), dated=False, records=Counter(Exploited=1404))
    schema = FileRead(3, "kev_schema.json", "kev", as_of=date(2026, 11, 30), dated=False, broken=1)
    today = date(2026, 12, 1)

    def day(*files: FileRead) -> date | None:
        feeds, _ = sources(files, {"kev": (1404, None)}, today)
        assert feeds[0].undated == (feeds[0].as_of == copied.as_of)
        return feeds[0].as_of

    assert day(named, copied, schema) == date(2025, 8, 25)
    assert day(copied, schema) == date(2026, 11, 30), "nothing else tells a day"
    assert day(schema) is None


def test_the_first_day_of_a_clock_is_no_day_a_file_was_saved(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "tracker.json"  # names no day
    path.write_text(
        json.dumps(
            {
                "sudo": {
                    "CVE-2021-3156": {
                        "scope": "local",
                        "releases": {"buster": {"status": "open", "repositories": {"buster": "1.8.27-1"}, "urgency": "high"}},
                    }
                }
            }
        ),
        "utf-8",
    )
    os.utime(path, (0, 0))
    (tmp_path / "out").mkdir()
    (one,) = read_all([tmp_path / "in"], tmp_path / "out", lambda done, total: None)
    assert one.feed == "debian" and one.as_of is None and not one.dated
