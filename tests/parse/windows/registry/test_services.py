"""Services, SNMP and logs from the registry."""

from __future__ import annotations

import pytest

from omamori.parse.windows.registry.services import read_logs, read_services, read_snmp

SERVICES = "SYSTEM\\CurrentControlSet\\Services"
SNMP = SERVICES + "\\SNMP\\Parameters"


def test_services_not_drivers(tree) -> None:
    found = read_services(
        tree(
            SERVICES,
            SERVICES
            + '\\Agent\n"Type"=dword:00000110\n"Start"=dword:00000002\n"DisplayName"="Agent X"\n"ObjectName"="LocalSystem"\n"ImagePath"="c:\\\\a.exe -x"',
            SERVICES + '\\Print\n"Type"=dword:00000020\n"Start"=dword:00000004\n"DisplayName"="@x.dll,-1;印刷"',
            SERVICES + '\\disk\n"Type"=dword:00000001\n"Start"=dword:00000000',
            SERVICES + "\\empty",
        )
    )
    assert [(row.name, row.start, row.display_name, row.account, row.command) for row in found.rows] == [
        ("Agent", "automatic", "Agent X", "LocalSystem", "c:\\a.exe -x"),
        ("Print", "disabled", "印刷", None, None),
    ]
    assert found.looks[0].complete and found.looks[0].missing == ("state",)


def test_what_every_user_gets_an_own_one_of_is_listed_per_user_only(tree) -> None:
    one = SERVICES + '\\CDPUserSvc{}\n"Type"=dword:000000{}\n"Start"=dword:00000002'
    assert [row.name for row in read_services(tree(SERVICES, one.format("", "60"), one.format("_4f8e2", "e0"))).rows] == [
        "CDPUserSvc_4f8e2"
    ]


def test_services_that_are_only_a_part(tree) -> None:
    one = SERVICES + '\\Agent\n"Type"=dword:00000010\n"Start"=dword:0000000{}\n"DisplayName"="@x.dll,-1"'
    found = read_services(tree(one.format(3)))
    assert not found.looks[0].complete and found.looks[0].missing == ("display_name", "state")
    assert read_services(tree(SERVICES, one.format(9))).looks == []


@pytest.mark.parametrize(("rights", "name"), [(1, None), (2, "trapcommunity"), (4, "rocommunity"), (8, "rwcommunity"), (16, "rwcommunity")])
def test_snmp_words_are_marks(tree, rights: int, name: str | None) -> None:
    found = read_snmp(tree(f'{SNMP}\\ValidCommunities\n"public"=dword:{rights:08x}'))
    assert [(row.name, row.value) for row in found.rows] == ([(name, "[secret: community, default]")] if name else [])
    assert not found.looks[0].complete


def test_snmp_by_policy_and_who_may_ask(tree) -> None:
    policy = 'SOFTWARE\\Policies\\SNMP\\Parameters\\{}\n"1"="{}"'
    found = read_snmp(
        tree(
            f'{SNMP}\\ValidCommunities\n"public"=dword:00000004',
            policy.format("ValidCommunities", "s3kr1t"),
            policy.format("PermittedManagers", "10.1.9.20"),
        )
    )
    assert [(row.name, row.value) for row in found.rows] == [("rocommunity", "[secret: community, set] 10.1.9.20")]
    assert read_snmp(tree("SOFTWARE\\Other")).looks == []


def test_logs(tree) -> None:
    log, policy = (
        SERVICES + '\\EventLog\\{}\n"MaxSize"=dword:01400000\n"Retention"=dword:{}',
        "SOFTWARE\\Policies\\Microsoft\\Windows\\EventLog",
    )
    three = tuple(log.format(name, "00000000") for name in ("Application", "Security", "System"))
    alone = read_logs(tree(*three))
    assert alone.looks[0].complete and set(alone.looks[0].missing) == {"active", "forwarded_to", "kept_days", "max_bytes", "oldest"}
    both = read_logs(tree("SOFTWARE\\Policies", policy + '\\Security\n"MaxSize"=dword:00030000', *three))
    assert [(row.log, row.max_bytes, row.forwarded_to) for row in both.rows] == [
        ("Application", 20971520, None),
        ("Security", 201326592, None),
        ("System", 20971520, None),
    ]
    assert set(both.looks[0].missing) == {"active", "kept_days", "oldest"}
    week = read_logs(tree("SOFTWARE\\Policies", log.format("Security", "00093a80")))
    assert week.rows[0].kept_days == 7 and not week.looks[0].complete
    sent = read_logs(
        tree(policy + '\\EventForwarding\\SubscriptionManager\n"1"="Server=https://wec.hospital.example:5986/wsman,Refresh=60"')
    )
    assert (sent.rows[0].log, sent.rows[0].forwarded_to) == ("Security", "wec.hospital.example") and not sent.looks[0].complete
