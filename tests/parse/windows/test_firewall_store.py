"""Rules as they stand in the registry: their whole text, their place and their line."""

from __future__ import annotations

from omamori.parse.windows.firewall_store import StoredRule, stored_rules
from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.store import Origin, write_pieces

BELOW = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules"
POLICY = r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\WindowsFirewall\FirewallRules"
RULE = r"v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|App=C:\x\y.exe|Name=共有|"
EXPORT = f"""Windows Registry Editor Version 5.00

[{BELOW}]
"{{5E00530A}}"="{RULE.replace(chr(92), chr(92) * 2)}"
"no-rule"="something else"
"""
OF_POLICY = f"""Windows Registry Editor Version 5.00

[{POLICY}]
"p"="v2.10|Action=Block|Active=TRUE|Dir=In|"
"""


def evidence(*texts: str) -> bytes:
    pieces = [tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1)) for text in texts]
    return write_pieces([(Piece("reg_export", lines), Origin("rules.reg", "utf-16")) for lines in pieces])


def test_rules_are_read_word_by_word() -> None:
    data = evidence(EXPORT, OF_POLICY)
    assert list(stored_rules(data)) == [
        StoredRule("policy", "p", "v2.10|Action=Block|Active=TRUE|Dir=In|", 13),
        StoredRule("local", "{5E00530A}", RULE, 5),
    ]
    for rule in stored_rules(data):
        assert rule.name.encode() in data.split(b"\n")[rule.line - 1]


def test_what_is_no_registry_holds_no_rule() -> None:
    assert not list(stored_rules(b"")) and not list(stored_rules(b"\xff\x00#@ reg_export utf-8 whole 1 x\n[\n#@ end\n"))
