"""What the judgement rests on is read of the machines it is about."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from omamori.analyze.backups.facts import READS
from omamori.model.host import Service
from omamori.model.tables import TABLES

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).with_name("small_hospital.py"))
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)


def test_only_the_machines_asked_for_are_read():
    facts = small.facts(small.fetched().add(Service(asset="other", name="x")))
    assert facts.of("services", "bk") and not facts.of("services", "other") and not facts.of("services", None)
    assert facts.host("ehr").hostname == "ehr" and facts.host("nobody") is None


def test_what_is_known_of_zones_and_looks():
    facts = small.facts(small.fetched())
    assert facts.zone_kinds["BACKUP"] == "backup" and facts.zones["bk"] == ("BACKUP",)
    assert facts.knows("services", "bk", "command") and not facts.knows("services", None) and not facts.knows("services", "nobody")


def test_controllers_are_read_too():
    facts = small.facts(small.windows())
    assert facts.controllers() == ["dc"] and facts.of("group_members", "dc")
    assert facts.unseen_host is None and small.facts(small.windows().without("hosts", "dc")).unseen_host is not None


def test_every_table_it_reads_is_one_of_the_model():
    assert set(READS) <= set(TABLES) and len(READS) == len(set(READS))
