from __future__ import annotations

import pytest

from omamori.parse.linux.backups_command import Command, clean_text, read_command
from omamori.parse.linux.output import FileText

_NETWORK = ("/mnt/nas",)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("rsync -a --delete /srv/ backup@10.1.8.9:/vault/", Command("rsync", "backup@10.1.8.9:/vault/", "remote-host")),
        ("/usr/bin/rsync -a /srv /mnt/nas/srv", Command("rsync", "/mnt/nas/srv", "network-mount")),
        ("pg_dumpall > /var/backups/all.sql", Command("pg_dump", "/var/backups/all.sql", "same-host")),
        ("pg_dump -Fc -f /mnt/nas/db.dump ehr", Command("pg_dump", "/mnt/nas/db.dump", "network-mount")),
        ("tar czf /mnt/nas/etc.tgz /etc", Command("tar", "/mnt/nas/etc.tgz", "network-mount")),
        ("tar cvf /dev/st0 /srv", Command("tar", "/dev/st0", "same-host")),
        ("restic -r sftp:b@10.1.8.9:/v backup /srv", Command("restic", "sftp:b@10.1.8.9:/v", "remote-host")),
        ("restic backup /srv", Command("restic", None, "unknown")),
        ("borg create ssh://b@10.1.8.9/./r::{now} /srv", Command("borg", "ssh://10.1.8.9/./r", "remote-host")),
        ("restic -r s3:https://s3.example.jp/b backup /srv", Command("restic", "s3:https://s3.example.jp/b", "object-storage")),
        ("cd /srv && mysqldump --all-databases > /mnt/nas/a.sql", Command("mysqldump", "/mnt/nas/a.sql", "network-mount")),
    ],
)
def test_what_goes_where(command: str, expected: Command) -> None:
    assert read_command(command, {}, _NETWORK) == expected


@pytest.mark.parametrize(
    "command", ["tar xzf /tmp/a.tgz", "/usr/libexec/dpkg/dpkg-db-backup", "apt-get update", "command -v rsync", "echo 'unclosed"]
)
def test_what_is_no_backup(command: str) -> None:
    assert read_command(command, {}, _NETWORK) is None


def test_a_script_is_looked_into() -> None:
    script = FileText("/usr/local/bin/b.sh", ((1, "3:pg_dump ehr > /tmp/ehr.sql"), (2, "4:rsync /tmp/ehr.sql nas:/b")))
    found = read_command("/usr/local/bin/b.sh >/dev/null", {script.path: script}, ())
    assert found == Command("rsync", "nas:/b", "remote-host")


def test_a_script_named_backup_counts_even_when_it_is_closed() -> None:
    script = FileText("/opt/v/backup.bin", ())
    assert read_command("/opt/v/backup.bin", {script.path: script}, ()) == Command("script", None, "unknown")


def test_accounts_are_taken_out_of_addresses() -> None:
    assert clean_text("ftp://u:[secret: url-password, set]@h/x".replace(" ", "")) == "ftp://h/x"
