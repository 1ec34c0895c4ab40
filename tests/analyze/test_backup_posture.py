"""What each copy is worth on the day, and the law: taking a look or a row away never makes a copy look better."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from omamori.analyze.backup_posture import ANALYZER
from omamori.model.access import Share
from omamori.model.backup_posture import CHAIN_END, FATES, HOW_KNOWN, TOLD
from omamori.model.declared import DeclaredBackup
from omamori.model.host import Mount
from omamori.model.ways_in import ReachedService

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).parent / "backups" / "small_hospital.py")
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)
Hospital, append_store, posture = small.Hospital, small.append_store, small.posture


@pytest.fixture
def fetched():
    return small.fetched()


@pytest.fixture
def pushed():
    return small.pushed()


def test_a_fetched_copy_nobody_reaches_survives(fetched):
    found = posture(fetched)
    copy = found.one()
    assert (copy.job, copy.declared, copy.observed, copy.kept_on, copy.other_device) == ("nightly", True, True, "bk", True)
    assert (copy.offline, copy.offline_by, copy.reached_from, copy.fate) == (True, "not-reached", "", "survives")
    assert (copy.generations, copy.generations_seen, copy.every_days, copy.gaps, copy.gone) == (7, True, 1.0, 0, 0)
    assert (copy.damaged, copy.traces, copy.same_account, copy.domain_admin, copy.always_mounted) == (False, 0, False, False, False)
    assert copy.last_offline_seen and copy.evidence == "beef:3"
    assert not {"offline", "fate", "reached_from", "same_account"} & found.missing()
    chain = found.chains["ehr"]
    assert (chain.copies, chain.surviving, chain.untold, chain.chain) == (1, 1, 0, None)


def test_reached_from_the_department_the_way_is_told(fetched):
    way = ReachedService(
        origin="DEPARTMENT",
        asset="bk",
        address="10.8.0.11",
        protocol="tcp",
        port=22,
        service="remote-shell",
        through="FW",
        rules="FW forward: 3",
    )
    copy = posture(fetched.add(way)).one()
    assert copy.reached_from == "DEPARTMENT"
    assert copy.reached_by == "DEPARTMENT > FW > bk; remote-shell tcp/22; FW forward: 3"
    assert copy.offline is not True and copy.fate != "survives"


def test_declared_alone_is_never_offline(fetched):
    tape = DeclaredBackup(asset="ehr", job="tape", method="LTO", medium="tape", target="safe", offline="yes", generations=8)
    found = posture(fetched.add(tape))
    copy = found.one(job="tape")
    assert (copy.offline, copy.offline_by, copy.fate) == (None, "declared", "unknown")
    assert (copy.offline_told or "").startswith("declared-not-seen") and "read-medium" in (copy.offline_told or "")
    assert "offline" in found.missing()


def test_the_chain_in_which_the_backup_dies_with_the_server(pushed):
    found = posture(pushed.add(*append_store(deletes=True)))
    copy = found.one()
    assert (copy.offline, copy.same_account, copy.fate) == (False, True, "lost")
    assert copy.reached_from == "DEPARTMENT,EHR" and (copy.reached_by or "").startswith("DEPARTMENT > FW > bk; backup tcp/8000")
    assert found.chains["ehr"].chain == f"ehr > bk > {CHAIN_END}"


def test_append_only_holds_where_the_accounts_are_apart(pushed):
    copy = posture(pushed.add(*append_store())).one()
    assert (copy.offline, copy.offline_by, copy.same_account, copy.fate) == (True, "append-only", False, "survives")


def test_a_folder_that_stays_mounted_is_lost(fetched):
    bare = fetched.never("backup_repositories").never("backup_generations")
    mount = Mount(asset="ehr", path="/mnt/bk", device="bk:/srv/b", filesystem="nfs4", options="rw,relatime", server="bk")
    told = DeclaredBackup(asset="ehr", job="copy", method="rsync", medium="other-server", target="/mnt/bk/ehr")
    found = posture(bare.add(mount, told))
    copy = found.one(job="copy")
    assert (copy.always_mounted, copy.offline, copy.fate) == (True, False, "lost")


def test_a_server_of_care_without_any_copy_has_a_chain_too(fetched):
    bare = fetched.never("backup_repositories").never("backup_generations").never("declared_backups").looked("*", "declared_backups")
    found = posture(bare)
    assert not found.copies
    assert found.chains["ehr"].chain == f"ehr > {CHAIN_END}" and found.chains["ehr"].copies == 0
    assert found.looks[("ehr", "backup_chains")].complete
    blind = posture(bare.without("scheduled_backups", "ehr"))
    assert "ehr" not in blind.chains and not blind.looks[("ehr", "backup_chains")].complete


def test_every_code_has_words(fetched, pushed):
    known = {value.code for value in TOLD}
    for hospital in (fetched, pushed, pushed.add(*append_store()), fetched.without("interfaces"), pushed.without("hosts")):
        for copy in posture(hospital).copies:
            for told in (copy.offline_told, copy.same_account_told, copy.domain_admin_told, copy.fate_told):
                assert {part.partition(": ")[0] for part in (told or "").split("; ") if part} <= known
            assert copy.fate in {value.code for value in FATES} and copy.offline_by in {value.code for value in HOW_KNOWN}


def test_it_says_what_it_reads_and_fills():
    assert ANALYZER.fills == ("backup_posture", "backup_chains")


_GOOD = {
    "offline": True, "same_account": False, "domain_admin": False, "same_domain": False, "always_mounted": False, "immutable": True,
    "damaged": False, "other_device": True, "reached_from": "", "fate": "survives", "traces": 0, "gone": 0, "gaps": 0, "generations_seen": True,
    "restored_proven": True,
}  # fmt: skip
"""Column → the value a check would let pass."""


def better(was, now) -> list[str]:
    """What looks better afterwards: a good value, known and whole, that was none before; a whole look; a chain that now survives."""
    found = []
    for (asset, table), look in now.looks.items():
        if look.complete and not was.looks[(asset, table)].complete:
            found.append(f"{table} of {asset} is now whole")
    for copy in now.copies:
        olds = [one for one in was.copies if one.asset == copy.asset]
        for column, good in _GOOD.items():
            known, was_known = (_known(one, copy.asset, column) for one in (now, was))
            if known and getattr(copy, column) == good and not (was_known and any(getattr(one, column) == good for one in olds)):
                found.append(f"{column} of {copy.asset} {copy.job}")
    for asset, chain in now.chains.items():
        if chain.surviving > (was.chains[asset].surviving if asset in was.chains else 0):
            found.append(f"{asset} survives")
    for asset, chain in was.chains.items():
        look = now.looks[(asset, "backup_chains")]
        if not chain.surviving and asset not in now.chains and look.complete and not look.missing:
            found.append(f"the chain of {asset} vanished")
    return found


def _known(found, asset: str, column: str) -> bool:
    return found.looks[(asset, "backup_posture")].complete and column not in found.missing(asset)


SHAPES = {
    "a share over the store": lambda: small.pushed().add(*append_store(), Share(asset="bk", name="all", path="/srv", writable=True)),
    "deleting": lambda: small.pushed().add(*append_store(), *append_store(deletes=True)),
    "domain administrator": lambda: small.windows_as("HOSP\\svc-old"),
    "shared administrator": lambda: small.shared_administrator(),
    "two networks": lambda: small.in_two_networks(),
    "mounted": lambda: _mounted(),
    "a medium still in": lambda: small.on_a_medium().add(Mount(asset="bk", path="/media/rdx", device="/dev/sdb1", options="rw"), REACHED),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_taking_a_look_or_a_row_away_never_makes_a_copy_better(shape):
    hospital = SHAPES[shape]()
    was = posture(hospital)
    taken = {words: better(was, now) for words, now in small.taken_away(hospital)}
    assert len(taken) > 40
    assert {words: found for words, found in taken.items() if found} == {}


REACHED = ReachedService(origin="DEPARTMENT", asset="bk", address="10.8.0.11", protocol="tcp", port=22)


def _mounted():
    mount = Mount(asset="ehr", path="/mnt/bk", device="bk:/srv/b", filesystem="nfs4", options="rw", server="bk")
    told = DeclaredBackup(asset="ehr", job="copy", method="rsync", medium="other-server", target="/mnt/bk/x")
    return small.fetched().never("backup_repositories").add(mount, told)
