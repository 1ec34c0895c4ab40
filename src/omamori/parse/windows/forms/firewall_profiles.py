"""Whether Windows Firewall filters: `netsh advfirewall show allprofiles`, `Get-NetFirewallProfile`, `netsh firewall show opmode` (XP)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import FirewallProfile
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.forms.firewall_rows import PRODUCT, PROFILES
from omamori.parse.windows.records import Record, read_records
from omamori.parse.windows.values import yes

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "domain profile settings": "domain",
        "private profile settings": "private",
        "public profile settings": "public",
        "ドメイン プロファイル 設定": "domain",
        "プライベート プロファイル 設定": "private",
        "パブリック プロファイル 設定": "public",
    }
)
"""Headings of the blocks in English and Japanese, lower case."""
_COLUMNS = ("enabled", "inbound_default", "outbound_default", "logs_dropped")
_HEADING = re.compile(rf"\s*(?:{'|'.join(HEADERS)})\s*:\s*$", re.IGNORECASE)
_BODY = re.compile(r"\s*\S[^:]{5,80}:\s*$")
_OLD = re.compile(
    r"\s*(?:(Domain|ドメイン)|(Standard|標準)) ?(?:profile|プロファイル)[^:]{0,20}(?:configuration|構成)[^:]{0,20}:\s*$", re.IGNORECASE
)
_RULER = re.compile(r"\s*-{40,200}\s*$")
_PAIR = re.compile(r"\s*(\S.{0,60}?)\s{2,}(\S.{0,300})$")
_EQUAL = re.compile(r"\s*(\S[^=]{0,60}?)\s*=\s*(\S.{0,60})$")
_POLICY = re.compile(r"(Block|Allow)Inbound(Always)?\s*,\s*(Allow|Block)Outbound", re.IGNORECASE)
_END = re.compile(r"\s*ok\s*\.?\s*$", re.IGNORECASE)
_OUTBOUND: Mapping[str, str] = MappingProxyType({"allow": "accept", "block": "drop", "2": "accept", "4": "drop"})
_SHOW_ALL = "netsh advfirewall show allprofiles"
_ACTIVE = "Get-NetFirewallProfile -PolicyStore ActiveStore"


@dataclass(slots=True)
class _Block:
    """One profile as printed: line and text of its heading, and the pairs below it."""

    line: int
    heading: str
    pairs: list[tuple[str, str]] = field(default_factory=list)


def read(piece: Piece, context: Context) -> Parsed:
    """Return the profiles. Whole when all three are there and the closing `Ok.` is."""
    blocks = list(_blocks(piece.lines, _PAIR))
    names = [HEADERS.get(" ".join(block.heading.lower().split())) for block in blocks]
    if len(blocks) == len(PROFILES) and not any(names):
        names = list(PROFILES)  # The order is the same in every language.
    rows: list[FirewallProfile] = []
    problems: list[Problem] = []
    for block, name in zip(blocks, names, strict=True):
        if name is None:
            problems.append(Problem(block.line, "domain, private or public profile", "ドメイン・プライベート・パブリックのプロファイル"))
        else:
            rows.append(_profile(block, name))
    ended = any(_END.match(line.text) for line in piece.lines[-3:])
    if not ended:
        last = piece.lines[-1].number if piece.lines else 0
        problems.append(Problem(last, "the closing Ok. of netsh: the output is cut short", "最後の OK(出力が途中で切れています)"))
    said = {column for column in _COLUMNS if rows and all(getattr(row, column) is not None for row in rows)}
    asked = _asked(blocks)
    for column in sorted(asked - said) if ended else ():
        problems.append(Problem(blocks[0].line, f"a value this version knows for {column}", "オン・オフ、有効・無効、BlockInbound など"))
    return _parsed(rows, problems, {row.profile for row in rows} >= set(PROFILES), _SHOW_ALL)


def _asked(blocks: Sequence[_Block]) -> set[str]:
    """Columns the output has lines for: `show allprofiles state` has one only."""
    found: set[str] = set()
    for block in blocks:
        for place, (label, value) in enumerate(block.pairs):
            if _POLICY.match(value):
                found |= {"inbound_default", "outbound_default"}
                if place:
                    found.add("enabled")
            if label.lower() == "state":
                found.add("enabled")
            if label.lower() == "logdroppedconnections":
                found.add("logs_dropped")
    return found


def _blocks(lines: Sequence[Line], pattern: re.Pattern[str]) -> Iterator[_Block]:
    """A block begins with a line that a line of dashes follows."""
    block: _Block | None = None
    before: Line | None = None
    for line in lines[:5000]:
        if _RULER.match(line.text) and before is not None and before.text.strip().endswith(":"):
            if block is not None:
                yield block
            block = _Block(before.number, before.text.strip()[:200].removesuffix(":").strip())
        elif block is not None:
            match = pattern.match(line.text[:400])
            if match and len(block.pairs) < 50:
                block.pairs.append((match[1], match[2].strip()))
        before = line
    if block is not None:
        yield block


def _profile(block: _Block, name: str) -> FirewallProfile:
    row = FirewallProfile(product=PRODUCT, profile=name, evidence=str(block.line))
    # The first line is the state, whatever it is called; the names of the log's lines are not translated.
    state = 0 if len(block.pairs) > 1 and _POLICY.match(block.pairs[1][1]) else None
    for place, (label, value) in enumerate(block.pairs):
        policy = _POLICY.match(value)
        if policy:
            row = replace(
                row,
                inbound_default="drop-all" if policy[2] else "drop" if policy[1].lower() == "block" else "accept",
                outbound_default=_OUTBOUND[policy[3].lower()],
            )
        elif label.lower() == "state" or place == state:
            row = replace(row, enabled=yes(value))
        elif label.lower() == "logdroppedconnections":
            row = replace(row, logs_dropped=yes(value))
    return row


def _parsed(rows: Sequence[FirewallProfile], problems: Sequence[Problem], whole: bool, needs: str) -> Parsed:
    missing = tuple(column for column in _COLUMNS if not rows or any(getattr(row, column) is None for row in rows))
    complete = whole and not problems
    reason = None if complete and not missing else "not_understood" if problems else "not_collected"
    look = Look("firewall_profiles", complete=complete, missing=missing, reason=reason, needs=needs if reason else None)
    return Parsed(rows=tuple(rows), looks=(look,), problems=tuple(problems[:20]))


def read_list(piece: Piece, context: Context) -> Parsed:
    """Return what Get-NetFirewallProfile lists; `NotConfigured` is a value only of the store that is in force."""
    records = read_records(piece.lines)
    rows: list[FirewallProfile] = []
    problems = list(records.problems) if records else []
    in_force = "activestore" in piece.command.lower()
    for record in records.rows if records else ():
        name = (record.get("Name", "Profile") or "").lower()
        if name in PROFILES:
            rows.append(_listed(record, name, in_force=in_force))
        else:
            problems.append(Problem(record.line, "Domain, Private or Public", "Domain、Private、Public"))
    ragged = records is not None and any(record.values.keys() != records.rows[0].values.keys() for record in records.rows)
    if ragged:
        problems.append(
            Problem(records.rows[-1].line if records else 0, "the same properties for every profile", "すべてのプロファイルの値")
        )
    if records and any(name in records.cut_names for name in ("Enabled", "DefaultInboundAction", "AllowInboundRules")):
        problems.append(Problem(piece.lines[0].number, "values that are not cut off (use Format-List)", "省略されていない値(Format-List)"))
    return _parsed(rows, problems, {row.profile for row in rows} >= set(PROFILES), _ACTIVE)


def _listed(record: Record, name: str, *, in_force: bool) -> FirewallProfile:
    inbound = _action(record, "DefaultInboundAction", "drop" if in_force else None)
    return FirewallProfile(
        product=PRODUCT,
        profile=name,
        enabled=yes(record.get("Enabled")),
        inbound_default="drop-all" if yes(record.get("AllowInboundRules")) is False else inbound,
        outbound_default=_action(record, "DefaultOutboundAction", "accept" if in_force else None),
        logs_dropped=yes(record.get("LogBlocked")),
        evidence=str(record.line),
    )


def _action(record: Record, name: str, unset: str | None) -> str | None:
    value = (record.get(name) or "").lower()
    return unset if value in ("notconfigured", "0") else _OUTBOUND.get(value)


def read_old(piece: Piece, context: Context) -> Parsed:
    """Return the two profiles of XP and 2003; on newer Windows this command does not show everything, and says so."""
    rows: list[FirewallProfile] = []
    problems: list[Problem] = []
    for block in _blocks(piece.lines, _EQUAL):
        which = _OLD.match(f"{block.heading}:")
        if which is None or not block.pairs:
            continue
        # The first line is the operational mode, the second whether exceptions are allowed.
        states = [yes(value) for _, value in block.pairs[:2]]
        if None in states or len(states) < 2:
            problems.append(Problem(block.line, "operational mode and exception mode", "操作モードと例外モード(有効・無効)"))
            continue
        rows.append(
            FirewallProfile(
                product=PRODUCT,
                profile="domain" if which[1] else "standard",
                enabled=states[0],
                inbound_default="drop" if states[1] else "drop-all",
                outbound_default="accept",
                evidence=str(block.line),
            )
        )
    newer = any("advfirewall" in line.text for line in piece.lines[:5000])
    return _parsed(rows, problems, {row.profile for row in rows} == {"domain", "standard"} and not newer, _SHOW_ALL)


def _begins(lines: Sequence[str]) -> bool:
    """Whether a profile begins here: a heading, dashes, and below them the policy or a heading that is known."""
    if len(lines) < 2 or _RULER.match(lines[1]) is None:
        return False
    return _HEADING.match(lines[0]) is not None or any(_POLICY.search(line) for line in lines[2:5])


FORMS = (
    Form(
        name="netsh_profiles",
        command="netsh advfirewall show allprofiles",
        tables=("firewall_profiles",),
        read=read,
        heading=_HEADING,
        again=_HEADING,
        body=_BODY,
        confirm=_begins,
        captured=(),
        source="Microsoft Learn, Netsh advfirewall: show allprofiles; labels: inetfw_netsh.pl (MIT)",
    ),
    Form(
        name="netsh_opmode",
        command="netsh firewall show opmode",
        tables=("firewall_profiles",),
        read=read_old,
        heading=_OLD,
        again=_OLD,
        confirm=lambda lines: len(lines) > 1 and _RULER.match(lines[1]) is not None,
        captured=(),
        source="Microsoft Learn, Windows XP Service Pack 2: netsh firewall show opmode, show config",
    ),
    Form(
        name="net_firewall_profile",
        command="Get-NetFirewallProfile -PolicyStore ActiveStore",
        tables=("firewall_profiles",),
        read=read_list,
        properties=(frozenset({"Name", "Enabled", "DefaultInboundAction"}), frozenset({"Profile", "Enabled", "DefaultInboundAction"})),
        captured=(),
        source="Microsoft Learn, NetSecurity: Get-NetFirewallProfile",
    ),
)
