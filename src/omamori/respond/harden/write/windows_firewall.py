"""Rules of the Windows firewall as a PowerShell script that counts at once, and for the group policy they came from. Pure.

What apply.cmd writes into the registry counts for the machine's own rules once the firewall's service was started anew; this script lets
Windows change them. It holds each rule against the text it was planned from, as apply.cmd does: a rule somebody changed since is left as it
is. Rules of a policy are changed in that policy, by its name. What was there before is kept where the script lies, and given back with -Undo.
netsh is only used to keep and give back the whole: it knows rules by the name people see, which is not theirs alone, and tells no text to compare.
Sources: Microsoft Learn, NetSecurity (Set-NetFirewallRule, New-NetFirewallRule), GroupPolicy (Get-GPRegistryValue, Set-GPRegistryValue,
Backup-GPO, Restore-GPO), Netsh advfirewall (export, import); [MS-GPFAS] 2.2.2 for the text of a rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from omamori.model.text import Text
from omamori.parse.windows.registry.firewall import rule_rows
from omamori.respond.harden.changes import WindowsRule
from omamori.respond.harden.firewall_ground import shown_name
from omamori.respond.harden.parts import File, Machine
from omamori.respond.harden.rule_text import opens, read_rule
from omamori.respond.harden.write.windows_values import RULES, Steps


def firewall_script(folder: str, machine: Machine, steps: Steps) -> tuple[File, ...]:
    """Return firewall.ps1; none where the plan changes no rule that can be held against what was seen.

    Rules of a measure that looks at more than the rule itself (`still`) are left to apply.cmd. Raises ValueError for a name no line can hold.
    """
    rules = [
        step.change
        for step in steps.steps
        if isinstance(step.change, WindowsRule) and step.change.was is not None and not steps.measures[step.measure].still
    ]
    lines = {place: [line for rule in rules if rule.place == place for line in _lines(rule)] for place in ("local", "policy")}
    if not any(lines.values()):
        return ()
    known = {"plan": steps.plan, "machine": _quoted(machine.hostname or machine.asset), "key": RULES["policy"], **lines}
    known["registry"] = RULES["local"].replace("HKLM\\", "HKLM:\\")
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701 - no HTML; words are quoted
    text = environment.from_string((files(__package__) / "firewall.ps1.j2").read_text(encoding="utf-8")).render(known)
    what = Text("ファイアウォールの規則をすぐに効かせるもの(PowerShell)", "rules of the firewall, counting at once (PowerShell)")
    # Windows PowerShell reads Japanese in a script only behind a byte order mark.
    return (File(f"{folder}/firewall.ps1", text.replace("\n", "\r\n").encode("utf-8-sig"), what),)


def _lines(one: WindowsRule) -> Sequence[str]:
    name, was = _quoted(one.name), _quoted(one.was) if one.was else "$null"
    if one.place == "policy":
        return (f"Change-PolicyRule {name} {was} {_quoted(one.rule) if one.rule else '$null'}",)
    return (f"if (Test-Unchanged {name} {was}) {{ {_command(one)} }}",)


def _command(one: WindowsRule) -> str:
    """The change of a local rule: by its value's name, which PowerShell knows as `-Name`."""
    rule = read_rule(one.rule or "")
    if rule is None:
        return f"Remove-NetFirewallRule -Name {_quoted(one.name)}"
    if not opens(rule):
        return f"Set-NetFirewallRule -Name {_quoted(one.name)} -Enabled False"
    addresses = ",".join(_quoted(text) for part in ("ra4", "ra6") for text in rule.parts.get(part, ())) or "Any"
    if one.was:
        return f"Set-NetFirewallRule -Name {_quoted(one.name)} -RemoteAddress {addresses}"
    row = next(rule_rows(rule, 0, frozenset()))
    profiles = ",".join(dict.fromkeys(rule.parts.get("profile", ("Any",))))
    port = f"{row.port_first}" if row.port_first == row.port_last else f"{row.port_first}-{row.port_last}"
    return (
        f"New-NetFirewallRule -Name {_quoted(one.name)} -DisplayName {_quoted(shown_name(rule))} -Direction Inbound -Action Allow "
        f"-Protocol {(row.protocol or 'any').upper()} -LocalPort {port} -RemoteAddress {addresses} -Profile {profiles} | Out-Null"
    )


def _quoted(text: str) -> str:
    """A word of PowerShell that means itself. Raises ValueError for signs that would end the line."""
    if not text.isprintable():
        raise ValueError(text)
    # PowerShell takes curved quotes for straight ones.
    return "'" + "".join(letter * 2 if letter in "'‘’‚‛" else letter for letter in text) + "'"
