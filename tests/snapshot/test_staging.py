"""Rows packed by one process arrive in the tables as they were, whatever stands in them."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omamori.model.declared import Zone
from omamori.model.host import Host, Software
from omamori.model.look import EVERYWHERE
from omamori.model.network import Listener
from omamori.model.sightings import NetworkPort
from omamori.snapshot.database import Database
from omamori.snapshot.packing import Packed, pack_rows
from omamori.snapshot.staging import Staging, Wanted

BLOB = "ab" * 32


def _arrived(folder: Path, packed: Packed, wanted: list[Wanted], assets: dict[tuple[int, str], str], table: str) -> list[object]:
    with Database() as database, Staging(folder) as staging:
        staging.add(0, packed)
        staging.write(database, wanted, assets)
        rows = list(database.rows(table))
    assert list(folder.iterdir()) == []
    return rows


@settings(max_examples=30, deadline=None)  # each example opens a database
@given(
    st.lists(
        st.builds(
            Software,
            name=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
            version=st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
            installed=st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1)),
            evidence=st.sampled_from(["", "7", "3;version=9"]),
        ),
        max_size=30,
    )
)
def test_what_is_packed_arrives(tmp_path_factory: pytest.TempPathFactory, rows: list[Software]) -> None:
    packed = pack_rows(rows, source="windows.outputs", blob=BLOB)
    folder = tmp_path_factory.mktemp("w[1]*?")
    found = _arrived(folder, packed, [Wanted(0, "pc1", frozenset({"software"}))], {(0, ""): "pc1"}, "software")
    place = f"{BLOB[:16]}:"
    assert found == [
        dataclasses.replace(row, asset="pc1", source="windows.outputs", evidence=(place + row.evidence).removesuffix(":")) for row in rows
    ]


def test_rows_come_in_the_order_of_what_counts_and_only_those(tmp_path: Path) -> None:
    rows = [Software(name=f"{number}", asset="other" if number % 2 else "") for number in range(1_200)]
    packed = pack_rows(rows, source="k", blob=BLOB)
    assert packed.names == ("other",)
    assets = {(0, ""): "pc1", (0, "other"): "pc2"}
    both = [Wanted(0, "pc2", frozenset({"software", "hosts"})), Wanted(0, "pc1", frozenset({"software"}))]
    found = _arrived(tmp_path, packed, both, assets, "software")
    assert [(row.asset, row.name) for row in found] == [  # type: ignore[attr-defined]
        *(("pc2", f"{number}") for number in range(1, 1_200, 2)),
        *(("pc1", f"{number}") for number in range(0, 1_200, 2)),
    ]
    assert len(_arrived(tmp_path, packed, both[1:], assets, "software")) == 600
    assert len(_arrived(tmp_path, packed, [Wanted(0, EVERYWHERE, frozenset({"software"}))], assets, "software")) == 1_200


def test_of_one_name_only_its_rows_are_taken(tmp_path: Path) -> None:
    packed = pack_rows([NetworkPort(asset=f"10.0.0.{number % 3}", port=number) for number in range(9)], source="k", blob=BLOB)
    assets = {(0, "10.0.0.0"): "router", (0, "10.0.0.1"): "router", (0, "10.0.0.2"): "ct"}
    wanted = [Wanted(0, "router", frozenset({"network_ports"}), "10.0.0.1"), Wanted(0, "ct", frozenset({"network_ports"}), "10.0.0.2")]
    found = _arrived(tmp_path, packed, wanted, assets, "network_ports")
    assert [(row.asset, row.port) for row in found] == [  # type: ignore[attr-defined]
        *(("router", port) for port in (1, 4, 7)),
        *(("ct", port) for port in (2, 5, 8)),
    ]


def test_a_table_of_the_site_is_taken_only_from_what_speaks_for_it(tmp_path: Path) -> None:
    packed = pack_rows([Zone(zone="dmz")], source="ledger", blob=BLOB)
    assert _arrived(tmp_path, packed, [Wanted(0, "pc1", frozenset({"zones"}))], {(0, ""): "pc1"}, "zones") == []
    assert len(_arrived(tmp_path, packed, [Wanted(0, EVERYWHERE, frozenset({"zones"}))], {(0, ""): "pc1"}, "zones")) == 1


def test_a_line_longer_than_usual_and_half_a_surrogate_arrive(tmp_path: Path) -> None:
    rows = [Software(name="x" * 18_000_000), Software(name="a\udc80b")]
    packed = pack_rows(rows, source="k", blob=BLOB)
    found = _arrived(tmp_path, packed, [Wanted(0, "pc1", frozenset({"software"}))], {(0, ""): "pc1"}, "software")
    assert [len(row.name) for row in found] == [18_000_000, 3]  # type: ignore[attr-defined]


def test_a_number_that_fits_no_column_is_told_at_once() -> None:
    with pytest.raises(ValueError, match=r"listeners\.port"):
        pack_rows([Listener(port=2**63)], source="k", blob=BLOB)


def test_moments_arrive_to_the_microsecond(tmp_path: Path) -> None:
    moment = datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=UTC).replace(tzinfo=None)
    packed = pack_rows([Host(booted=moment)], source="k", blob=BLOB)
    (row,) = _arrived(tmp_path, packed, [Wanted(0, "pc1", frozenset({"hosts"}))], {(0, ""): "pc1"}, "hosts")
    assert row.booted == moment  # type: ignore[attr-defined]
