"""The rows that say what the pack covers of each machine, and that a check of programs is never silent or passed without it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.analyze.conftest import NOW, look
from tests.analyze.flaws.conftest import WHOLE, pack_of
from tests.analyze.flaws.published import exploited

from omamori.analyze.flaws.covering import NO_PACK
from omamori.analyze.flaws.covers import cover
from omamori.analyze.interface import Moment
from omamori.analyze.vulnerabilities import ANALYZER
from omamori.evaluate.judge import judge
from omamori.evaluate.load import load_checks
from omamori.knowledge.pack import starter_pack
from omamori.model.declared import RemoteLine
from omamori.model.derived import Asset
from omamori.model.facts import WindowsFix
from omamori.model.host import Host, Patch, Software
from omamori.model.patching import Component
from omamori.snapshot.database import Database

TENS = Host(asset="w", platform="windows", os_id="windows", os_name="Windows 10 Pro", os_build="10.0.19045.4000", architecture="x64")
FIX = WindowsFix(
    flaw="CVE-2026-1",
    update="5100001",
    product="Windows 10 Version 22H2 for x64-based Systems",
    posted=date(2026, 11, 10),
    feed="microsoft",
)
SITE = (
    Asset(asset="w", platform="windows"),
    TENS,
    Patch(asset="w", patch_id="KB5100001"),
    Asset(asset="d", platform="linux"),
    Host(asset="d", platform="linux", os_id="debian", os_version="12", os_name="Debian GNU/Linux 12"),
    Software(asset="d", name="openssl", source_package="openssl", version="3.0.15-1", manager="dpkg"),
    Component(asset="d", name="left-pad", version="1.0", purl="pkg:npm/left-pad@1.0", seen_in="bill"),
    RemoteLine(line="pacs", device="FortiGate 60E", firmware="7.4.8"),
)
LOOKS = ("hosts", "software", "patches", "components")


def judged(tmp_path: Path, pack):
    """Return the rows of covers and the verdicts of the checks of flaws, after the site was judged with a pack."""
    path = tmp_path / "tables.duckdb"
    with Database(path) as database:
        database.insert(SITE)
        database.insert(look(asset, table) for asset in ("w", "d") for table in LOOKS)
        database.insert(look("*", table) for table in ("assets", "remote_lines", "ledger_assets"))
        database.insert(ANALYZER.run(database, Moment(NOW, pack)))
        covers = {(row.asset, row.kind): row for row in database.rows("knowledge_covers")}
    checks = [check for check in load_checks() if check.id.startswith("vulnerabilities.")]
    found = judge(path, checks, NOW)
    return covers, {(one.check_id.partition(".")[2], one.subject): one for one in found}


def test_without_a_pack_no_check_of_flaws_passes_and_each_says_what_is_missing(tmp_path):
    covers, found = judged(tmp_path, starter_pack())
    assert {row.lacks for row in covers.values()} == {NO_PACK.said.en} and not any(row.covered for row in covers.values())
    assert {key: one.verdict for key, one in found.items() if one.verdict == "pass"} == {}
    for check in ("application_exploited", "application_behind", "component_exploited", "host_exploited", "host_ransomware"):
        one = found[check, "w"]
        assert (one.verdict, one.reason) == ("unknown", "not_in_pack") and "知識パックがまだ取り込まれていません" in one.message_ja, check
    assert "no knowledge pack was imported yet" in found["line_exploited", "pacs"].message_en


def test_a_pack_that_covers_everything_passes_and_one_that_lacks_npm_names_it(tmp_path):
    covers, found = judged(tmp_path, pack_of((*WHOLE, FIX, exploited("CVE-2020-1"))))
    assert covers["w", "windows"].covered and covers["w", "programs"].covered and covers["d", "packages"].name == "debian 12"
    for check in ("application_exploited", "application_behind", "component_exploited", "host_exploited", "host_ransomware"):
        assert found[check, "w"].verdict == "pass", found[check, "w"]
    assert found["package_behind", "d"].verdict == found["application_exploited", "d"].verdict == "pass"
    parts = covers["d", "components"]
    assert not parts.covered and parts.why == "not_in_pack" and "npm" in (parts.lacks or "")
    assert found["component_exploited", "d"].verdict == "unknown" and "npm" in found["component_exploited", "d"].message_ja
    assert found["line_exploited", "pacs"].verdict == "pass", "the pack's own table speaks of it, and NVD is whole"


def test_without_nvd_the_checks_of_programs_are_unknown_and_those_of_the_system_pass(tmp_path):
    covers, found = judged(tmp_path, pack_of((FIX, exploited("CVE-2020-1"))))
    assert covers["w", "windows"].covered and covers["w", "programs"].lacks == "the pack holds neither NVD nor JVN"
    assert found["host_exploited", "w"].verdict == "pass"
    for check in ("application_exploited", "application_behind", "host_ransomware"):
        assert found[check, "w"].verdict == "unknown" and "NVDもJVNもありません" in found[check, "w"].message_ja, check
    assert "Debian GNU/Linux 12" in found["package_behind", "d"].message_en and found["line_exploited", "pacs"].verdict == "unknown"


def test_a_row_says_both_languages_and_nothing_where_it_is_covered():
    assert cover("a", "programs", "nvd", None).lacks is None and cover("a", "programs", "nvd", None).covered
    lacking = cover("l", "device", "FortiOS", NO_PACK, subject_kind="line")
    assert (lacking.covered, lacking.subject_kind, lacking.lacks_ja) == (False, "line", NO_PACK.said.ja)
