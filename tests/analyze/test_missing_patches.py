"""Missing updates of Windows: what completes a look, and what never passes for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from omamori.analyze.interface import Moment
from omamori.analyze.missing_patches import ANALYZER
from omamori.knowledge.pack import starter_pack
from omamori.knowledge.store import Facts
from omamori.model.derived import Asset
from omamori.model.facts import Exploited, WindowsFix
from omamori.model.host import Host, Patch
from omamori.model.look import Collected
from omamori.model.patching import MissingPatch
from omamori.snapshot.database import Database

PRODUCT = "Windows Server 2019"
SERVER = Host(asset="s", platform="windows", os_id="windows-server", os_name="Windows Server 2019 Standard", os_build="10.0.17763.5329")
KNOWN = Exploited(flaw="CVE-2020-1472", feed="kev")
FIXES = tuple(
    WindowsFix(flaw=f"CVE-2024-2{at:04}", update="5034768", product=PRODUCT, posted=date(2024, 2, 13), feed="microsoft") for at in range(4)
)


def judged(facts, *rows, now=datetime(2024, 3, 1), looks=("hosts", "patches"), more=(KNOWN,)):
    with Database() as database:
        database.insert([Asset(asset="s"), *rows])
        database.insert([Collected(asset="s", table_name=table, source="windows.registry", seen=now, complete=True) for table in looks])
        database.insert(ANALYZER.run(database, Moment(now, replace(starter_pack(), facts=Facts(rows=(*facts, *more))))))
        (look,) = [row for row in database.rows("collected") if row.table_name == "missing_patches"]
        return list(database.rows("missing_patches")), look


def test_a_machine_that_has_everything_is_completely_looked_at() -> None:
    rows, look = judged(FIXES, SERVER, Patch(asset="s", patch_id="KB5034768"))
    assert rows == [] and look.complete and not look.missing
    (row,), look = judged(FIXES, SERVER)
    assert isinstance(row, MissingPatch) and (row.patch_id, row.flaws, row.undecided) == ("KB5034768", 4, False) and look.complete


@pytest.mark.parametrize(
    ("facts", "reason"),
    [((), "not_in_pack"), (tuple(replace(fix, product="Windows Server 2022") for fix in FIXES), "not_in_pack")],
    ids=["no table", "another product"],
)
def test_without_a_table_for_it_there_is_no_verdict(facts, reason) -> None:
    rows, look = judged(facts, SERVER, Patch(asset="s", patch_id="KB5034768"))
    assert rows == [] and not look.complete and look.reason == reason


def test_a_row_without_an_update_is_no_table_for_it() -> None:
    rows, look = judged(tuple(replace(fix, update=None) for fix in FIXES), SERVER)
    assert rows == [] and not look.complete


def test_an_old_table_decides_nothing_more() -> None:
    rows, look = judged(FIXES, SERVER, Patch(asset="s", patch_id="KB5034768"), now=datetime(2024, 6, 1))
    assert rows == [] and (look.complete, look.reason) == (False, "pack_too_old")


@pytest.mark.parametrize("looks", [("hosts",), ("patches",), ()], ids=["no updates", "no machine", "nothing"])
def test_what_was_not_looked_at_is_not_complete(looks) -> None:
    _, look = judged(FIXES, SERVER, Patch(asset="s", patch_id="KB5034768"), looks=looks)
    assert not look.complete and look.reason == "not_collected"


def test_other_systems_have_no_windows_updates() -> None:
    rows, look = judged(FIXES, Host(asset="s", platform="linux", os_id="debian"))
    assert rows == [] and look.complete
    rows, look = judged(FIXES)
    assert rows == [] and not look.complete


def test_without_a_catalogue_nobody_knows_which_updates_close_what_is_exploited() -> None:
    (row,), look = judged(FIXES, SERVER, more=())
    assert row.patch_id == "KB5034768" and look.complete
    assert (look.missing, look.reason) == ("exploited,ransomware", "not_in_pack")


def test_an_update_without_a_day_is_not_passed_over() -> None:
    undated = replace(FIXES[0], update="5099999", posted=None)
    rows, look = judged((*FIXES, undated), SERVER, Patch(asset="s", patch_id="KB5034768"))
    assert rows == [] and (look.complete, look.reason) == (False, "not_in_pack")
    rows, look = judged((*FIXES, replace(undated, update="5034768")), SERVER, Patch(asset="s", patch_id="KB5034768"))
    assert rows == [] and look.complete, "other rows of the same update tell its day"


def test_a_row_of_a_day_to_come_makes_an_old_table_no_newer() -> None:
    slip = replace(FIXES[0], product="Microsoft Office 2019", update="5099999", posted=date(2099, 1, 1))
    _, look = judged((*FIXES, slip), SERVER, Patch(asset="s", patch_id="KB5034768"), now=datetime(2024, 6, 1))
    assert (look.complete, look.reason) == (False, "pack_too_old")
