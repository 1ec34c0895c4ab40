from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.generation_names import are_generations, pattern_of, read_name


@pytest.mark.parametrize(
    ("name", "local", "day_only"),
    [
        ("2026-11-29", datetime(2026, 11, 29), True),
        ("20261129", datetime(2026, 11, 29), True),
        ("2026-11-29_0200", datetime(2026, 11, 29, 2), False),
        ("backup-20261129T023015", datetime(2026, 11, 29, 2, 30, 15), False),
        ("2026-11-29 02:00:30", datetime(2026, 11, 29, 2, 0, 30), False),
        ("2026年11月9日", datetime(2026, 11, 9), True),
        ("令和8年11月29日", datetime(2026, 11, 29), True),
        ("R8.11.29", datetime(2026, 11, 29), True),
        ("daily.0", None, False),
        ("世代1", None, False),
        ("gen-12", None, False),
        ("月曜", None, False),
        ("Friday", None, False),
    ],
)
def test_names(name: str, local: datetime | None, day_only: bool) -> None:
    read = read_name(name)
    assert read is not None and (read.local, read.day_only, read.unfinished) == (local, day_only, False)


@pytest.mark.parametrize("name", ["2026-13-40", "2026112", "ward 3", "120261129", "金沢", "Mondrian", "daily", "2026-11", "images"])
def test_other_names(name: str) -> None:
    assert read_name(name) is None


@pytest.mark.parametrize("name", ["2026-11-29.partial", "20261129_incomplete", "2026-11-29_作成中", "daily.0.tmp"])
def test_a_generation_that_was_left_unfinished(name: str) -> None:
    read = read_name(name)
    assert read is not None and read.unfinished


def test_a_place_of_generations() -> None:
    assert are_generations(["2026-11-28", "2026-11-29", "lost+found"])
    assert are_generations(["daily.0"])
    assert are_generations(["月", "火", "水"])
    assert not are_generations(["水"])  # a family name as well
    assert not are_generations(["2026-11-29 会議", "records", "images", "reports"])
    assert not are_generations([])


def test_two_dumps_of_one_database_have_one_pattern() -> None:
    assert pattern_of("emr-2026-11-28.dump") == pattern_of("emr-2026-11-29.dump") == "emr-DATE.dump"
    assert pattern_of("emr_20261128_0200.sql.gz") == pattern_of("emr_20261129_0215.sql.gz")
    assert pattern_of("emr.1.dump") == pattern_of("emr.12.dump")
    assert pattern_of("emr-1.dump") != pattern_of("lab-1.dump")


@given(st.text(max_size=80))
def test_any_name(name: str) -> None:
    read_name(name)
    pattern_of(name)
