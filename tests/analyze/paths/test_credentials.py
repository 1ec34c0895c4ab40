"""Passwords that open several machines."""

from __future__ import annotations

from datetime import date

from omamori.analyze.paths import credentials
from omamori.analyze.paths.parts import Credential, Proposal
from omamori.model.access import Account, GroupMember
from omamori.model.device import DeviceSecret
from omamori.model.host import Host, Service, Task
from omamori.model.ways_in import CrownJewel
from omamori.model.windows import WindowsSetting

DAY = date(2021, 4, 1)


def administrator(asset, *, name="Administrator", uid="S-1-5-21-1-2-3-500", changed=DAY):
    return Account(asset=asset, name=name, uid=uid, enabled=True, administrator=True, password_changed=changed, evidence=f"{asset}:5")


def pc(asset, *, laps=False, rdp=False, full=None, **host):
    return [
        Host(asset=asset, hostname=asset, platform="windows", **host),
        WindowsSetting(asset=asset, laps=laps, rdp_enabled=rdp, uac_remote_full=full),
    ]


def accounts(found):
    return {one.key: one for one in found if isinstance(one, Credential)}


def test_three_machines_make_a_shared_password_two_do_not(parts_from):
    rows = [row for name in "abc" for row in pc(name)] + [administrator(name) for name in "abc"]
    (one,) = accounts(parts_from(credentials.shared_administrators, rows)).values()
    assert {opening.asset for opening in one.openings} == set("abc") and all(opening.certain for opening in one.openings)
    assert accounts(parts_from(credentials.shared_administrators, rows[:-1])) == {}
    moved = [*rows[:-1], administrator("c", changed=date(2021, 4, 2))]
    assert accounts(parts_from(credentials.shared_administrators, moved)) == {}


def test_laps_and_domain_controllers_do_not_count(parts_from):
    rows = [*pc("a"), *pc("b"), *pc("c", laps=True), *pc("d", domain_role="controller"), *(administrator(name) for name in "abcd")]
    assert accounts(parts_from(credentials.shared_administrators, rows)) == {}


def test_another_local_administrator_is_let_in_only_by_remote_desktop_or_where_the_machine_says_so(parts_from):
    rows = [
        *pc("a", rdp=True),
        *pc("b", full=True),
        *pc("c"),
        *(administrator(name, name="setup", uid="S-1-5-21-1-2-3-1001") for name in "abc"),
    ]
    (one,) = accounts(parts_from(credentials.shared_administrators, rows)).values()
    assert [(opening.asset, 445 in opening.ports) for opening in one.openings] == [("a", False), ("b", True)]
    unseen = [*pc("a"), *pc("b"), *pc("c"), *(administrator(name, uid=None) for name in "abc")]
    (one,) = accounts(parts_from(credentials.shared_administrators, unseen)).values()
    assert not any(opening.certain for opening in one.openings), "which account it is could not be seen"


def test_a_domain_account_kept_by_a_service_a_task_or_an_automatic_login(parts_from):
    rows = [
        *pc("dc", domain="h.local", domain_role="controller"),
        *pc("fs", domain="h.local", domain_role="member"),
        Host(asset="away", platform="windows", domain="other", domain_role="member"),
        GroupMember(asset="dc", group_name="Domain Admins", group_id="S-1-5-21-1-2-3-512", member="H\\svc", evidence="dc:7"),
        GroupMember(asset="fs", group_name="Administrators", group_id="S-1-5-32-544", member="H\\helper", evidence="fs:7"),
        Service(asset="fs", name="agent", account="svc@h.local", start="automatic", evidence="fs:8"),
        Service(asset="fs", name="off", account="H\\helper", start="disabled"),
        Service(asset="fs", name="own", account="fs\\svc", start="automatic"),
        Service(asset="fs", name="sys", account="NT AUTHORITY\\NetworkService", start="automatic"),
        Task(asset="pc9", name="copy", account="H\\helper", stored_password=True, enabled=True, evidence="pc9:1"),
        WindowsSetting(asset="kiosk", auto_logon_account="H\\helper", auto_logon_password=True, evidence="kiosk:1"),
    ]
    found = parts_from(credentials.domain_accounts, rows)
    svc, helper = accounts(found)["domain svc"], accounts(found)["domain helper"]
    assert [holder.asset for holder in svc.holders] == ["fs"] and {opening.asset for opening in svc.openings} == {"dc", "fs"}
    assert {(holder.asset, holder.right) for holder in helper.holders} == {("pc9", "administrator"), ("kiosk", "user")}
    assert [opening.asset for opening in helper.openings] == ["fs"]
    assert {"service:fs:agent", "task:pc9:copy", "auto-logon:kiosk", "account:svc"} <= {
        one.change for one in found if isinstance(one, Proposal)
    }


def test_an_account_that_administers_nothing_seen_opens_nothing(parts_from):
    rows = [*pc("fs", domain="h"), Service(asset="fs", name="agent", account="H\\svc", start="automatic")]
    assert accounts(parts_from(credentials.domain_accounts, rows)) == {}


def test_a_readable_directory_password_on_a_device_may_open_the_directory(parts_from):
    rows = [
        DeviceSecret(asset="fw", place="ldap bind of AD", state="reversible", evidence="fw:3"),
        DeviceSecret(asset="fw", place="snmp community", state="plain"),
        DeviceSecret(asset="fw", place="ldap old", state="hashed"),
        CrownJewel(asset="dc", jewel="directory"),
        CrownJewel(asset="pacs", jewel="pacs"),
    ]
    (one,) = accounts(parts_from(credentials.device_secrets, rows)).values()
    assert [holder.asset for holder in one.holders] == ["fw"]
    assert [(opening.asset, opening.certain) for opening in one.openings] == [("dc", False)]
