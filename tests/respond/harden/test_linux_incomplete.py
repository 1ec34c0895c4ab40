"""Evidence that is missing makes a Linux plan smaller, and it says so; it never makes it wider."""

from __future__ import annotations

import re

import pytest
from tests.respond.harden.linux_small import HBA, SERVER, TABLES, designed, found, listens, server, setting, talks, without
from tests.respond.harden.small_traffic import MOMENT, facts_of, row

from omamori.respond.harden.changes import Change, LinesInstead, NftTable
from omamori.respond.harden.parts import Plan
from omamori.respond.harden.plan import make_plan

RULE = "host all all 0.0.0.0/0 trust"
ROWS = [
    *server(),
    found("firewall.none_active"),
    found("network.database_port_open", "PostgreSQL"),
    found("differences.listener_undeclared", "23", "tcp"),
    found("services.telnet_server", "23"),
    found("servers.database_trusts", RULE),
    found("remote_login.ssh_root_password"),
    found("sharing.guest_share", "karte"),
    found("sharing.signing_not_required"),
    found("kernel.network_trust"),
    found("protection.secrets_readable", "/etc/shadow"),
    found("protection.usb_storage_open"),
    found("logging.lost_at_restart"),
    listens(23, "inetd"),
    listens(5432, "postgres"),
    listens(22, "sshd"),
    row("services", asset=SERVER, name="inetd", state="running", start="automatic", command="/usr/sbin/inetd"),
    setting("server_settings", "hba", RULE, service="postgresql", path=HBA),
    setting("kernel_settings", "net.ipv4.conf.all.accept_redirects", "1"),
    setting("ssh_settings", "permitrootlogin", "yes"),
    row("file_permissions", asset=SERVER, path="/etc/shadow", kind="sensitive", owner="root", file_group="shadow", mode="0644"),
    row("log_settings", asset=SERVER, log="journald", active=True, persistent=False),
    talks(5432, "10.1.2.9"),
    *designed(5432),
]
"""Every kind of measure once; the database's users are declared, and one more was seen."""


def plan_of(rows) -> Plan:
    with facts_of(rows) as facts:
        return make_plan(facts, "s", [SERVER])


def narrowed(text: str) -> dict[str, set[str]]:
    """Return who may use a port of a table, for ports that not everybody may use."""
    found: dict[str, set[str]] = {}
    everybody = set(re.findall(r"^\t\t(tcp dport \d+) accept$", text, re.M))
    for sources, port in re.findall(r"ip saddr \{ (.*) \} (tcp dport \d+) accept", text):
        found.setdefault(port, set()).update(sources.split(", "))
    return {port: sources for port, sources in found.items() if port not in everybody}


def weaker(one: Change, other: Change) -> bool:
    """Return whether a change takes away less than another, or the same."""
    if isinstance(one, LinesInstead) and isinstance(other, LinesInstead):
        return (one.path, one.old) == (other.path, other.old) and all(" 0.0.0.0/0 " in line for line in one.new)
    if not isinstance(one, NftTable) or not isinstance(other, NftTable) or one.name != other.name:
        return one == other
    few, many = narrowed(one.text), narrowed(other.text)
    everybody, before = (set(re.findall(r"^\t\t(tcp dport \d+) accept$", each.text, re.M)) for each in (one, other))
    return before <= everybody and all(port in everybody or sources <= few.get(port, set()) for port, sources in many.items())


WHOLE = plan_of(ROWS)


@pytest.mark.parametrize(("asset", "table"), [*((SERVER, table) for table in TABLES), ("*", "designed_flows"), ("*", "zones")])
def test_a_look_taken_away_makes_the_plan_smaller_and_it_says_so(asset: str, table: str) -> None:
    less = plan_of(without(ROWS, asset, table))
    known = [change for one in WHOLE.measures for change in one.changes]
    for change in (change for one in less.measures for change in one.changes):
        assert change in known or any(weaker(change, one) for one in known), change
    promised, still = ({promise for one in plan.measures if one.changes for promise in one.promises} for plan in (WHOLE, less))
    assert still <= promised
    if still < promised:
        assert len(less.left) > len(WHOLE.left) or any(not one.changes for one in less.measures) or less.measures != WHOLE.measures


def test_the_whole_plan_has_every_kind_of_measure() -> None:
    assert {one.kind for one in WHOLE.measures if one.changes} == {
        "linux-logs", "linux-kernel", "linux-files", "linux-ssh", "linux-usb", "linux-services", "linux-samba", "linux-databases", "linux-firewall",
    }  # fmt: skip
    assert not WHOLE.left and WHOLE.moment == MOMENT


def test_for_a_medical_device_everything_becomes_a_question() -> None:
    plan = plan_of([*server(hands_off=True), *ROWS[len(server()) :]])
    assert not plan.measures and {one.kind for one in plan.questions} == {one.kind for one in WHOLE.measures}
