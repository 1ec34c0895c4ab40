"""Real machines (wesng's validation texts) by the real table of updates: every one readable, every one with an explained verdict."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from omamori.analyze.interface import Moment
from omamori.analyze.missing_patches import ANALYZER
from omamori.analyze.windows_updates.products import plain
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.store import Facts
from omamori.model.derived import Asset
from omamori.model.facts import WindowsFix, WindowsReplaced
from omamori.model.host import FRAMEWORK, FRAMEWORK_ORIGIN, Host, Patch, Software
from omamori.model.look import Collected, Parsed
from omamori.model.patching import MissingPatch
from omamori.parse.feeds.microsoft_table import read
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.merge import merge
from omamori.parse.windows.session import read_session
from omamori.snapshot.database import Database

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data"))
TEXTS = DATA / "windows" / "wesng-validation"
DEFINITIONS = DATA / "feeds" / "wesng-msrc" / "definitions_2026-06-28.zip"
NOW = datetime(2026, 6, 29)
FRAMEWORKS = {"11_23H2_x64_enterprise": "4.8.1", "srv_2019_rtm_datacenter_en-us": "4.7.2"}
"""What `systeminfo` does not tell: given to two of the machines."""
TAKEN = re.compile(r"windows (10 version 1803 for x64|11 version 23h2 for x64|server 2019$|server 2012 r2$|server 2025$)")


def texts() -> list[Path]:
    if not TEXTS.exists():
        pytest.skip(f"real captures are not here: {TEXTS}")
    return sorted(TEXTS.glob("*_systeminfo*.txt"))


def machine(path: Path) -> Parsed:
    context = Context(kind="windows.commands", seen=NOW, received=NOW)
    beside = path.with_name(path.name.replace("_systeminfo.txt", "_qfe.txt"))
    files = [path, *([beside] if beside.exists() and beside != path else [])]
    return merge([read_piece(piece, context) for file in files for piece in read_session(file.read_bytes()).pieces])


def rows_of(path: Path) -> Iterator[Any]:
    parsed, name = machine(path), path.stem.removesuffix("_systeminfo")
    yield Asset(asset=name)
    yield from (replace(row, asset=name) for row in parsed.rows if isinstance(row, (Host, Patch)))
    for look in {look.table: look for look in parsed.looks if look.table in ("hosts", "patches")}.values():
        yield Collected(
            asset=name, table_name=look.table, source="windows.systeminfo", seen=NOW, complete=look.complete, reason=look.reason
        )


def test_every_machine_can_be_read() -> None:
    found = texts()
    assert len(found) == 43
    for path in found:
        parsed = machine(path)
        (host,) = [row for row in parsed.rows if isinstance(row, Host)]
        assert host.os_build and host.architecture and {look.table for look in parsed.looks} >= {"hosts", "patches"}, path.name


@pytest.fixture(scope="module")
def judged() -> tuple[dict[str, list[MissingPatch]], dict[str, Collected]]:
    """The machines of a few versions, judged by the real rows of these versions."""
    found = texts()
    if not DEFINITIONS.exists():
        pytest.skip(f"real captures are not here: {DEFINITIONS}")
    with zipfile.ZipFile(DEFINITIONS) as archive, archive.open("CVEs_20260628.csv") as stream:
        facts = [
            row
            for row in read(cast(Any, stream), "CVEs_20260628.csv")
            if isinstance(row, (WindowsFix, WindowsReplaced)) and TAKEN.search(plain(row.product))
        ]
    with Database() as database:
        database.insert(row for path in found for row in rows_of(path))
        database.insert(
            Software(asset=name, name=FRAMEWORK, version=version, origin=FRAMEWORK_ORIGIN) for name, version in FRAMEWORKS.items()
        )
        database.insert(ANALYZER.run(database, Moment(NOW, replace(starter_pack(), facts=Facts(rows=tuple(facts))))))
        missing: dict[str, list[MissingPatch]] = {}
        for row in database.rows("missing_patches"):
            missing.setdefault(row.asset, []).append(row)
        return missing, {row.asset: row for row in database.rows("collected") if row.table_name == "missing_patches"}


def newest(missing: dict[str, list[MissingPatch]], asset: str) -> MissingPatch:
    (row,) = [row for row in missing[asset] if row.kind == "cumulative"]
    return row


def test_a_windows_10_of_2018_shows_what_it_really_lacks(judged: tuple[dict[str, list[MissingPatch]], dict[str, Collected]]) -> None:
    missing, looks = judged
    row = newest(missing, "10_1803_x64_proforworkstations_en-us_A_20190305")
    # A row of 2026 without an update, which other programs take for the newest one, hides nothing.
    assert (row.patch_id, row.posted, row.behind_since) == ("KB5003174", date(2021, 5, 11), date(2019, 3, 12))
    assert row.chain.startswith("KB4487017 (installed, 2019-02-12) → KB4489868 (2019-03-12) → … → ")
    assert row.lacking > 25 and row.flaws > 1_000 and not row.undecided
    assert looks[row.asset].complete


@pytest.mark.parametrize(
    ("asset", "update"),
    [("11_23H2_x64_enterprise", "KB5093998"), ("srv_2019_rtm_datacenter_en-us", "KB5094123"), ("srv_2012r2_u1", "KB5094041")],
)
def test_the_newest_cumulative_update_is_needed(
    judged: tuple[dict[str, list[MissingPatch]], dict[str, Collected]], asset: str, update: str
) -> None:
    row = newest(judged[0], asset)
    assert row.patch_id == update and not row.undecided and "needed" in row.chain and f"{update} line " in str(row.fact)


def test_dot_net_framework_is_decided_by_the_version_that_is_there(
    judged: tuple[dict[str, list[MissingPatch]], dict[str, Collected]],
) -> None:
    told = {name: [row for row in rows if row.kind == "dotnet"] for name, rows in judged[0].items()}
    for name, update, since in (
        ("11_23H2_x64_enterprise", "KB5087058", None),
        ("srv_2019_rtm_datacenter_en-us", "KB5087061", date(2020, 3, 25)),
    ):
        (row,) = told[name]
        assert (row.patch_id, row.component, row.undecided, row.behind_since) == (
            update,
            f".NET Framework {FRAMEWORKS[name]}",
            False,
            since,
        )
    (row,) = told["10_1803_x64_pro_it"]
    assert row.undecided and row.component == ".NET Framework" and "version of .NET Framework was not seen" in str(row.doubt)


def test_the_day_is_not_guessed_where_the_list_names_no_cumulative_update(
    judged: tuple[dict[str, list[MissingPatch]], dict[str, Collected]],
) -> None:
    row = newest(judged[0], "11_23H2_x64_enterprise")
    assert row.chain.startswith("(none) → ") and (row.behind_since, row.earliest) == (None, date(2023, 11, 14))


def test_without_its_version_in_the_table_there_is_no_verdict(judged: tuple[dict[str, list[MissingPatch]], dict[str, Collected]]) -> None:
    missing, looks = judged
    assert "srv_2022" not in missing and (looks["srv_2022"].complete, looks["srv_2022"].reason) == (False, "not_in_pack")


def test_no_row_of_an_empty_number_and_every_row_explained(judged: tuple[dict[str, list[MissingPatch]], dict[str, Collected]]) -> None:
    rows = [row for held in judged[0].values() for row in held]
    assert rows and all(re.fullmatch(r"KB\d{5,8}", row.patch_id) or (row.patch_id, row.kind) == ("", "not_judged") for row in rows)
    rows = [row for row in rows if row.kind != "not_judged"]
    assert all(row.chain.endswith("needed)") or "after end of support" in row.chain for row in rows)
    assert all(bool(row.doubt) == row.undecided == bool(row.doubt_ja) and row.fact for row in rows)
