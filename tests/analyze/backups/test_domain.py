"""What the administrators of a domain have to do with a copy."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from omamori.analyze.backups.copies import copies_of
from omamori.analyze.backups.domain import domain_admin, governing, same_domain
from omamori.model.access import GroupMember, ShareAccess
from omamori.model.declared import DeclaredBackup
from omamori.model.host import Service, Task

_SPEC = importlib.util.spec_from_file_location("small_hospital", Path(__file__).with_name("small_hospital.py"))
assert _SPEC is not None and _SPEC.loader is not None
small = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = small
_SPEC.loader.exec_module(small)


def asked(question, hospital):
    facts = small.facts(hospital)
    (copy,) = copies_of(facts, "ehr")
    return question(facts, copy)


def running_as(account):
    hospital = small.windows()
    return small.Hospital([replace(row, account=account) if isinstance(row, Task) else row for row in hospital.rows], hospital.looks)


def test_members_of_members_govern_too():
    assert governing(small.facts(small.windows())) >= {"administrator", "operators", "svc-old"}


def test_an_account_of_its_own():
    found = asked(domain_admin, small.windows())
    assert (found.value, found.told) == (False, ("no-domain-admin",))


@pytest.mark.parametrize("account", ["HOSP\\Administrator", "administrator@hosp.example", "HOSP\\svc-old", "hosp\\OPERATORS"])
def test_the_job_runs_as_an_administrator_of_the_domain(account):
    found = asked(domain_admin, running_as(account))
    assert found.value is True and found.told[0].startswith(f"runs-as-domain-admin: {account} ehr")


@pytest.mark.parametrize("account", ["SYSTEM", "NT AUTHORITY\\SYSTEM", ".\\backup", "ehr\\backup", "Administrator"])
def test_local_accounts_are_not_of_the_domain(account):
    assert asked(domain_admin, running_as(account)).value is False


def test_the_program_on_the_machine_that_keeps_it():
    service = Service(
        asset="bk", name="VeeamBackupSvc", start="automatic", account="HOSP\\Administrator", command="Veeam.Backup.Service.exe"
    )
    assert asked(domain_admin, small.windows().add(service)).told[0] == "runs-as-domain-admin: HOSP\\Administrator bk VeeamBackupSvc"
    assert asked(domain_admin, small.windows().add(replace(service, start="disabled"))).value is False
    assert asked(domain_admin, small.windows().add(replace(service, name="Spooler", command="spoolsv.exe"))).value is False


def test_the_account_the_ledger_names():
    rows = [replace(row, account="HOSP\\Administrator") if isinstance(row, DeclaredBackup) else row for row in small.windows().rows]
    assert asked(domain_admin, small.Hospital(rows, small.windows().looks)).value is True


def test_the_share_admits_the_administrators_of_the_domain():
    for principal in ("HOSP\\Domain Admins", "HOSP\\svc-old", "S-1-5-21-1-2-3-512"):
        found = asked(domain_admin, small.windows().add(ShareAccess(asset="bk", share="ehr$", principal=principal, access="full")))
        assert found.told == (f"share-domain-admins: {principal}",)


def test_the_machine_that_keeps_it_is_administered_by_them():
    member = GroupMember(asset="bk", group_name="Administrators", group_id="S-1-5-32-544", member="HOSP\\Domain Admins")
    assert asked(domain_admin, small.windows().add(member)).told == ("keeper-domain-admins: HOSP\\Domain Admins",)


NEEDED = [
    "tasks ehr",
    "services ehr",
    "tasks bk",
    "services bk",
    "hosts bk",
    "group_members bk",
    "share_access bk",
    "group_members dc",
    "hosts dc",
]


@pytest.mark.parametrize("needed", NEEDED)
def test_not_known_without_a_look(needed):
    assert asked(domain_admin, small.windows().without(*needed.split())).value is None


def test_a_second_controller_nobody_could_look_at_may_govern_too():
    second = small.machine("dc2", "10.1.0.6", "EHR", platform="windows", domain="hosp.example", domain_role="controller")
    hospital = small.windows().add(*second).looked("dc2", *small.SEEN)
    assert asked(domain_admin, hospital).value is False
    assert asked(domain_admin, hospital.without("hosts", "dc2")).value is None


def test_the_same_domain():
    assert asked(same_domain, small.windows()).value is True
    assert asked(same_domain, small.fetched()).value is False
    assert asked(same_domain, small.fetched().without("hosts", "bk")).told == ("keeper-not-seen",)
    joined = small.fetched().add(Service(asset="bk", name="sssd", start="automatic"))
    assert asked(same_domain, joined).value is None
