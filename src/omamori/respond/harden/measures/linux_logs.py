"""Linux: the log survives a restart (journald.conf(5))."""

from __future__ import annotations

from collections.abc import Iterator

from omamori.model.text import Text
from omamori.respond.harden.changes import FileText
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.parts import Left, Machine, Measure, Menu

NAME = "linux-logs"
_FILE = "/etc/systemd/journald.conf.d/omamori-harden.conf"


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the switch that keeps systemd's log on the disk, where that log is at work."""
    found = facts.open(machine, "logging.lost_at_restart")
    if not found:
        return
    if not any(row.log == "journald" and row.active for row in facts.rows("log_settings", machine)):
        yield Left(
            NAME,
            machine,
            Text(
                "systemdのログが動いていないので、何に残すかを決めてからにします",
                "systemd's log is not at work: decide first what keeps the log",
            ),
        )
        return
    yield Measure(
        kind=NAME,
        machine=machine,
        what=Text("ログを再起動のあとも残す", "The log survives a restart"),
        why=Text(
            "攻撃のあと最初に行うのは再起動です。残らないと入口が分かりません",
            "A restart is the first thing after an attack: without the log the way in is lost",
        ),
        stops=Text(
            "止まるものはありません。ディスクを最大でその1割ほど使います", "Nothing stops; at most about a tenth of the disk is used"
        ),
        menu=Menu(
            Text(
                "sudo mkdir -p /var/log/journal と sudo systemctl restart systemd-journald",
                "sudo mkdir -p /var/log/journal, then sudo systemctl restart systemd-journald",
            )
        ),
        changes=(FileText(_FILE, "[Journal]\nStorage=persistent\n", service="systemd-journald"),),
        promises=found,
        evidence=tuple(one.evidence for one in found if one.evidence),
    )


KIND = Kind(name=NAME, title=Text("ログを残す", "Keep the log"), system="linux", propose=propose)
