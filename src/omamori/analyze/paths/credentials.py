"""Accounts whose password opens several machines: where it can be taken, and what it opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from omamori.analyze.paths.assemble import FREE
from omamori.analyze.paths.parts import ADMINISTRATOR, USER, Credential, Holder, Opening, Proposal
from omamori.snapshot.database import Database

_SMB, _RDP, _SSH = frozenset({135, 139, 445, 5985, 5986}), frozenset({3389}), frozenset({22})
_SHARED = 3
"""Machines with the same administrator and password day from which it is taken for the same password (as accounts.same_administrator_everywhere)."""
Found = Iterator[Credential | Proposal]


def shared_administrators(database: Database) -> Found:
    """Yield local administrators of one name whose password was set on the same day on three machines or more.

    A local administrator is let in over the network with full rights only when it is the built-in one or the machine says so
    (LocalAccountTokenFilterPolicy); by remote desktop where that is on. Where LAPS sets the password it is no shared one.
    """
    query = (
        "select lower(a.name), a.password_changed, a.asset, coalesce(a.uid, ''), w.uac_remote_full, w.rdp_enabled, w.rdp_port, a.evidence "
        "from accounts a join hosts h on h.asset = a.asset and h.platform = 'windows' and coalesce(h.domain_role, '') <> 'controller' "
        "left join windows_settings w on w.asset = a.asset "
        "where a.enabled and a.administrator and a.password_changed is not null and w.laps is not true order by all"
    )
    groups: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for name, changed, *rest in database.select(query):
        groups[name, str(changed)].append(tuple(rest))
    for (name, changed), rows in sorted(groups.items()):
        if len({row[0] for row in rows}) < _SHARED:
            continue
        change = f"local-administrator:{name}:{changed}"
        one = Credential(f"local {name} {changed}", f"{name} ({changed})", "shared-administrator", (change,))
        for asset, uid, full, rdp, port, evidence in rows:
            one.holders.append(Holder(asset, ADMINISTRATOR, FREE, True, evidence))
            if full or uid.endswith("-500") or not uid:
                one.openings.append(Opening(asset, ADMINISTRATOR, _SMB, bool(uid) or full is True, evidence))
            if rdp:
                one.openings.append(Opening(asset, ADMINISTRATOR, frozenset({int(port or 3389)}), True, evidence))
        ja = f"管理者 {name} のパスワードを機器ごとに変える(WindowsのLAPSなら自動)"
        en = f"Give the administrator {name} a password of its own on each machine (LAPS of Windows does it by itself)"
        yield Proposal(change, ja, en, "low", evidence=rows[0][-1])
        yield one


def domain_accounts(database: Database) -> Found:
    """Yield accounts of a domain whose password is kept on a machine by a service, a task or an automatic login, and what they administer."""
    kept: dict[str, list[Holder]] = defaultdict(list)
    for asset, account, kind, what, right, evidence in database.select(_KEPT):
        change = f"{kind}:{asset}:{what}" if kind != "auto-logon" else f"auto-logon:{asset}"
        kept[account].append(Holder(asset, right, "stored-credentials", True, evidence or "", (change,), f"{account}: {what}"))
        ja, en = _stop_keeping(kind, asset, what, account)
        yield Proposal(change, ja, en, "none" if kind == "auto-logon" else "low", asset, evidence=evidence or "")
    opens = _administered(database)
    for account in sorted(kept.keys() & opens.keys()):
        change = f"account:{account}"
        ja = f"{account} を管理者から外し、機器や役割ごとに別のアカウントにする"
        en = f"Take {account} out of the administrators and use an account for each machine or task"
        yield Proposal(change, ja, en, "medium", evidence=opens[account][0].evidence)
        yield Credential(f"domain {account}", account, "administrator-here-too", (change,), kept[account], opens[account])


_KEPT = (
    "with bare as ("
    "  select asset, account, 'service' as kind, name as what, 'administrator' as gives, evidence from services "
    "  where regexp_matches(account, '[\\\\@]') and coalesce(start, '') <> 'disabled' "
    "  union all select asset, account, 'task', name, 'administrator', evidence from tasks where stored_password and enabled is not false "
    "  union all select asset, auto_logon_account, 'auto-logon', 'AutoAdminLogon', 'user', evidence from windows_settings where auto_logon_password) "
    "select b.asset, regexp_replace(lower(b.account), '^.*\\\\|@.*$', '', 'g'), b.kind, b.what, b.gives, b.evidence from bare b "
    "left join hosts h on h.asset = b.asset where b.account is not null "
    "and lower(split_part(b.account, '\\', 1)) not in ('.', 'nt authority', 'nt service', 'builtin', 'iis apppool') "
    "and (not contains(b.account, '\\') or lower(split_part(b.account, '\\', 1)) <> lower(coalesce(h.hostname, ''))) order by all"
)


def _stop_keeping(kind: str, asset: str, what: str, account: str) -> tuple[str, str]:
    if kind == "auto-logon":
        return (
            f"{asset} の自動ログオンをやめるか、権限のない専用アカウントにする",
            f"End the automatic login of {asset} or use an account without rights",
        )
    ja_kind, en_kind = ("サービス", "service") if kind == "service" else ("タスク", "task")
    ja = f"{asset} の{ja_kind} {what} を、管理者でない専用アカウントで動かす(今は {account})"
    return ja, f"Run the {en_kind} {what} of {asset} as an account of its own that is no administrator (now {account})"


def _administered(database: Database) -> Mapping[str, list[Opening]]:
    """Return account (without domain) → machines it administers: those that list it, and all of a domain for the domain's administrators."""
    opens: dict[str, list[Opening]] = defaultdict(list)
    listed = (
        "select distinct regexp_replace(lower(g.member), '^.*\\\\', ''), g.asset, g.evidence from group_members g join hosts h on h.asset = g.asset "
        "where g.group_id = 'S-1-5-32-544' and h.platform = 'windows' and coalesce(h.domain_role, '') <> 'controller' "
        "and contains(g.member, '\\') and lower(split_part(g.member, '\\', 1)) <> lower(h.hostname) order by all"
    )
    for account, asset, evidence in database.select(listed):
        opens[account].append(Opening(asset, ADMINISTRATOR, _SMB | _RDP, True, evidence or ""))
    whole = (
        "select distinct regexp_replace(lower(g.member), '^.*\\\\', ''), m.asset, g.evidence from group_members g "
        "join hosts d on d.asset = g.asset and d.domain_role = 'controller' "
        "join hosts m on lower(m.domain) = lower(d.domain) and m.domain_role in ('member', 'controller') "
        "where regexp_full_match(g.group_id, 'S-1-5-32-544|S-1-5-21-.*-(512|518|519)') order by all"
    )
    for account, asset, evidence in database.select(whole):
        opens[account].append(Opening(asset, ADMINISTRATOR, _SMB | _RDP, True, evidence or ""))
    return opens


def device_secrets(database: Database) -> Found:
    """Yield passwords a network device keeps so that they can be read, where their place says they open a directory or domain."""
    query = (
        "select s.asset, s.place, s.state, s.evidence, j.asset, j.evidence from device_secrets s, crown_jewels j "
        "where s.state in ('plain', 'reversible') and regexp_matches(lower(s.place), 'ldap|radius|active directory|domain') "
        "and j.jewel = 'directory' order by all"
    )
    groups: dict[tuple[str, str], Credential] = {}
    for asset, place, state, evidence, directory, _ in database.select(query):
        change = f"secret:{asset}:{place}"
        one = groups.get((asset, place))
        if one is None:
            one = groups[asset, place] = Credential(f"device {asset} {place}", place, "administrator-here-too", (change,))
            one.holders.append(Holder(asset, ADMINISTRATOR, "stored-credentials", True, evidence, (), f"{place}: {state}"))
            ja = f"{asset} に残る「{place}」のパスワードを、権限の小さい専用アカウントのものに替える"
            yield Proposal(change, ja, f"Use an account with few rights for {place} on {asset}", "low", asset, evidence=evidence)
        # What rights the account has nobody sees from here.
        one.openings.append(Opening(directory, USER, _SMB | _RDP, False, evidence))
    yield from groups.values()
