"""The log a real sshd writes through a real syslog, read by the kit over SSH and from the file, and held against what was done."""

from __future__ import annotations

import gzip
import json
import shlex
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from tests.system.test_ssh import Server, collect, sshd

from omamori.model.ways_in import Session
from omamori.parse.interface import Context
from omamori.parse.linux.logins import parse, parse_log, recognise

pytestmark = pytest.mark.system

SYSLOG = """module(load="imuxsock")
template(name="old" type="string" string="%timestamp% %hostname% %syslogtag%%msg:::sp-if-no-1st-sp%%msg:::drop-last-lf%\\n")
auth,authpriv.* action(type="omfile" file="/var/log/auth.log" template="RSYSLOG_FileFormat")
auth,authpriv.* action(type="omfile" file="@LOG@" template="old")
"""
"""rsyslog's two ways of writing: with ISO moments into auth.log, in the traditional form beside it."""
DEVICES = (
    " && mkdir -p /run/dev/pts && for name in null zero random urandom tty ptmx; do touch /run/dev/$name && mount --bind /dev/$name /run/dev/$name;"
    " done && mount --bind /dev/pts /run/dev/pts && mount --rbind /run/dev /dev && mount -t tmpfs tmpfs /var/log"
)
START = ' && sed "s#@LOG@#$3#" SYSLOG >/run/syslog && { rsyslogd -n -i NONE -f /run/syslog & until [ -S /dev/log ]; do :; done; }'


def login(server: Server, account: str, key: str) -> int:
    """Log in for one command; returns the exit code of ssh."""
    options = [f"UserKnownHostsFile={server.known()}", "BatchMode=yes", "IdentitiesOnly=yes"]
    words = ["ssh", "-p", str(server.port), "-i", str(server.folder / key), *(word for option in options for word in ("-o", option))]
    return subprocess.run([*words, f"{account}@127.0.0.1", "true"], capture_output=True).returncode


def told(rows: list[Session]) -> set[tuple[str | None, str | None, bool, int]]:
    return {(row.account, row.peer_address, row.accepted, row.times) for row in rows}


def test_what_sshd_logs_is_what_was_done(site, tmp_path) -> None:  # type: ignore[no-untyped-def]
    config = tmp_path / "syslog"
    config.write_text(SYSLOG)
    begun = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    with sshd(tmp_path, before=DEVICES + START.replace("SYSLOG", shlex.quote(str(config))), logs="") as server:
        assert login(server, "root", "user") == 0
        assert login(server, "root", "other") == 255
        assert login(server, "root", "other") == 255
        assert login(server, "hunter2-by-mistake", "other") == 255
        assert collect(site, server).returncode == 0
        log = (server.folder / "log").read_bytes()
    done = datetime.now(UTC).replace(tzinfo=None)
    (receipt,) = (site.folder / "site" / "evidence").rglob("*.json")
    (item,) = (one for one in json.loads(receipt.read_text())["items"] if one["kind"] == "linux.logins")
    (stored,) = (path for path in (site.folder / "site" / "evidence").rglob("*") if path.name.startswith(item["sha256"][:16]))
    assert b"hunter2" in log
    evidence = gzip.decompress(stored.read_bytes())
    assert b"hunter2" not in evidence and b"SHA256:" not in evidence
    seen = parse(evidence, Context("linux.logins", done, done, privileged=True))
    first, *_ = refused = [row for row in seen.rows if not row.accepted]
    # The collection itself came in by the second session, which had not ended when the log was read.
    assert told(refused) == {("root", "127.0.0.1", False, 2), (None, "127.0.0.1", False, 1)} and first.times == 2
    one, two = [row for row in seen.rows if row.accepted]
    assert (one.account, one.method, one.peer_address) == ("root", "publickey", "127.0.0.1")
    assert one.ended is not None and two.ended is None
    assert begun <= one.began <= one.ended <= two.began <= done
    assert seen.looks[0].complete

    assert recognise(log, "auth.log")
    by_hand = parse_log(log, Context("device.logins", done, done, file_name="jump auth.log"))
    assert told([row for row in by_hand.rows if not row.accepted]) == told(refused)
    let_in = [row for row in by_hand.rows if row.accepted]
    assert [row.account for row in let_in] == ["root", "root"] and all(row.own_clock for row in let_in)
    assert let_in[0].ended is not None and timedelta() <= let_in[0].ended - let_in[0].began < timedelta(hours=1)
