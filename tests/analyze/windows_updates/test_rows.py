"""Scores of what is missing, and the flaws themselves, spread to machines inside the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from small_table import TEN, month, winter

from omamori.analyze.interface import Moment
from omamori.analyze.vulnerabilities import ANALYZER
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.store import Facts
from omamori.model.derived import Asset
from omamori.model.facts import Advisory, Exploited, Likelihood
from omamori.model.host import Host, Patch
from omamori.model.look import Collected
from omamori.model.patching import Vulnerability
from omamori.snapshot.database import Database

Judge = Callable[..., tuple[dict[str, Any], Any]]
DECEMBER, JANUARY = "CVE-2023-12120", "CVE-2024-01090"
TOLD = [
    Advisory(advisory=DECEMBER, feed="nvd", title="Kerberos", cvss=9.8, published=date(2023, 12, 12)),
    Advisory(advisory=JANUARY, feed="microsoft", title="Hyper-V", cvss=7.5),
    Advisory(advisory="CVE-2024-01091", feed="nvd", withdrawn=True),
    Exploited(flaw=DECEMBER, feed="kev", name="Some name", ransomware=True),
    Exploited(flaw=JANUARY, feed="kev", ransomware=False),
    Likelihood(flaw=JANUARY, feed="epss", probability=0.4, as_of=date(2024, 2, 1)),
]


def test_scores_of_a_missing_update(judge_host: Judge) -> None:
    rows, _ = judge_host([*winter(), *TOLD], ["KB5032189"])
    row = rows["KB5034122"]
    # A withdrawn flaw counts no more.
    assert (row.flaws, row.exploited, row.ransomware, row.cvss, row.likelihood) == (9, 2, 1, 9.8, 0.4)
    assert judge_host([*winter(), *TOLD], ["KB5033372"])[0]["KB5034122"].exploited == 1


def flaws(facts: list[Any], installed: list[str], build: str = "10.0.19045", name: str = "Windows 10 Pro") -> dict[str, Vulnerability]:
    now = datetime(2024, 3, 1)
    host = Host(asset="w", platform="windows", os_id="windows", os_name=name, os_build=build, architecture="x64", evidence="cafe:1")
    with Database() as database:
        database.insert([Asset(asset="w"), host, *(Patch(asset="w", patch_id=number) for number in installed)])
        for table in ("hosts", "patches", "software"):
            database.insert([Collected(asset="w", table_name=table, source="windows.registry", seen=now, complete=True)])
        database.insert(ANALYZER.run(database, Moment(now, replace(starter_pack(), facts=Facts(rows=tuple(facts))))))
        return {row.flaw: row for row in database.rows("vulnerabilities")}


def test_flaws_of_missing_updates() -> None:
    found = flaws([*winter(), *TOLD], ["KB5032189"])
    assert len(found) == 9
    row = found[DECEMBER]
    assert (row.kind, row.repair, row.fixed, row.product, row.confidence) == ("os", "update:KB5034122", "KB5034122", TEN, "high")
    assert (row.exploited, row.ransomware, row.cvss, row.name, row.title) == (True, True, 9.8, "Some name", "Kerberos")
    assert row.matched.startswith(f"{TEN}: KB5032189 (installed") and row.fact.startswith("microsoft: KB5034122 line")
    assert flaws([*winter(), *TOLD], ["KB5034122"]) == {}
    # What an installed update that the pack does not know may have closed is for a person; later flaws are certain.
    found = flaws([*winter(), *TOLD], ["KB5032999"])
    assert found["CVE-2023-11140"].undecided and "does not know" in str(found["CVE-2023-11140"].doubt)
    assert not found[DECEMBER].undecided


def test_a_flaw_the_table_does_not_speak_of_is_judged_by_what_ships_inside() -> None:
    seven = "Windows 7 for x64-based Systems Service Pack 1"
    table = month("4534310", "2020-01-14", seven, kind="Monthly Rollup")
    assert "CVE-2017-0144" in flaws(table, [], "6.1.7601", "Windows 7 Professional")
    told = [*table, replace(table[0], flaw="CVE-2017-0144", update="4012212", posted=date(2017, 3, 14))]
    rows = flaws(told, ["KB4012212", "KB4534310"], "6.1.7601", "Windows 7 Professional")
    assert "CVE-2017-0144" not in rows
    rows = flaws(told, ["KB4534310"], "6.1.7601", "Windows 7 Professional")
    assert rows["CVE-2017-0144"].repair == "update:KB4012212"
