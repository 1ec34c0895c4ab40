"""A machine of the lab that sends its backup away: the job is found, as a backup to another machine, and nothing listens."""

from __future__ import annotations

from pathlib import Path

import pytest

from omamori.lab.interface import Place
from omamori.lab.services.backup_job import SERVICE
from omamori.parse.linux.backups_command import read_command


def test_its_job_is_read_as_a_backup_to_the_backup_server(tmp_path: Path) -> None:
    assert SERVICE.prepare(Place("ehr-db", "ns", ("10.0.0.1",), tmp_path, "sick"), {"to": "backup-server"}) == ()
    cron = (tmp_path / SERVICE.shows["cron.d/nightly-backup"]).read_text(encoding="ascii")
    command = read_command(cron.splitlines()[-1].split(" ", 6)[-1], {}, ())
    assert command is not None
    assert (command.product, command.target, command.target_kind) == ("restic", "rest:http://backup-server:8000/ehr-db", "remote-host")


def test_an_option_nobody_knows_is_named() -> None:
    with pytest.raises(ValueError, match="schedule"):
        SERVICE.listens({"schedule": "daily"})
    assert SERVICE.listens({}) == ()
