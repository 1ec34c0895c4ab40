"""What a restore amounts to."""

from __future__ import annotations

from datetime import datetime

import pytest

from omamori.backup.proof.journal import Sofar
from omamori.backup.proof.manifest import Manifest
from omamori.backup.proof.record import Database
from omamori.backup.proof.run import Came
from omamori.pipeline.backup_prove_record import _compared, judged

NOW = datetime(2026, 11, 30)


@pytest.mark.parametrize(("ok", "result"), [(True, ("whole", None)), (None, ("whole", None)), (False, ("differs", "database"))])
def test_a_dump_that_is_no_database_is_no_whole_restore(ok: bool | None, result: tuple[str, str | None]) -> None:
    database = Database("ehr", "15", started=True, query_sha256=None, expected=None, ok=ok, said="not-restored")
    assert judged(Came(Sofar(NOW, batches=1, files=1, bytes=9, database=database))) == result


def test_what_did_not_come_back_is_a_difference() -> None:
    assert judged(Came(Sofar(NOW, batches=1, files=3, lacking=5))) == ("differs", None)


def test_a_list_inside_that_vouched_for_no_file_is_no_comparison() -> None:
    assert _compared(Came(Sofar(NOW, batches=1, files=3, uncompared=3), manifest=Manifest(), inside=True), "folder") == "nothing"
    assert _compared(Came(Sofar(NOW, batches=1, files=3, uncompared=3), manifest=Manifest(), inside=True), "restic") == "repository"
    assert (
        _compared(Came(Sofar(NOW, batches=1, files=3, same=1, uncompared=2), manifest=Manifest(), inside=True), "folder")
        == "manifest-inside"
    )
    assert _compared(Came(Sofar(NOW, batches=1, files=3, uncompared=3), manifest=Manifest()), "folder") == "manifest"


@pytest.mark.parametrize(("uncompared", "result"), [(5, ("whole", None)), (6, ("incomplete", "mostly-uncompared"))])
def test_what_was_mostly_not_held_against_the_list_is_not_whole(uncompared: int, result: tuple[str, str | None]) -> None:
    done = Sofar(NOW, batches=1, files=10, same=10 - uncompared, uncompared=uncompared)
    assert judged(Came(done, manifest=Manifest(), inside=True)) == result
