"""One portion of files: a broken one costs only itself, what nobody knows is named, broken records are counted."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path

from tests.feeds.packs import ROWS, table

from omamori.feeds.containers import Source, sources_of
from omamori.feeds.reading import KEPT_BROKEN, FileRead, Portion, read_portion
from omamori.knowledge.version import sort_key
from omamori.model.tables_pack import PACK_TABLES


def portion_of(folder: Path) -> Portion:
    found = [one for one in sources_of([folder]) if isinstance(one, Source)]
    return Portion(7, tuple(enumerate(found)))


def read(tmp_path: Path, files: dict[str, bytes]) -> tuple[dict[str, FileRead], Path]:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    for name, data in files.items():
        (tmp_path / "in" / name).write_bytes(data)
    return {one.shown: one for one in read_portion(tmp_path / "out", portion_of(tmp_path / "in"))}, tmp_path / "out"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    names = ["file", *(column.name for column in PACK_TABLES[name].columns)]
    with (folder / f"00007-{name}.csv").open(encoding="utf-8", newline="") as stream:
        return [dict(zip(names, row, strict=True)) for row in csv.reader(stream)]


def test_facts_lie_in_one_file_per_table_with_the_number_of_their_file(tmp_path: Path) -> None:
    told, out = read(tmp_path, {"CVEs_20260601.csv": table(*ROWS)})
    one = told["CVEs_20260601.csv"]
    assert (one.feed, one.broken, one.error, f"{one.as_of}") == ("microsoft", 0, None, "2026-06-01")
    assert one.records["WindowsFix"] == 3
    fixes = rows(out, "windows_fixes")
    assert {(row["file"], row["flaw"], row["update"]) for row in fixes} == {
        ("0", "CVE-2026-1001", "5060001"),
        ("0", "CVE-2026-1002", "5060001"),
        ("0", "CVE-2026-1003", "5050001"),
    }


def test_sort_keys_are_made_here(tmp_path: Path) -> None:
    release = {"status": "resolved", "repositories": {"bookworm": "3.0.1-1"}, "fixed_version": "3.0.1-1", "urgency": "high"}
    debian = json.dumps({"openssl": {"CVE-2026-1": {"releases": {"bookworm": release}}}}).encode()
    told, out = read(tmp_path, {"debian-tracker.json": debian})
    assert told["debian-tracker.json"].feed == "debian"
    (row,) = rows(out, "affected")
    assert row["before"] == "3.0.1-1" and row["before_key"] == sort_key("dpkg", "3.0.1-1") and row["since_key"] == ""


def test_a_broken_record_is_counted_and_the_rest_is_taken(tmp_path: Path) -> None:
    broken = [f"never,CVE-2026-{number},,,,,,,,," for number in range(KEPT_BROKEN + 20)]
    told, out = read(tmp_path, {"CVEs_20260601.csv": table(ROWS[0], *broken, ROWS[1])})
    one = told["CVEs_20260601.csv"]
    assert one.broken >= KEPT_BROKEN and len(one.kept) <= KEPT_BROKEN
    assert {record.file for record in one.kept} == {"CVEs_20260601.csv"} and all(record.place and record.reason for record in one.kept)
    assert one.kept[0].reason_ja == "列は10個のはずですが、11個あります"
    assert {"CVE-2026-1001", "CVE-2026-1002"} <= {row["flaw"] for row in rows(out, "windows_fixes")}


def test_a_broken_file_never_loses_the_others_and_an_unknown_one_is_named(tmp_path: Path) -> None:
    files = {"a.json.gz": b"\x1f\x8b nonsense", "b.csv": table(*ROWS), "readme.txt": b"hello", "z.json": b'{"CVE_data_type": '}
    told, out = read(tmp_path, files)
    assert told["b.csv"].records["WindowsFix"] == 3 and len(rows(out, "windows_fixes")) == 3
    assert told["readme.txt"].feed is None and told["readme.txt"].error is None
    assert (
        told["a.json.gz"].feed is None
        and (error := told["a.json.gz"].error) is not None
        and "cut off" in error.en
        and "途中で切れて" in error.ja
    )


def test_a_file_cut_off_in_the_middle_keeps_what_was_read_before(tmp_path: Path) -> None:
    many = [ROWS[0].replace("CVE-2026-1001", f"CVE-2026-{number}") for number in range(2000, 60_000)]
    whole = gzip.compress(table(*many))
    told, out = read(tmp_path, {"CVEs_20260601.csv.gz": whole[: len(whole) // 2]})
    one = told["CVEs_20260601.csv.gz"]
    assert one.feed == "microsoft" and one.error and one.broken >= 1
    assert any(record.place == "file" for record in one.kept)
    assert len(rows(out, "windows_fixes")) == one.records["WindowsFix"] > 1000


def test_a_row_of_an_archive_names_the_member_it_came_from(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("2026/CVEs_20260601.csv", table(*ROWS))
    _, out = read(tmp_path, {"updates.zip": stream.getvalue(), "CVEs_20260602.csv": table(*ROWS)})
    places = sorted(row["place"] for row in rows(out, "windows_fixes"))
    assert places == ["line 2", "line 3", "line 4", *(f"updates.zip/2026/CVEs_20260601.csv line {number}" for number in (2, 3, 4))]


def test_a_json_schema_beside_the_catalogue_is_no_broken_record(tmp_path: Path) -> None:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}
    schema["properties"] = {"vulnerabilities": {"type": "array", "items": {"properties": {"cveID": {}, "dateAdded": {}}}}}
    entry = {"cveID": "CVE-2026-1001", "dateAdded": "2026-05-01"}
    kev = {"$schema": "https://www.cisa.gov/schema.json", "dateReleased": "2026-06-01", "count": 1, "vulnerabilities": [entry]}
    told, out = read(tmp_path, {"schema.json": json.dumps(schema).encode(), "kev.json": json.dumps(kev).encode()})
    assert (told["schema.json"].feed, told["schema.json"].broken) == (None, 0)
    assert (error := told["schema.json"].error) is not None and "schema" in error.en and "スキーマ" in error.ja
    assert (told["kev.json"].feed, told["kev.json"].broken) == ("kev", 0) and len(rows(out, "exploited")) == 1
