"""The script for PowerShell: each rule by a name that means it alone, held against what was seen, everything kept first."""

from __future__ import annotations

import pytest
import tree_sitter_powershell
from tree_sitter import Language, Parser

from omamori.model.text import Text
from omamori.respond.harden.changes import ProfileOpen, WindowsRule
from omamori.respond.harden.parts import Machine, Measure, Menu
from omamori.respond.harden.write.windows_firewall import firewall_script
from omamori.respond.harden.write.windows_values import steps_of

HEAD = "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|"
WAS = f"{HEAD}Name=SMB|"
NARROWED = WindowsRule("local", "{5E00530A}", f"{HEAD}RA4=10.1.2.5|RA4=10.1.3.0/255.255.255.0|RA6=fe80::/10|Name=SMB|", WAS)
OFF = WindowsRule("local", "up", f"{HEAD.replace('TRUE', 'FALSE')}Name=updater|", f"{HEAD}Name=updater|")
ADDED = WindowsRule(
    "local",
    "Omamori-In-TCP-49152-65535-domain",
    "v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort2_10=49152-65535|RA4=10.1.0.0/255.255.0.0|Name=Omamori TCP|",
    "",
)
POLICY = WindowsRule("policy", "p", f"{HEAD}RA4=10.1.2.5|Name=p|", f"{HEAD}Name=p|")
PC = Machine("受付PC", "windows", "pc", "", "", "", "10.0.19045", hands_off=False, medical=False, important=False, hostname="UKETSUKE1")


def script(*changes: WindowsRule, still: tuple[ProfileOpen, ...] = ()) -> str:
    """The script as text; empty where there is none. It is read without an error whatever stands in it."""
    words = Text("a", "a")
    measure = Measure("windows_firewall", PC, words, words, words, Menu(words), changes=changes, still=still)
    files = firewall_script("pc", PC, steps_of([measure]))
    if not files:
        return ""
    (file,) = files
    assert file.name == "pc/firewall.ps1" and file.content.startswith(b"\xef\xbb\xbf")
    text = file.content.decode("utf-8-sig")
    assert not Parser(Language(tree_sitter_powershell.language())).parse(text.encode()).root_node.has_error, text
    assert "\n" not in text.replace("\r\n", "")
    return text


def test_a_rule_changes_by_its_value_s_name_and_only_while_it_is_as_it_was_seen() -> None:
    text = script(NARROWED, OFF, ADDED)
    for line in (
        f"if (Test-Unchanged '{{5E00530A}}' '{WAS}') {{ "
        "Set-NetFirewallRule -Name '{5E00530A}' -RemoteAddress '10.1.2.5','10.1.3.0/255.255.255.0','fe80::/10' }",
        f"if (Test-Unchanged 'up' '{HEAD}Name=updater|') {{ Set-NetFirewallRule -Name 'up' -Enabled False }}",
        "if (Test-Unchanged 'Omamori-In-TCP-49152-65535-domain' $null) { New-NetFirewallRule -Name 'Omamori-In-TCP-49152-65535-domain' "
        "-DisplayName 'Omamori TCP' -Direction Inbound -Action Allow -Protocol TCP -LocalPort 49152-65535 "
        "-RemoteAddress '10.1.0.0/255.255.0.0' -Profile Domain | Out-Null }",
    ):
        assert line in text
    assert text.index('export "$saved"') < text.index("if (Test-Unchanged '{5E00530A}'")


def test_a_rule_of_a_policy_changes_in_that_policy() -> None:
    text = script(NARROWED, POLICY)
    changed = f"Change-PolicyRule 'p' '{HEAD}Name=p|' '{HEAD}RA4=10.1.2.5|Name=p|'"
    assert text.index("Backup-GPO") < text.index(changed) < text.index("\r\n} else {") < text.index("if (Test-Unchanged '{5E00530A}'")


def test_what_cannot_be_compared_is_left_to_apply_cmd() -> None:
    assert script(WindowsRule("local", "x", NARROWED.rule)) == ""
    assert script(NARROWED, still=(ProfileOpen("domain"),)) == ""
    assert script() == ""


def test_a_name_cannot_end_its_line() -> None:
    with pytest.raises(ValueError, match="a"):
        script(WindowsRule("local", "a\nb", OFF.rule, OFF.was))
    quoted = script(
        WindowsRule("local", "a'b’c; calc $(calc)", f'{HEAD.replace("TRUE", "FALSE")}Name=x" & calc|', f'{HEAD}Name=x" & calc|')
    )
    assert f"if (Test-Unchanged 'a''b’’c; calc $(calc)' '{HEAD}Name=x\" & calc|')" in quoted
