"""Ways to take a machine over the network, as the tables show them. The conditions are those of the checks of the same names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from omamori.analyze.paths.known_flaws import door_of
from omamori.analyze.paths.parts import ADMINISTRATOR, DATA, USER, Link, Proposal, Weakness, machine_node
from omamori.snapshot.database import Database

Found = Iterator[Weakness | Link | Proposal]
_SHARING = frozenset({139, 445})
_RDP = 3389
_REMOTE_LOGINS = frozenset({22, 135, 139, 445, 3389, 5985})
_SETTINGS = (
    "select asset, service, name, coalesce(value, ''), evidence from server_settings s where "
    "(service = 'postgresql' and name = 'hba' and regexp_matches(value, '^host.* trust$') "
    "  and not regexp_matches(value, ' (127\\.0\\.0\\.1|::1|localhost)')) "
    "or (service = 'mysql' and name = 'skip-grant-tables') "
    "or (service = 'mongodb' and name = 'authorization' and value = 'disabled') "
    "or (service = 'redis' and name = 'protected-mode' and value = 'no' and not exists "
    "  (select 1 from server_settings p where p.asset = s.asset and p.service = 'redis' and p.name = 'requirepass')) "
    "or (service = 'orthanc' and name = 'AuthenticationEnabled' and value = 'false') "
    "or (service = 'vsftpd' and lower(name || '=' || value) in ('anonymous_enable=yes', 'anon_upload_enable=yes')) "
    "or (service = 'vnc' and regexp_matches(name || ' ' || value, '(?i)-nopw|securitytypes[ =]+none') and not contains(value, '-localhost')) "
    "or (service = 'docker' and regexp_matches(value, '^tcp://') and not regexp_matches(value, '^tcp://(127\\.|localhost)') and not exists "
    "  (select 1 from server_settings t where t.asset = s.asset and t.name = 'tlsverify' and t.value = 'true')) "
    "order by all"
)
_WITHOUT_LOGIN = {
    "postgresql": (frozenset({5432}), ADMINISTRATOR),
    "mysql": (frozenset({3306}), DATA),
    "mongodb": (frozenset({27017}), DATA),
    "redis": (frozenset({6379}), USER),
    "orthanc": (frozenset({4242, 8042, 104, 11112}), DATA),
    "vsftpd": (frozenset({21}), DATA),
    "vnc": (frozenset(range(5900, 5960)), USER),
}


def without_login(database: Database) -> Found:
    """Yield services that ask for no password: the rules of trust, open stores, images, anonymous FTP, screens, Docker."""
    for asset, service, name, value, evidence in database.select(_SETTINGS):
        port = re.search(r":(\d{1,5})\b", value)
        ports, right = _WITHOUT_LOGIN.get(service, (frozenset({int(port[1])} if port else {2375}), ADMINISTRATOR))
        # Who becomes superuser of a database runs programs as its account, which is no administrator of the machine.
        right = USER if service == "postgresql" else right
        change = f"login:{asset}:{service}"
        yield Weakness(asset, "no-login", right, ports, True, evidence, (change,), f"{service} {name} {value}".strip())
        yield Proposal(
            change,
            f"{asset} の {service} にパスワードを付ける",
            f"Set a password for {service} on {asset}",
            "none",
            asset,
            evidence=evidence,
        )


def shares(database: Database) -> Found:
    """Yield shares anybody opens without an account, and shares everybody with an account may write to."""
    query = (
        "select asset, name, true, evidence from shares where guest union all "
        "select asset, share, false, evidence from share_access where access in ('change', 'full') and regexp_full_match(lower(principal), "
        "'(.*\\\\)?(everyone|users|domain users|authenticated users)|s-1-1-0|s-1-5-11|s-1-5-32-545|\\*|@users|@everyone|@\"domain users\"') order by all"
    )
    for asset, name, guest, evidence in database.select(query):
        change = f"share:{asset}:{name}"
        yield Weakness(asset, "writable-share", DATA, _SHARING, bool(guest), evidence, (change,), name)
        ja = f"{asset} の共有 {name} を、使う人だけのものにする"
        yield Proposal(change, ja, f"Limit the share {name} of {asset} to those who use it", "none", asset, evidence=evidence)


def flaws(database: Database) -> Found:
    """Yield flaws of machines that attackers use: over the network where that is known, on the machine itself, or nobody knows how."""
    query = (
        "select asset, flaw, product, coalesce(undecided, false), evidence, kind in ('application', 'component') from vulnerabilities "
        "where subject_kind = 'asset' and exploited order by all"
    )
    devices = {
        str(asset)
        for (asset,) in database.select(
            "select asset from device_facts where system not in ('linux', 'windows') union select asset from assets where role = 'network'"
        )
    }
    programs: set[tuple[str, str]] = set()
    for asset, flaw, product, undecided, evidence, program in database.select(query):
        door, change = door_of(flaw, product), f"update:{asset}"
        if program and door is None:
            # A browser may have forty such flaws: for a way in one of them is enough.
            if (asset, product) in programs:
                continue
            programs.add((asset, product))
        yield Proposal(change, f"{asset} を更新する", f"Update {asset}", "low", asset, evidence=evidence)
        if asset in devices:
            yield Weakness(asset, "exploited-flaw", ADMINISTRATOR, None, not undecided, evidence, (change,), flaw)
        elif door is None:
            yield Weakness(asset, "exploited-flaw", USER, None, False, evidence, (change,), flaw)
        elif door.ports:
            yield Weakness(asset, "exploited-flaw", door.right, door.ports, not undecided, evidence, (change,), flaw)
        else:
            ends = machine_node(asset, USER), machine_node(asset, ADMINISTRATOR)
            yield Link(*ends, "local-rights", not undecided, evidence, (change,), flaw)


def windows(database: Database, today: date) -> Found:
    """Yield what settings of Windows open: remote desktop, the old sharing; and systems whose support has ended."""
    query = "select asset, rdp_enabled, rdp_nla, rdp_port, smb1_server, evidence from windows_settings order by all"
    ended = _ended(database, today)
    for asset, rdp, nla, port, smb1, evidence in database.select(query):
        if rdp:
            change = f"rdp:{asset}"
            kind = "remote-desktop-without-nla" if nla is False else "remote-desktop"
            yield Weakness(asset, kind, USER, frozenset({port or _RDP}), False, evidence, (change,))
            ja = f"{asset} のリモートデスクトップを止めるか、踏み台と管理者のPCだけに絞り、ネットワークレベル認証を有効にする"
            en = f"Stop the remote desktop of {asset} or limit it to the jump server, with network level authentication"
            yield Proposal(change, ja, en, "none", asset, evidence=evidence)
        if smb1 and asset in ended:
            change = f"smb1:{asset}"
            yield Weakness(asset, "old-sharing", ADMINISTRATOR, _SHARING, False, evidence, (change, f"replace:{asset}"), ended[asset][0])
            yield Proposal(change, f"{asset} のSMB1を止める", f"Disable SMB 1 on {asset}", "none", asset, evidence=evidence)
    for asset, (label, evidence) in sorted(ended.items()):
        change = f"replace:{asset}"
        yield Weakness(asset, "ended-system", USER, _REMOTE_LOGINS, False, evidence, (change,), label)
        ja = f"{asset} を新しいOSに替えるか、必要な相手だけに届く場所へ移す"
        yield Proposal(change, ja, f"Replace {asset} or move it where only those who need it reach it", "high", asset, evidence=evidence)


def _ended(database: Database, today: date) -> dict[str, tuple[str, str]]:
    query = "select asset, coalesce(label, product), ends, extended_ends, evidence from support where kind = 'os' and ends is not null order by all"
    rows = database.select(query)
    return {asset: (label, evidence or "") for asset, label, ends, extended, evidence in rows if max(ends, extended or ends) < today}


def logins_on_the_wire(database: Database) -> Found:
    """Yield Telnet and remote screens: the password crosses the network, or nobody could see whether there is one."""
    query = (
        "select distinct asset, port, service, coalesce(detail, ''), evidence from recognised_services "
        "where service in ('plain-text-login', 'remote-control') and port is not null order by all"
    )
    for asset, port, service, detail, evidence in database.select(query):
        plain = service == "plain-text-login"
        change = f"plain:{asset}:{port}" if plain else f"screen:{asset}:{port}"
        yield Weakness(asset, service, USER, frozenset({int(port)}), False, evidence, (change,), detail)
        if plain:
            ja, en = f"{asset} のポート{port}をSSHやSFTPに替える", f"Replace port {port} of {asset} by SSH or SFTP"
        else:
            ja, en = (
                f"{asset} の遠隔操作(ポート{port})を止めるか、強いパスワードを付ける",
                f"Stop the remote control on port {port} of {asset} or give it a strong password",
            )
        yield Proposal(change, ja, en, "low" if plain else "none", asset, evidence=evidence)


def device_passwords(database: Database) -> Found:
    """Yield network devices whose administrator has an empty or a known password, by the ways they are administered."""
    query = (
        "select a.asset, a.name, a.secret, d.port, d.evidence, a.evidence from device_accounts a join device_access d on d.asset = a.asset "
        "where a.kind = 'administrator' and a.secret in ('default', 'empty') and a.enabled is not false and d.enabled is not false "
        "and d.protocol in ('https', 'http', 'ssh', 'telnet', 'api') and d.port is not null order by all"
    )
    for asset, name, secret, port, _, evidence in database.select(query):
        change = f"password:{asset}"
        yield Weakness(asset, "default-password", ADMINISTRATOR, frozenset({int(port)}), True, evidence, (change,), f"{name} ({secret})")
        ja = f"{asset} の管理者パスワードを変える"
        yield Proposal(change, ja, f"Change the administrator's password of {asset}", "none", asset, evidence=evidence)


def not_looked_at(database: Database) -> Found:
    """Yield the machines nobody has looked at: what they let in could not be told, so every port that is reached may be a way."""
    query = (
        "select asset, evidence from assets a where not observed and coalesce(role, '') <> 'network' "
        "and not exists (select 1 from device_facts d where d.asset = a.asset) order by all"
    )
    for asset, evidence in database.select(query):
        yield Weakness(asset, "not-looked-at", USER, None, False, evidence)
        yield Link(machine_node(asset, USER), machine_node(asset, ADMINISTRATOR), "rights-not-seen", False, evidence)
