from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.backup.values import kept_on, moment, named_after, one_line, target_kind, whole, without_secrets


@pytest.mark.parametrize(
    ("name", "machine", "place"),
    [
        ("emr-db01_restic_check.txt", "emr-db01", ""),
        ("emr-db01@NAS1_restic_check_2026-11-29.txt", "emr-db01", "NAS1"),
        ("電子カルテDB_robocopy.log", "電子カルテDB", ""),
        ("電子カルテDB バックアップ一覧.csv", "電子カルテDB", ""),
        ("C:\\logs\\PACS01 robocopy 20261129.log", "PACS01", ""),
        ("emr-db01-restic-check.txt", "emr-db01", ""),
        ("NAS1_restic_snapshots.json", "NAS1", ""),
        ("restic_check.txt", "", ""),
        ("snapshots.json", "", ""),
        ("20261129_robocopy.log", "", ""),
        ("バックアップ結果.txt", "", ""),
        ("", "", ""),
    ],
)
def test_after_whom_a_file_is_named(name: str, machine: str, place: str) -> None:
    assert named_after(name) == (machine, place)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-01T02:00:00Z", datetime(2026, 9, 1, 2)),
        ("2026-09-01T02:00:00.123456789+09:00", datetime(2026, 8, 31, 17)),
        ("2026-09-01 02:00:00", datetime(2026, 8, 31, 17)),
        ("2026/11/29 2:00:12", datetime(2026, 11, 28, 17, 0, 12)),
        ("2026年11月29日 2:00:05", datetime(2026, 11, 28, 17, 0, 5)),
        ("2026/11/29 (日) 14:00:05", datetime(2026, 11, 29, 5, 0, 5)),
        ("11/29/2026 2:00:12 PM", datetime(2026, 11, 29, 5, 0, 12)),
        ("29.11.2026 02:00:12", datetime(2026, 11, 28, 17, 0, 12)),
        ("Sunday, November 29, 2026 12:00:05 AM", datetime(2026, 11, 28, 15, 0, 5)),
        ("Sun Nov 29 02:00:05 2026", datetime(2026, 11, 28, 17, 0, 5)),
        ("11/12/2026 02:00:12", None),  # November or December? nobody can tell
        ("2026-13-01 02:00", None),
        ("yesterday", None),
        ("9999-12-31T23:59:59-14:00", None),
    ],
)
def test_moments(text: str, expected: datetime | None) -> None:
    assert moment(text) == expected


def test_the_zone_of_a_clock() -> None:
    assert moment("2026-09-01 02:00:00", UTC) == datetime(2026, 9, 1, 2)


@pytest.mark.parametrize(
    ("target", "host", "kind"),
    [
        ("\\\\NAS1\\backup\\emr", "NAS1", "network-mount"),
        ("ssh://backup@nas1:22/srv", "nas1", "remote-host"),
        ("backup@nas1:/srv/borg", "nas1", "remote-host"),
        ("s3:https://s3.example/bucket", None, "object-storage"),
        ("D:\\backup", None, "unknown"),
        ("/srv/borg", None, "unknown"),
        ("", None, "unknown"),
    ],
)
def test_where_a_copy_lies(target: str, host: str | None, kind: str) -> None:
    assert target_kind(target) == kind
    assert kind == "object-storage" or kept_on(target) == host


def test_accounts_of_places_are_left_out() -> None:
    assert without_secrets("ssh://backup:geheim@nas1/srv") == "ssh://nas1/srv"


def test_counts() -> None:
    assert [whole(one) for one in (5, "1,234", "12", 0)] == [5, 1234, 12, 0]
    assert [whole(one) for one in (-1, True, 1.5, "1,2", "x", None, 2**70, "9" * 40)] == [None] * 8


@given(st.text(max_size=300))
def test_anything(text: str) -> None:
    moment(text)
    named_after(text)
    kept_on(text)
    assert "\n" not in one_line(text)
    assert whole(text) is None or isinstance(whole(text), int)
