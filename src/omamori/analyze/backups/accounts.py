"""Whose accounts can delete a copy: those of the machine's administrators."""

from __future__ import annotations

from datetime import date

from omamori.analyze.backups.copies import Copy
from omamori.analyze.backups.facts import Facts
from omamori.analyze.backups.judged import Judged, detail, lacking_look, unknown
from omamori.analyze.backups.protection import everybody, writers
from omamori.analyze.coverage import View

ADMINISTRATORS = "S-1-5-32-544"
_SHARED = 3
"""Windows machines with the same administrator and password day from which it is taken for the same password (decision 0037)."""
_SUDO = ("sudo", "wheel", "admin")
_ACCOUNT = ("name", "enabled", "administrator", "password_changed")


def same_account(facts: Facts, copy: Copy, *, append: Judged, lock: Judged, mounted: Judged) -> Judged:
    """Return whether an account of the machine's administrators can delete a copy, and what shows it."""
    found = [*_shown(facts, copy, append, lock, mounted), *_shared_administrators(facts, copy)]
    if found:
        return Judged(True, tuple(found))
    if lock.value:
        return Judged(False, lock.told)
    doubt = _doubt(facts, copy, append)
    return doubt if doubt is not None else Judged(False, ("accounts-apart",))


def _shown(facts: Facts, copy: Copy, append: Judged, lock: Judged, mounted: Judged) -> list[str]:
    """What shows that such an account can."""
    if copy.other_device is False:
        return ["same-device"]
    if lock.value:
        return []
    found = []
    if copy.declared is not None and copy.declared.same_credentials == "yes":
        found.append("declared")
    if mounted.value:
        found += mounted.told
    if append.value is False and copy.pushed:
        found.append("job-credentials")
    if any("everyone" in _names(row.deleters) for row in copy.repositories):
        found.append("everyone-deletes")
    admitted = writers(facts, copy)
    own = _administrators(facts, copy.asset)
    found += [detail("share-open", one) for one in admitted if everybody(one)][:1]
    found += [detail("same-share-account", one) for one in admitted if "\\" in one and one.casefold() in own][:1]
    return found


def _names(text: str | None) -> set[str]:
    return {word.strip().casefold() for word in (text or "").split(",") if word.strip()}


def _administrators(facts: Facts, asset: str | None) -> set[str]:
    """Accounts and groups of a domain that administer a machine, in lower case."""
    host = facts.host(asset)
    local = (host.hostname or "").casefold() if host is not None else ""
    members = [row.member.casefold() for row in facts.of("group_members", asset) if row.group_id == ADMINISTRATORS]
    return {member for member in members if "\\" in member and member.partition("\\")[0] not in (local, "nt authority", "builtin")}


def _shared_administrators(facts: Facts, copy: Copy) -> list[str]:
    """Administrators both machines have: of the domain, or local ones of one name and password day on three machines or more."""
    if copy.kept_on is None or copy.kept_on == copy.asset:
        return []
    both = _administrators(facts, copy.asset) & _administrators(facts, copy.kept_on)
    found = [detail("shared-administrator", name) for name in sorted(both)]
    here, there = (_local(facts, asset) for asset in (copy.asset, copy.kept_on))
    if _windows(facts, copy.asset) and _windows(facts, copy.kept_on):
        same = sorted((name, day) for name, day in here & there if day is not None and facts.shared.get((name, day), 0) >= _SHARED)
        found += [detail("shared-administrator", name, str(day)) for name, day in same]
    return found


def _windows(facts: Facts, asset: str | None) -> bool:
    host = facts.host(asset)
    return host is not None and host.platform == "windows" and host.domain_role != "controller"


def _local(facts: Facts, asset: str | None) -> set[tuple[str, date | None]]:
    """Local administrators a person can log in with, by name and password day; where LAPS sets passwords there are none shared."""
    if asset in facts.laps:
        return set()
    sudo = {row.member.casefold() for row in facts.of("group_members", asset) if row.group_name.casefold() in _SUDO}
    rows = facts.of("accounts", asset)
    return {
        (row.name.casefold(), row.password_changed)
        for row in rows
        if row.enabled is not False and (row.administrator or row.name.casefold() in sudo)
    }


def _doubt(facts: Facts, copy: Copy, append: Judged) -> Judged | None:
    """Return why it cannot be said that no such account can; None where it can."""
    keeper = copy.kept_on
    if keeper is None:
        reason = "declared_not_seen" if not copy.observed else "to_confirm"
        return unknown("declared-not-seen" if not copy.observed else "keeper-unknown", View(complete=False, reason=reason, looked=True))
    if not copy.observed:
        return unknown("declared-not-seen", None, "declared_not_seen")
    if copy.pushed and append.value is None:
        return unknown(append.told, append.lacking)
    jobs = lacking_look(facts, ("scheduled_backups", copy.asset, ())) if not copy.pushed else None
    asked = tuple(
        look
        for machine in (copy.asset, keeper)
        for look in (("accounts", machine, _ACCOUNT), ("group_members", machine, ("member",)), ("hosts", machine, ("platform",)))
    )
    lacking = jobs or lacking_look(facts, *asked)
    lacking = lacking or lacking_look(facts, ("shares", keeper, ("name",)), ("share_access", keeper, ("principal", "access")))
    if lacking is not None:
        return unknown("accounts-unknown", lacking)
    shared = sorted(_local(facts, copy.asset) & _local(facts, keeper), key=repr)
    return unknown(detail("may-be-shared", shared[0][0], str(shared[0][1] or ""))) if shared else None
