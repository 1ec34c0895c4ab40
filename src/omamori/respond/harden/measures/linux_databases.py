"""Linux: who PostgreSQL lets in, and whether it asks for a password (pg_hba.conf, PostgreSQL manual chapter 21.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, summarize_address_range

from omamori.analyze.addresses import Network
from omamori.model.text import Text
from omamori.respond.harden.changes import LinesInstead
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.measures.linux_gate import gate_of
from omamori.respond.harden.parts import Left, Machine, Measure, Menu, Promise

NAME = "linux-databases"
_CHECKS = ("servers.database_trusts", "servers.database_for_all")
_PORT = 5432
_ANY = re.compile(r"^(host\S* \S+ \S+) (?:0\.0\.0\.0/0|::/0|all) (.+)$")
_HAND = Text(
    "pg_hba.conf のその行を直し、sudo systemctl reload postgresql。誤りは select * from pg_hba_file_rules で分かります",
    "Edit the line in pg_hba.conf, then sudo systemctl reload postgresql; select * from pg_hba_file_rules tells mistakes",
)


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the rules of a machine's databases to change: one measure a rule."""
    rules: dict[str, list[Promise]] = {}
    for one in facts.open(machine, *_CHECKS):
        rules.setdefault(one.key.removeprefix(f"{machine.asset} | "), []).append(one)
    if not rules:
        return
    rows = [row for row in facts.rows("server_settings", machine) if row.service == "postgresql"]
    if not facts.complete(machine, "server_settings", "name", "value", "path"):
        yield Left(NAME, machine, Text("データベースの設定のすべては見ていません", "Not all settings of the databases were seen"))
        return
    scram = any(row.name == "password_encryption" and (row.value or "").startswith("scram") for row in rows)
    peers = _peers(facts, machine, {row.value for row in rows if row.name == "port"} - {None})
    for rule, found in rules.items():
        paths = {row.path for row in rows if row.name == "hba" and row.value == rule and row.path}
        if len(paths) != 1:
            why = Text(
                f"規則「{rule}」がどのファイルにあるか、一つに決まりません", f"It cannot be told which one file has the rule `{rule}`"
            )
            yield Left(NAME, machine, why)
            continue
        # md5 asks for a password of either kind (manual, chapter 21.5); scram only where passwords are kept that way.
        yield from _rule(machine, rule, paths.pop(), found, "scram-sha-256" if scram else "md5", peers)


def _peers(facts: Facts, machine: Machine, ports: set[str]) -> Sequence[Network] | None:
    """Return the networks that use the database's port; None where they are not known."""
    gate = gate_of(facts, machine)
    port = int(next(iter(ports))) if len(ports) == 1 and next(iter(ports)).isdigit() else _PORT
    doors = [] if isinstance(gate, Text) or gate.always else [one for one in gate.doors if (one.protocol, one.port) == ("tcp", port)]
    return doors[0].sources if len(doors) == 1 else None


def _rule(
    machine: Machine, rule: str, path: str, found: Sequence[Promise], method: str, peers: Sequence[Network] | None
) -> Iterator[Measure | Left]:
    trusts = rule.endswith(" trust")
    asked = f"{rule.removesuffix(' trust')} {method}" if trusts else rule
    anybody = _ANY.match(asked)
    # An empty list is not written down: a database nobody was seen to use is asked about first.
    known = [one for network in peers for one in _spans(network)] if anybody and peers else []
    new = tuple(f"{anybody[1]} {span} {anybody[2]}" for span in known) if anybody and known else (asked,)
    promises = tuple(one for one in found if one.check == "servers.database_trusts" or known)
    if new == (rule,) or not promises:
        yield Left(
            NAME,
            machine,
            Text(
                f"規則「{rule}」を使う相手が分からないので、絞れません", f"Who uses the rule `{rule}` is not known: it cannot be narrowed"
            ),
        )
        return
    yield Measure(
        kind=NAME,
        machine=machine,
        what=Text(
            f"データベースの規則「{rule}」を「{'、'.join(new)}」にする", f"Change the database's rule `{rule}` to `{'`, `'.join(new)}`"
        ),
        why=Text(
            "名乗るだけで、どの機器からでも患者情報に入れる入口です", "It opens the patient data to whoever claims a name, from any machine"
        ),
        stops=Text(
            "パスワードを持たないプログラムや、書いていない相手はつながらなくなります。先に業務ソフトの接続にパスワードを設定してください",
            "Programs without a password, and peers that are not named, can no longer connect: give the applications passwords first",
        ),
        menu=Menu(_HAND),
        changes=(LinesInstead(path, rule, new, "postgresql"),),
        promises=promises,
        evidence=tuple(dict.fromkeys(one.evidence for one in found if one.evidence)),
    )


def _spans(network: Network) -> Iterator[str]:
    """Return the networks an address range is made of, as pg_hba.conf writes them."""
    first, last = network.first, network.last
    if (isinstance(first, IPv4Address) and isinstance(last, IPv4Address)) or (
        isinstance(first, IPv6Address) and isinstance(last, IPv6Address)
    ):
        yield from map(str, summarize_address_range(first, last))


KIND = Kind(
    name=NAME,
    title=Text("データベースに入れる相手とパスワード", "Who may enter a database, and with a password"),
    system="linux",
    propose=propose,
)
