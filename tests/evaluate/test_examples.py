from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from omamori.evaluate.check import Case, Check
from omamori.evaluate.examples import Bench, assets_of, differences, prove
from omamori.evaluate.load import built_in_folder, load_check
from omamori.model.access import Account
from omamori.model.declared import LedgerAsset
from omamori.model.derived import Asset
from omamori.model.host import Host
from omamori.model.patching import Vulnerability


@pytest.fixture(scope="module")
def telnet() -> Check:
    return load_check(built_in_folder() / "services" / "telnet_server.sql")


def changed(check: Check, **changes: object) -> Check:
    bad = dataclasses.replace(check.examples.bad[0], **changes)
    return dataclasses.replace(check, examples=dataclasses.replace(check.examples, bad=(bad,)))


def test_a_good_check_is_proven(telnet: Check) -> None:
    assert prove(telnet) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"fails": ()}, "fails: not expected: ['ehr | 23']"),
        ({"fails": ("ehr | 23", "ehr | 24")}, "fails: expected but not so: ['ehr | 24']"),
        ({"passes": ("ehr",)}, "passes: expected but not so"),
        ({"unknown_subjects": ("ehr",), "unknowns": ()}, "unknowns (subjects): expected but not so"),
        ({"incomplete": {"listeners": ()}, "unknowns": (), "unknown_subjects": ()}, "unknowns (subjects): not expected: ['ehr']"),
    ],
)
def test_an_example_that_is_judged_otherwise_is_told(telnet: Check, changes: dict[str, object], words: str) -> None:
    assert any(words in problem for problem in prove(changed(telnet, **changes)))


def test_a_check_that_never_fires_is_told(telnet: Check) -> None:
    assert prove(dataclasses.replace(telnet, sql=telnet.sql.replace("port = 23", "port = 9")))


def test_a_finding_without_evidence_is_told(telnet: Check) -> None:
    blind = dataclasses.replace(telnet, sql=telnet.sql.replace("process, evidence", "process"))
    with Bench() as bench:
        assert prove(blind, bench) == [], "the look's own evidence is shown instead"


def test_a_refused_check_is_told_by_the_guard(telnet: Check) -> None:
    assert "no table" in prove(dataclasses.replace(telnet, sql="select asset, port, process from nowhere"))[0]


def test_a_check_duckdb_cannot_run_is_told(telnet: Check) -> None:
    assert "could not be run" in prove(dataclasses.replace(telnet, sql="select asset, port, nothing as process from listeners"))[0]


def test_assets_come_from_the_rows_unless_given() -> None:
    rows = [Host(asset="a", platform="linux", role="server"), Account(asset="a"), LedgerAsset(asset="b", role="client", vendor="v")]
    first, second = assets_of([*rows, Vulnerability(asset="vpn", subject_kind="line")])
    assert (first.asset, first.observed, first.platform, first.role) == ("a", True, "linux", "server")
    assert (second.asset, second.declared, second.role, second.vendor) == ("b", True, "client", "v")
    assert assets_of([*rows, Asset(asset="z")]) == []


def test_a_good_case_in_which_nothing_passes_is_told() -> None:
    assert differences(Case("good", 1), []) == ["nothing passes; a good example has at least one subject in scope"]


def test_the_bench_can_be_used_for_one_case_after_the_other(telnet: Check) -> None:
    with Bench() as bench:
        assert [prove(telnet, bench) for _ in range(3)] == [[], [], []]


def test_every_built_in_file_is_loaded_from_its_folder() -> None:
    assert Path(built_in_folder()).name == "checks"
