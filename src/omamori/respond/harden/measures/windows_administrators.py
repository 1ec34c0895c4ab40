"""Groups of everybody leave the administrators of a Windows machine. Never the last one, never the built-in account or the domain's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from omamori.model.text import Text
from omamori.respond.harden.changes import MemberRemoved
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.parts import Left, Machine, Measure, Menu

NAME = "windows-administrators"
GROUP = "S-1-5-32-544"
_EVERYBODY, _MANY = "accounts.everybody_in_administrators", "accounts.many_administrators"
_MOST = 4
"""As the check counts: more names than these are many."""
_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "everyone": "S-1-1-0",
        "authenticated users": "S-1-5-11",
        "interactive": "S-1-5-4",
        "users": "S-1-5-32-545",
    }
)
_STAYS = re.compile(r"(?:.*\\)?(?:administrator|domain admins|enterprise admins)|s-1-5-21-.*-(?:500|512|519)", re.IGNORECASE)


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the leaving of groups that hold everybody, and of whose members nobody knows whose they are a question."""
    found, many = facts.open(machine, _EVERYBODY), facts.open(machine, _MANY)
    if not found and not many:
        return
    members = sorted({row.member for row in facts.rows("group_members", machine) if row.group_id == GROUP})
    leaving = [member for member in members if any(member == one.key.partition(" | ")[2] for one in found) and not _STAYS.fullmatch(member)]
    staying = [member for member in members if member not in leaving]
    names = {member.rpartition("\\")[2] for member in staying}
    if leaving:
        yield from _leave(facts, machine, leaving, staying, mends_many=len(names) <= _MOST)
    if many and (len(names) > _MOST or not leaving):
        yield Left(
            NAME,
            machine,
            Text(
                f"管理者のグループに残る名前({', '.join(staying)})が誰のものかは、機器からは分かりません。確かめて、要らないものを外してください",
                f"whose the names in the group of administrators are ({', '.join(staying)}) no machine can tell: find out, and take out those not needed",
            ),
        )


def _leave(facts: Facts, machine: Machine, leaving: Sequence[str], staying: Sequence[str], *, mends_many: bool) -> Iterator[Measure | Left]:
    if not facts.complete(machine, "group_members") or not _somebody_stays(facts, machine, staying):
        yield Left(
            NAME,
            machine,
            Text(
                "外した後に使える管理者が残ると言えないので、変えません。管理者のグループと有効なアカウントを見直してください",
                "it cannot be told that a working administrator would be left, so nothing is changed: look at the group and the accounts again",
            ),
        )
        return
    known = [(member, sid) for member in leaving if (sid := _sid(facts, machine, member)) is not None]
    unknown = [member for member in leaving if member not in dict(known)]
    promises = facts.open(machine, _EVERYBODY) + (facts.open(machine, _MANY) if mends_many and not unknown else ())
    yield Measure(
        kind=NAME,
        machine=machine,
        what=Text(f"管理者のグループから {', '.join(leaving)} を外す", f"Take {', '.join(leaving)} out of the group of administrators"),
        why=Text(
            "全員が管理者だと、一人が開いた添付ファイルが機器全体を支配し、対策ソフトも止められます",
            "Where everybody is an administrator, one opened attachment owns the whole machine and switches its protection off",
        ),
        stops=Text(
            "管理者でないと動かない業務ソフトと、利用者が自分で行う導入や設定変更。一台で試してから広げてください",
            "Software that only runs as an administrator, and what people install or set by themselves: try it on one machine first",
        ),
        menu=Menu(
            Text(
                "lusrmgr.msc → グループ → Administrators → メンバーを選んで「削除」",
                "lusrmgr.msc > Groups > Administrators > select the member > Remove",
            ),
            Text(
                "コンピューターの構成 → 基本設定 → コントロール パネルの設定 → ローカル ユーザーとグループ → Administrators(更新)→ メンバーの「削除」",
                "Computer Configuration > Preferences > Control Panel Settings > Local Users and Groups > Administrators (Update) > remove the member",
            ),
        ),
        changes=tuple(MemberRemoved(GROUP, sid) for _, sid in known),
        promises=tuple(one for one in promises if one.check == _MANY or one.key.partition(" | ")[2] in dict(known)),
        notes=(
            Text(f"残る管理者: {', '.join(staying)}", f"Administrators that stay: {', '.join(staying)}"),
            *(
                Text(f"{member}: 番号(SID)が分からないので手で外してください", f"{member}: its number (SID) is not known: by hand")
                for member in unknown
            ),
        ),
        evidence=tuple(dict.fromkeys(one.evidence for one in promises if one.evidence)),
    )


def _somebody_stays(facts: Facts, machine: Machine, staying: Sequence[str]) -> bool:
    """Return whether an administrator is left whom somebody can log in as: a group of the domain's, or an account that is on."""
    enabled = {row.name.lower() for row in facts.rows("accounts", machine) if row.enabled}
    return any("domain admins" in member.lower() or member.rpartition("\\")[2].lower() in enabled for member in staying)


def _sid(facts: Facts, machine: Machine, member: str) -> str | None:
    """Return the SID of a member; of the domain's users by that of the domain, which its controller tells."""
    name = member.rpartition("\\")[2].lower()
    if member.upper().startswith("S-1-"):
        return member.upper()
    if name in _KNOWN:
        return _KNOWN[name]
    if name != "domain users" or not machine.domain:
        return None
    query = (
        "select distinct regexp_extract(a.uid, '^(S-1-5-21-\\d+-\\d+-\\d+)-\\d+$', 1) from accounts a join hosts h on h.asset = a.asset"
        " where h.domain_role = 'controller' and lower(h.domain) = lower($domain) and a.uid is not null"
    )
    found = [sid for (sid,) in facts.database.select(query, {"domain": machine.domain}) if sid]
    return f"{found[0]}-513" if len(found) == 1 else None


KINDS = (Kind(name=NAME, title=Text("管理者を減らす", "Fewer administrators"), system="windows", propose=propose),)
"""The measures of this module."""
