"""Lines for PowerShell and netsh: each rule by a name that means it alone, everything kept first, and given back by one line."""

from __future__ import annotations

import pytest

from omamori.respond.harden.changes import RegistryValue, WindowsRule
from omamori.respond.harden.write.windows_firewall import netsh, powershell, registry_values

HEAD = "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|"
NARROWED = WindowsRule("local", "{5E00530A}", f"{HEAD}RA4=10.1.2.5|RA4=10.1.3.0/255.255.255.0|RA6=fe80::/10|Name=Taro's SMB|")
BUILT_IN = WindowsRule("local", "RemoteDesktop-UserMode-In-TCP", f"{HEAD}RA4=10.1.2.5|Name=@FirewallAPI.dll,-28775|")
OFF = WindowsRule("local", "up", f"{HEAD.replace('TRUE', 'FALSE')}Name=updater|")
ADDED = WindowsRule(
    "local",
    "Omamori-In-TCP-49152-65535-domain",
    "v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort2_10=49152-65535|RA4=10.1.0.0/255.255.0.0|Name=Omamori TCP|",
)
POLICY = WindowsRule("policy", "p", f"{HEAD}RA4=10.1.2.5|Name=p|")


def test_powershell_names_rules_by_their_value_s_name() -> None:
    lines = powershell([NARROWED, BUILT_IN, OFF, ADDED, POLICY])
    assert lines.apply == (
        "Set-NetFirewallRule -Name '{5E00530A}' -RemoteAddress '10.1.2.5','10.1.3.0/255.255.255.0','fe80::/10'",
        "Set-NetFirewallRule -Name 'RemoteDesktop-UserMode-In-TCP' -RemoteAddress '10.1.2.5'",
        "Set-NetFirewallRule -Name 'up' -Enabled False",
        "New-NetFirewallRule -Name 'Omamori-In-TCP-49152-65535-domain' -DisplayName 'Omamori TCP' -Direction Inbound -Action Allow -Protocol TCP "
        "-LocalPort 49152-65535 -RemoteAddress '10.1.0.0/255.255.0.0' -Profile Domain",
    )
    assert lines.save == ('netsh advfirewall export "omamori-firewall-before.wfw"',) and lines.left == ("p",)
    assert lines.undo == ('netsh advfirewall import "omamori-firewall-before.wfw"',)


def test_a_group_policy_is_changed_as_a_whole_and_given_back_from_its_backup() -> None:
    lines = powershell([POLICY, OFF], r"hosp.local\PCs")
    assert lines.apply == (
        r"$gpo = Open-NetGPO -PolicyStore 'hosp.local\PCs'",
        "Set-NetFirewallRule -GPOSession $gpo -Name 'p' -RemoteAddress '10.1.2.5'",
        "Save-NetGPO -GPOSession $gpo",
    )
    assert (lines.save, lines.undo, lines.left) == (
        ("Backup-GPO -Name 'PCs' -Path .",),
        ("Restore-GPO -Name 'PCs' -Path .",),
        ("up",),
    )
    assert powershell([NARROWED], r"hosp.local\PCs").apply == ()


def test_netsh_takes_only_rules_whose_shown_name_is_theirs_alone() -> None:
    twin = WindowsRule("local", "twin", f"{HEAD}RA4=10.1.2.6|Name=updater|")
    lines = netsh([NARROWED, BUILT_IN, OFF, twin, ADDED, POLICY])
    assert lines.apply == (
        'netsh advfirewall firewall set rule name="Taro\'s SMB" dir=in new remoteip=10.1.2.5,10.1.3.0/255.255.255.0,fe80::/10',
        'netsh advfirewall firewall add rule name="Omamori TCP" dir=in action=allow protocol=TCP localport=49152-65535 '
        "remoteip=10.1.0.0/255.255.0.0 profile=domain",
    )
    assert set(lines.left) == {"RemoteDesktop-UserMode-In-TCP", "up", "twin", "p"}
    assert netsh([OFF]).apply == ('netsh advfirewall firewall set rule name="updater" dir=in new enable=no',)


def test_a_name_cannot_end_its_line() -> None:
    bad = WindowsRule("local", "a\nb", f"{HEAD}Name=n|")
    with pytest.raises(ValueError, match="a"):
        powershell([bad])
    quoted = WindowsRule("local", "a'b’c", f'{HEAD.replace("TRUE", "FALSE")}Name=x" & calc|')
    assert powershell([quoted]).apply == ("Set-NetFirewallRule -Name 'a''b’’c' -Enabled False",)
    assert netsh([quoted]).apply == () and netsh([quoted]).left == ("a'b’c",)


def test_the_registry_form_stands_where_the_parser_reads_it() -> None:
    local, policy = registry_values([NARROWED, POLICY])
    assert local == RegistryValue(local.key, "{5E00530A}", "sz", NARROWED.rule) and local.key.endswith(r"FirewallPolicy\FirewallRules")
    assert policy.key == r"HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall\FirewallRules"
