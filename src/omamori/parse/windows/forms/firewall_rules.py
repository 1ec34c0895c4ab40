"""`netsh advfirewall firewall show rule name=all` with or without `verbose`: what Windows Firewall lets in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Line, Piece
from omamori.parse.windows.forms.firewall_rows import ANY, PROFILES, Rule, rows
from omamori.parse.windows.values import yes

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "rule name": "name",
        "規則名": "name",
        "description": "description",
        "説明": "description",
        "enabled": "enabled",
        "有効": "enabled",
        "direction": "direction",
        "方向": "direction",
        "profiles": "profiles",
        "プロファイル": "profiles",
        "grouping": "grouping",
        "グループ": "grouping",
        "localip": "local_ip",
        "ローカル ip": "local_ip",
        "remoteip": "remote_ip",
        "リモート ip": "remote_ip",
        "protocol": "protocol",
        "プロトコル": "protocol",
        "localport": "local_port",
        "ローカル ポート": "local_port",
        "remoteport": "remote_port",
        "リモート ポート": "remote_port",
        "edge traversal": "edge",
        "エッジ トラバーサル": "edge",
        "program": "program",
        "プログラム": "program",
        "service": "service",
        "サービス": "service",
        "interfacetypes": "interface",
        "インターフェイスの種類": "interface",
        "remotecomputergroup": "computers",
        "リモート コンピューター グループ": "computers",
        "remoteusergroup": "users",
        "リモート ユーザー グループ": "users",
        "security": "security",
        "セキュリティ": "security",
        "rule source": "origin",
        "規則のソース": "origin",
        "action": "action",
        "操作": "action",
    }
)
"""What netsh calls a field, in English and Japanese, lower case."""
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "in": "in",
        "入力": "in",
        "out": "out",
        "出力": "out",
        "public": "public",
        "パブリック": "public",
        "private": "private",
        "プライベート": "private",
        "domain": "domain",
        "ドメイン": "domain",
        "wireless": "wireless",
        "ワイヤレス": "wireless",
        "allow": "allow",
        "許可": "allow",
        "block": "block",
        "ブロック": "block",
        "bypass": "bypass",
        "バイパス": "bypass",
        "任意": "any",
    }
)
"""Values in English and Japanese, lower case, and what they mean."""
_NEEDED = ("enabled", "direction", "profiles", "protocol", "action")
_HIDDEN = ("interface", "conditional", "program")
"""Columns that only `verbose` can fill: a rule limited to a program looks like one for everybody without it."""
_HEADING = re.compile(r"(?:Rule Name|規則名):\s+\S.*$")
_BODY = re.compile(r"\S[^:]{0,60}:\s{2,}\S.*$")
_RULER = re.compile(r"-{40,200}\s*$")
_FIELD = re.compile(r"(\S[^:]{0,60}):(?:\s+(.*))?$")
_END = re.compile(r"\s*ok\s*\.?\s*$", re.IGNORECASE)
_NAME = re.compile(r"\bname\s*=\s*(\"[^\"]*\"|\S+)", re.IGNORECASE)
_FILTER = re.compile(r"\b(?:profile|type|status)\s*=|\bdir\s*=\s*out|\|\s*(?:find|findstr|more|sls|select-string)\b", re.IGNORECASE)
_MAX_RULES = 20_000
_MAX_PROBLEMS = 20


@dataclass(slots=True)
class _Block:
    """One rule as printed: the line it begins at and its fields."""

    line: int
    values: dict[str, str] = field(default_factory=dict)


def read(piece: Piece, context: Context) -> Parsed:
    """Return the enabled inbound rules. Whole when the closing `Ok.` is there and the list was of all rules."""
    blocks = list(_blocks(piece.lines))
    problems: list[Problem] = []
    found: list[Rule] = []
    inbound = 0
    for block in blocks:
        if any(name not in block.values for name in _NEEDED):
            problems.append(
                Problem(
                    block.line, "a rule with direction, profiles, protocol and action", "方向・プロファイル・プロトコル・操作のある規則"
                )
            )
            continue
        direction, enabled = _word(block.values["direction"]), yes(block.values["enabled"])
        if direction not in ("in", "out") or enabled is None:
            problems.append(Problem(block.line, "Yes or No, and In or Out", "有効(はい・いいえ)と方向(入力・出力)"))
        elif direction == "in":
            inbound += 1
            rule = _rule(block) if enabled else None
            if rule is not None:
                found.append(rule)
            elif enabled:
                problems.append(Problem(block.line, "profiles and an action this version knows", "プロファイルと操作(許可・ブロック)"))
    if not blocks:
        first = piece.lines[0].number if piece.lines else 0
        problems.append(Problem(first, "rules with English or Japanese names of fields", "日本語か英語の項目名(規則名・有効・方向…)"))
    ended = any(_END.match(line.text) for line in piece.lines[-3:]) and len(blocks) < _MAX_RULES
    if not ended:
        last = piece.lines[-1].number if piece.lines else 0
        problems.append(Problem(last, "the closing Ok. of netsh: the list is cut short", "最後の OK(一覧が途中で切れています)"))
    everything = ended and inbound > 0 and _of_all(piece.command, blocks)
    verbose = bool(blocks) and all({"interface", "security"} & block.values.keys() for block in blocks)
    look = _look(everything, verbose, problems)
    return Parsed(rows=tuple(rows(found)), looks=(look,), problems=tuple(problems[:_MAX_PROBLEMS]))


def _look(everything: bool, verbose: bool, problems: Sequence[Problem]) -> Look:
    missing = () if verbose else _HIDDEN
    if problems or not everything:
        reason = "not_understood" if problems else "not_collected"
        return Look(
            "firewall_rules", complete=False, missing=missing, reason=reason, needs="netsh advfirewall firewall show rule name=all verbose"
        )
    return Look(
        "firewall_rules",
        missing=missing,
        reason="not_collected" if missing else None,
        needs="netsh advfirewall firewall show rule name=all verbose" if missing else None,
    )


def _blocks(lines: Iterable[Line]) -> Iterator[_Block]:
    """One block per rule. A field that comes twice counts as printed last: text of a description stands before the true fields."""
    block: _Block | None = None
    count = 0
    for line in lines:
        match = _FIELD.match(line.text)
        name = LABELS.get(" ".join(match[1].lower().split())) if match else None
        if match is None or name is None:
            continue
        if name == "name":
            if block is not None:
                yield block
            count += 1
            if count > _MAX_RULES:
                return
            block = _Block(line.number)
        if block is not None:
            block.values[name] = (match[2] or "").strip()[:20_000]
    if block is not None:
        yield block


def _rule(block: _Block) -> Rule | None:
    values = block.values
    profiles = [_word(part) for part in values["profiles"].split(",")]
    action = _word(values["action"])
    if set(profiles) - set(PROFILES) or action not in ("allow", "block", "bypass"):
        return None
    interface = ",".join(_word(part) for part in values.get("interface", "").split(","))
    service = values.get("service", "").strip()
    narrowed = (
        not _any(values.get("local_ip"))
        or not _any(values.get("remote_port"))
        or bool(values.get("computers") or values.get("users"))
        or values.get("security", "NotRequired").lower() != "notrequired"
        # `Any` as a service means: any service, but nothing that is none.
        or service.lower() in ("any", "任意")
    )
    return Rule(
        line=block.line,
        name=values["name"],
        action=action,
        profiles=",".join(name for name in PROFILES if name in profiles),
        protocol=_word(values["protocol"]),
        ports=values.get("local_port", ""),
        sources=values.get("remote_ip", ""),
        program=values.get("program"),
        service=service,
        interface=None if interface in ANY else interface,
        narrowed=narrowed,
    )


def _word(text: str) -> str:
    word = text.strip().lower()
    return WORDS.get(word, word)


def _any(text: str | None) -> bool:
    return (text or "").strip().lower() in ANY


def _of_all(command: str, blocks: Sequence[_Block]) -> bool:
    """Whether the command asked for every inbound rule; where it was not seen, rules with different names show that it did."""
    asked = _NAME.search(command)
    if _FILTER.search(command):
        return False
    if asked is not None:
        return asked[1].strip('"').lower() == "all"
    return len({block.values.get("name") for block in blocks}) > 1


def _begins(lines: Sequence[str]) -> bool:
    """Whether a rule begins here: its name, then a line of dashes."""
    return len(lines) > 1 and _RULER.match(lines[1]) is not None and (_HEADING.match(lines[0]) is not None or _like_a_rule(lines[2:24]))


def _like_a_rule(lines: Sequence[str]) -> bool:
    """Other languages: nine fields at the same column, one of them a protocol."""
    fields = [found for found in map(_BODY.match, lines) if found]
    return len(fields) >= 8 and any(re.search(r":\s{2,}(?:TCP|UDP|ICMPv[46])\s*$", line) for line in lines)


FORMS = (
    Form(
        name="netsh_rules",
        command="netsh advfirewall firewall show rule name=all verbose",
        tables=("firewall_rules",),
        read=read,
        heading=_HEADING,
        again=_HEADING,
        body=_BODY,
        confirm=_begins,
        captured=(),
        source="Microsoft Learn, Netsh advfirewall firewall commands: show rule; labels: inetfw_netsh.pl (MIT)",
    ),
)
