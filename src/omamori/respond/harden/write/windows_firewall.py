"""Rules of the Windows firewall as lines for PowerShell and netsh, and as values of the registry: to try, to apply, to take back. Pure.

The registry form (what apply.cmd writes) counts for the machine's own rules once the firewall's service was started anew; these lines count
at once. A rule is named by its value's name, which PowerShell knows as `-Name`; netsh knows only the name people see, so what two rules
share or Windows translates is left out of its lines. Nothing of what was there before is in them: `save` keeps the whole of it on the
machine, and `undo` gives exactly that back. They compare nothing with what stands there by then, so no plan hands them out (decision 0066).
Sources: Microsoft Learn, NetSecurity (Set-NetFirewallRule, New-NetFirewallRule, Open-NetGPO, Save-NetGPO); Netsh advfirewall (export,
import, firewall set rule, add rule); [MS-GPFAS] 2.2.2 for the text of a rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from omamori.parse.windows.registry.firewall import Rule, rule_rows
from omamori.respond.harden.changes import RegistryValue, WindowsRule
from omamori.respond.harden.firewall_ground import shown_name
from omamori.respond.harden.rule_text import opens, read_rule

OURS = "Omamori-"
"""The names of rules a plan adds begin so; all others were there before."""
KEYS = {
    "local": r"HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules",
    "policy": r"HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall\FirewallRules",
}
_SAVED = "omamori-firewall-before.wfw"


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in one language: what keeps the present state, what changes it, what gives it back; `left`: rules it cannot name for certain."""

    save: tuple[str, ...]
    apply: tuple[str, ...]
    undo: tuple[str, ...]
    left: tuple[str, ...] = ()


def registry_values(changes: Sequence[WindowsRule]) -> tuple[RegistryValue, ...]:
    """Return the rules as values of the registry; those of a policy go into a group policy (registry.pol) as they are."""
    return tuple(RegistryValue(KEYS[one.place], one.name, "sz", one.rule) for one in changes)


def powershell(changes: Sequence[WindowsRule], policy: str | None = None) -> Lines:
    """Return lines for PowerShell of Windows 8 and Server 2012 or later.

    `policy` None: the machine's own rules. Else the group policy `DOMAIN\\NAME` whose rules (place `policy`) are changed, all at once.
    """
    mine = [one for one in changes if one.place == ("policy" if policy else "local")]
    session = " -GPOSession $gpo" if policy else ""
    lines = [line for one in mine for line in _powershell(one, session)]
    left = tuple(one.name for one in changes if one not in mine)
    if not lines:
        return Lines((), (), (), left)
    if policy:
        name = policy.rpartition("\\")[2]
        return Lines(
            (f"Backup-GPO -Name {_quoted(name)} -Path .",),
            (f"$gpo = Open-NetGPO -PolicyStore {_quoted(policy)}", *lines, "Save-NetGPO -GPOSession $gpo"),
            (f"Restore-GPO -Name {_quoted(name)} -Path .",),
            left,
        )
    return Lines((f'netsh advfirewall export "{_SAVED}"',), tuple(lines), (f'netsh advfirewall import "{_SAVED}"',), left)


def netsh(changes: Sequence[WindowsRule]) -> Lines:
    """Return lines for netsh, which Windows 7 and Server 2008 R2 have too; only for rules whose name means one rule in every language."""
    read = [(one, read_rule(one.rule or "")) for one in changes if one.place == "local"]
    names = Counter(shown_name(rule) for _, rule in read if rule is not None)
    lines: list[str] = []
    left = [one.name for one in changes if one.place != "local"]
    for one, rule in read:
        name = shown_name(rule) if rule is not None else ""
        # What stands as `@FirewallAPI.dll,-28502` is shown in the language of the system.
        if rule is None or names[name] != 1 or not rule.one("name") or rule.one("name").startswith("@") or not _plain(name):
            left.append(one.name)
        else:
            lines.append(_netsh(one, rule, name))
    if not lines:
        return Lines((), (), (), tuple(left))
    return Lines((f'netsh advfirewall export "{_SAVED}"',), tuple(lines), (f'netsh advfirewall import "{_SAVED}"',), tuple(left))


def _powershell(one: WindowsRule, session: str) -> Iterator[str]:
    rule = read_rule(one.rule or "")
    if rule is None:
        yield f"Remove-NetFirewallRule{session} -Name {_quoted(one.name)}"
    elif not opens(rule):
        yield f"Set-NetFirewallRule{session} -Name {_quoted(one.name)} -Enabled False"
    elif one.name.startswith(OURS):
        row = next(rule_rows(rule, 0, frozenset()))
        profiles = ",".join(dict.fromkeys(rule.parts.get("profile", ("Any",))))
        port = f"{row.port_first}" if row.port_first == row.port_last else f"{row.port_first}-{row.port_last}"
        yield (
            f"New-NetFirewallRule{session} -Name {_quoted(one.name)} -DisplayName {_quoted(shown_name(rule))} -Direction Inbound "
            f"-Action Allow -Protocol {(row.protocol or 'any').upper()} -LocalPort {port} -RemoteAddress {_listed(rule)} -Profile {profiles}"
        )
    else:
        yield f"Set-NetFirewallRule{session} -Name {_quoted(one.name)} -RemoteAddress {_listed(rule)}"


def _netsh(one: WindowsRule, rule: Rule, name: str) -> str:
    if not opens(rule):
        return f'netsh advfirewall firewall set rule name="{name}" dir=in new enable=no'
    addresses = ",".join(_addresses(rule)) or "any"
    if not one.name.startswith(OURS):
        return f'netsh advfirewall firewall set rule name="{name}" dir=in new remoteip={addresses}'
    row = next(rule_rows(rule, 0, frozenset()))
    port = f"{row.port_first}" if row.port_first == row.port_last else f"{row.port_first}-{row.port_last}"
    profiles = ",".join(dict.fromkeys(word.lower() for word in rule.parts.get("profile", ("any",))))
    return (
        f'netsh advfirewall firewall add rule name="{name}" dir=in action=allow protocol={(row.protocol or "any").upper()} '
        f"localport={port} remoteip={addresses} profile={profiles}"
    )


def _addresses(rule: Rule) -> tuple[str, ...]:
    return tuple(text for part in ("ra4", "ra6") for text in rule.parts.get(part, ()))


def _listed(rule: Rule) -> str:
    return ",".join(_quoted(one) for one in _addresses(rule)) or "Any"


def _quoted(text: str) -> str:
    """A word of PowerShell that means itself. Raises ValueError for signs that would end the line."""
    if not text.isprintable():
        raise ValueError(text)
    # PowerShell takes curved quotes for straight ones.
    return "'" + "".join(letter * 2 if letter in "'‘’‚‛" else letter for letter in text) + "'"


def _plain(text: str) -> bool:
    """Whether cmd takes a name between quotes as it is."""
    return text.isprintable() and not set(text) & set('"%!^&|<>')
