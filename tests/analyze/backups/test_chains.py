"""How one loss brings the next."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from omamori.analyze.backups.chains import needs_copies
from omamori.model.declared import DeclaredBackup
from omamori.model.derived import Asset
from omamori.model.ways_in import CrownJewel
from omamori.snapshot.database import Database

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).with_name("small_hospital.py"))
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)


def test_servers_that_care_depends_on_need_copies():
    rows = [
        Asset(asset="a", role="server", important=True),
        Asset(asset="b", role="client", important=True),
        Asset(asset="c", role="server"),
        Asset(asset="d", role="server"),
        Asset(asset="e", role="server"),
        CrownJewel(asset="d", jewel="ehr"),
        CrownJewel(asset="e", jewel="backup"),
    ]
    with Database() as database:
        database.insert(rows)
        assert needs_copies(database) == {"a", "d"}


def test_every_lost_place_is_named_once_and_in_order():
    lost = small.pushed().add(
        *small.append_store(deletes=True), DeclaredBackup(asset="ehr", job="own", medium="same-server", target="/var/backup"),
        DeclaredBackup(asset="ehr", job="second", method="rsync", medium="other-server", target="nas", same_credentials="yes"),
    )  # fmt: skip
    chain = small.posture(lost).chains["ehr"]
    assert (chain.copies, chain.surviving, chain.untold, chain.media) == (3, 0, 0, 2)
    assert chain.chain == "ehr > bk > nas > nothing left"
    assert chain.told == "nightly: lost; own: lost; second: lost"


def test_no_chain_while_one_copy_survives_or_is_not_known():
    assert small.posture(small.fetched()).chains["ehr"].chain is None
    unknown = small.posture(small.pushed()).chains["ehr"]
    assert (unknown.chain, unknown.untold) == (None, 1)
