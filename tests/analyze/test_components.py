"""Parts seen on machines, and what bills of materials say of installed products."""

from __future__ import annotations

import pytest
from tests.analyze.conftest import NOW, look

from omamori.analyze.components import ANALYZER, bills_of_nobody
from omamori.analyze.interface import Moment
from omamori.knowledge.pack import starter_pack
from omamori.model.derived import Asset
from omamori.model.host import Process, Service, Software
from omamori.model.look import Collected
from omamori.model.patching import Component
from omamori.snapshot.database import Database

LOOKS = ("software", "processes", "services", "tasks")


@pytest.fixture
def run_rows():
    """Run the analyzer and read the whole table, what it picks by SQL included."""

    def do(rows, looks, extra=()):
        with Database() as database:
            database.insert(rows)
            database.insert(look(asset, table) for asset, tables in looks.items() for table in tables)
            database.insert(extra)
            database.insert(ANALYZER.run(database, Moment(NOW, starter_pack())))
            made = {row.asset: row for row in database.rows("collected") if row.table_name == "components"}
            return list(database.rows("components")), made

    return do


def parts(found, asset="a"):
    return {(row.name, row.version): row for row in found if isinstance(row, Component) and row.asset == asset}


def test_parts_of_what_is_installed_and_runs(run_rows):
    rows = [
        Asset(asset="a"),
        Software(asset="a", name="Java 8 Update 291 (64-bit)", version="8.0.2910.10", publisher="Oracle Corporation", evidence="s:1"),
        Software(asset="a", name="7-Zip 19.00 (x64)", version="19.00", publisher="Igor Pavlov"),
        Process(asset="a", name="java.exe", command=r"C:\PACS\jdk-11.0.2\bin\java.exe", evidence="p:1"),
        Service(asset="a", name="pacs", command=r"java -cp C:\pacs\lib\log4j-core-2.14.1.jar Main", evidence="v:1"),
    ]
    found, looks = run_rows(rows, {"a": LOOKS})
    seen = parts(found)
    assert set(seen) == {("java", "1.8.0 update291"), ("java", "11.0.2"), ("log4j-core", "2.14.1")}
    log4j = seen["log4j-core", "2.14.1"]
    assert (log4j.purl, log4j.seen_in, log4j.declared, log4j.evidence) == (
        "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
        "service pacs",
        False,
        "v:1",
    )
    assert looks["a"].complete


def test_a_bill_counts_where_its_product_is_installed(run_rows):
    declared = Component(asset="*", name="zlib", version="1.2.11", purl="pkg:generic/zlib@1.2.11", product="Acme Viewer 5.2", declared=True)
    rows = [Asset(asset="a"), Asset(asset="b"), Software(asset="a", name="Acme Viewer", version="5.2"), Software(asset="b", name="Acme")]
    found, _ = run_rows([*rows, declared], {"a": LOOKS, "b": LOOKS})
    assert parts(found)["zlib", "1.2.11"].declared
    assert not [row for row in found if row.asset == "c"]


def test_without_a_look_at_what_runs_the_parts_are_not_all_known(run_rows):
    _, looks = run_rows([Asset(asset="a")], {"a": ("software", "services", "tasks")})
    assert (looks["a"].complete, looks["a"].reason) == (False, "not_collected")
    cut = Collected(asset="a", table_name="processes", source="linux.ps", complete=False, reason="not_understood")
    _, looks = run_rows([Asset(asset="a")], {"a": ("software", "services", "tasks")}, [cut])
    assert (looks["a"].complete, looks["a"].reason) == (False, "not_understood")


def test_a_bill_that_counts_for_no_machine_is_known() -> None:
    with Database() as database:
        bill = Component(
            asset="*", name="log4j-core", product="PACS Viewer 3", seen_in="CycloneDX 1.5: PACS Viewer 3", declared=True, evidence="b:7"
        )
        other = Component(asset="*", name="zlib", product="Other", seen_in="SPDX 2.3: Other", declared=True, evidence="o:1")
        named = Component(asset="a", name="curl", product="x", seen_in="SPDX 2.3: x", declared=True)
        database.insert([Asset(asset="a"), Software(asset="a", name="PACS Viewer"), bill, other, named])
        database.insert(ANALYZER.run(database, Moment(NOW, starter_pack())))
        assert bills_of_nobody(database) == [("SPDX 2.3: Other", "Other", 1, "o:1")]
