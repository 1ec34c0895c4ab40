"""What the administrators of a domain have to do with a copy: its job, its place, the machine that keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from omamori.analyze.backups.accounts import ADMINISTRATORS
from omamori.analyze.backups.copies import Copy
from omamori.analyze.backups.facts import Facts
from omamori.analyze.backups.judged import Judged, detail, lacking_look, unknown
from omamori.analyze.backups.protection import writers
from omamori.analyze.coverage import NEVER, View

_BACKUP = re.compile(
    r"backup|バックアップ|控え|wbadmin|veeam|arcserve|casad2d|casjob|netbackup|acronis|acrsch|shadowprotect|robocopy|restic|borg\b|rsync|pg_dump|duplicati",
    re.IGNORECASE,
)
_GOVERNING = re.compile(r"S-1-5-32-544|S-1-5-21-.*-(?:512|518|519)")
_GROUPS = re.compile(r"(?:.*\\)?(?:domain admins|enterprise admins|schema admins)|s-1-5-21-.*-(?:512|518|519)", re.IGNORECASE)
_LOCAL = ("", ".", "nt authority", "nt service", "builtin", "iis apppool")
_JOINS = re.compile(r"^(?:sssd|winbind)", re.IGNORECASE)


def same_domain(facts: Facts, copy: Copy) -> Judged:
    """Return whether the machine that keeps a copy belongs to the domain of the machine."""
    if copy.kept_on is None:
        return unknown("keeper-unknown", NEVER if not copy.observed else None)
    here, there = _domain(facts, copy.asset), _domain(facts, copy.kept_on)
    if here is None or there is None:
        machine = copy.asset if here is None else copy.kept_on
        looks = (("hosts", machine, ("platform", "domain", "domain_role")), ("services", machine, ("name",)))
        return unknown("server-not-seen" if here is None else "keeper-not-seen", lacking_look(facts, *looks))
    return Judged(bool(here) and here == there)


def _domain(facts: Facts, asset: str) -> str | None:
    """Return the domain whose accounts a machine takes: empty for none, None where that is not known."""
    host = facts.host(asset)
    if host is None or not facts.knows("hosts", asset, "platform", "domain", "domain_role"):
        return None
    if host.platform == "windows":
        return (host.domain or "").casefold() if host.domain_role in ("member", "controller") else "" if host.domain_role else None
    joined = any(_JOINS.match(row.name) and row.start != "disabled" for row in facts.of("services", asset))
    # A name in DNS is no domain of accounts; which one a joined Linux machine takes is not collected.
    return "" if not joined and facts.knows("services", asset, "name") else None


def domain_admin(facts: Facts, copy: Copy) -> Judged:
    """Return whether a backup runs with the rights of a domain's administrators, or its place opens to them."""
    admins = governing(facts)
    machines = [copy.asset, *([copy.kept_on] if copy.kept_on not in (None, copy.asset) else [])]
    found: list[str] = []
    doubt: list[str] = []
    for account, what in _runs_as(facts, copy, machines):
        name = re.sub(r"^.*\\|@.*$", "", account).casefold()
        if name in admins or name == "administrator":
            found.append(detail("runs-as-domain-admin", account, what))
        else:
            doubt.append(account)
    found += [detail("share-domain-admins", one) for one in writers(facts, copy) if _admits(one, admins)]
    members = [
        row.member for row in facts.of("group_members", copy.kept_on) if row.group_id == ADMINISTRATORS and copy.kept_on != copy.asset
    ]
    found += [detail("keeper-domain-admins", one) for one in members if _GROUPS.fullmatch(one)][:1]
    if found:
        return Judged(True, tuple(found))
    lacking = _unseen(facts, copy, machines, bool(doubt))
    return unknown("accounts-unknown", lacking) if lacking is not None else Judged(False, ("no-domain-admin",))


def governing(facts: Facts) -> frozenset[str]:
    """Return the names of those who govern a domain, without domain and in lower case, also through groups in groups."""
    members: dict[str, set[str]] = {}
    chosen: set[str] = set()
    for asset in facts.controllers():
        for row in facts.of("group_members", asset):
            name = row.member.rpartition("\\")[2].casefold()
            members.setdefault(row.group_name.casefold(), set()).add(name)
            if _GOVERNING.fullmatch(row.group_id or ""):
                chosen.add(name)
    todo = list(chosen)
    while todo:
        more = members.get(todo.pop(), set()) - chosen
        chosen |= more
        todo += more
    return frozenset(chosen)


def _runs_as(facts: Facts, copy: Copy, machines: list[str]) -> Iterator[tuple[str, str]]:
    """Accounts of a domain that backups of these machines run as, and what runs."""
    for asset in machines:
        host = facts.host(asset)
        local = (*_LOCAL, (host.hostname or "").casefold() if host is not None else "")
        controller = host is not None and host.domain_role == "controller"
        for table in ("tasks", "services"):
            for row in facts.of(table, asset):
                words = f"{row.name} {getattr(row, 'display_name', None) or ''} {row.command or ''}"
                on = row.enabled is not False if table == "tasks" else row.start != "disabled"
                if on and row.account and _BACKUP.search(words) and _of_domain(row.account, local, bare=controller):
                    yield row.account, f"{asset} {row.name}"
    told = copy.declared.account if copy.declared is not None else None
    if told and _of_domain(told, _LOCAL, bare=False):
        yield told, copy.name
    for row in copy.generations:
        if row.account and "\\" in row.account and _of_domain(row.account, _LOCAL, bare=False):
            yield row.account, copy.name


def _of_domain(account: str, local: tuple[str, ...], *, bare: bool) -> bool:
    domain, slash, name = account.rpartition("\\")
    if slash:
        return domain.casefold() not in local
    # The accounts of a controller are those of the domain; its own services are none of them.
    return "@" in account or (bare and name.casefold() not in ("system", "localsystem", "local service", "network service"))


def _admits(principal: str, admins: frozenset[str]) -> bool:
    if _GROUPS.fullmatch(principal):
        return True
    domain, slash, name = principal.rpartition("\\")
    return bool(slash) and domain.casefold() not in _LOCAL and name.casefold() in admins


def _unseen(facts: Facts, copy: Copy, machines: list[str], domain_accounts: bool) -> View | None:
    """Return the look that is lacking before anybody can say that a domain's administrators have no part in it."""
    if not copy.observed:
        return View(complete=False, reason="declared_not_seen", looked=True)
    if copy.kept_on is None and not copy.taken_out:
        return View(complete=False, reason="to_confirm", looked=True)
    asked: list[tuple[str, str | None, tuple[str, ...]]] = []
    for asset in machines:
        asked += [
            ("tasks", asset, ("account", "command")),
            ("services", asset, ("account", "command")),
            ("hosts", asset, ("platform", "domain_role")),
        ]
    if copy.kept_on not in (None, copy.asset):
        asked += [
            ("group_members", copy.kept_on, ("member",)),
            ("share_access", copy.kept_on, ("principal", "access")),
            ("shares", copy.kept_on, ()),
        ]
    named = domain_accounts or any("\\" in one for one in writers(facts, copy))
    if named:
        controllers = facts.controllers()
        if not controllers:
            return NEVER
        asked += [("group_members", one, ("member",)) for one in controllers]
    # A controller nobody knows of would govern too.
    return lacking_look(facts, *asked) or (facts.unseen_host if named else None)
