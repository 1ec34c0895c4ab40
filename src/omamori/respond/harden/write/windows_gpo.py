"""A plan in the form a group policy keeps it: registry.pol, GptTmpl.inf, audit.csv, and the text LGPO.exe reads.

Sources: [MS-GPREG] 2.2.1 (registry.pol), [MS-GPSB] 2.2 (GptTmpl.inf), [MS-GPAC] 2.2.1 (audit.csv), Microsoft Security Compliance
Toolkit (LGPO.exe). A policy sets its values on every machine it is given to, whatever stands there; the scripts leave what is stricter.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from omamori.model.clean import clean
from omamori.model.text import Language, Text
from omamori.respond.harden.changes import AuditSubcategory, SecurityArea, ServiceStart
from omamori.respond.harden.parts import File
from omamori.respond.harden.write.windows_inf import for_policy, of_policy, template
from omamori.respond.harden.write.windows_values import TYPES, Data, Steps, Value, may_loosen, must_compare, wide

_SIGNATURE, _VERSION = 0x67655250, 1
"""`PReg`, version 1."""
_KINDS = {"sz": "SZ", "expand": "EXSZ", "dword": "DWORD", "multi": "MULTISZ", "binary": "BINARY"}
_HOW = Text(
    """この組は、グループポリシーにするためのものです。今の値より緩めることがないか、配る先の機器を先に見てください
(ポリシーは、もっと厳しくしてある機器にも同じ値を入れます)。

1. 試す機器1台で、Microsoft Security Compliance Toolkit の LGPO.exe を使って入れます(元の設定は LGPO.exe /b で控えられます)。
     LGPO.exe /b C:\\backup /n before
     LGPO.exe /m machine\\registry.pol /u user\\registry.pol /s GptTmpl.inf /a audit.csv
   (無いファイルの分は省きます。lgpo.txt は registry.pol と同じ内容を読める形にしたものです。)
2. よければ、その機器で LGPO.exe /b C:\\gpo /n Omamori を行い、gpmc.msc の「設定のインポート」でドメインのポリシーに取り込みます。
3. 戻すときは、そのポリシーのリンクを外します。ポリシーの場所に無い値(HKLM\\SYSTEM など)は残るので、元の値に戻すポリシーが要ります。

もっと厳しい値があり得るもの(配る先で先に確かめてください):
{}

ここに無いもの(共有、グループの所属、Windowsの機能)は apply.cmd か手で行います。
機器の今の設定と見比べないと緩めることがあるため、ここに入れていない対策:
{}""",
    """These files are for a group policy. Look first at the machines it would go to: a policy also sets its values where something
stricter stands.

1. On one machine, with LGPO.exe of the Microsoft Security Compliance Toolkit (LGPO.exe /b keeps what was there):
     LGPO.exe /b C:\\backup /n before
     LGPO.exe /m machine\\registry.pol /u user\\registry.pol /s GptTmpl.inf /a audit.csv
   (leave out what is not there; lgpo.txt is registry.pol in a form one can read)
2. If it holds, run LGPO.exe /b C:\\gpo /n Omamori on that machine, and take it into a policy of the domain with Import Settings of gpmc.msc.
3. To take it back, unlink the policy. Values outside the places of policies (HKLM\\SYSTEM and others) stay: a policy must set them back.

Where something stricter may stand; look at these first:
{}

What is not here (shares, members of groups, features of Windows) is done by apply.cmd or by hand.
Measures left out here, since without a look at what stands on the machine they could loosen it:
{}""",
)


def policy_files(folder: str, steps: Steps) -> Iterator[File]:
    """Yield the files of a group policy below `folder`; none where nothing of the plan can be laid down by one."""
    machine = [value for value in for_policy(steps) if of_policy(value) or value.data is None]
    people = [Value(one.key, one.name, one.kind, one.data, one.enough) for one in steps.people]
    inf, audit = template(steps), _audit(steps)
    if not machine and not people and inf is None and audit is None:
        return
    if machine:
        yield File(f"{folder}/machine/registry.pol", registry_pol(machine), Text("機器のポリシー", "policy of the machine"))
    if people:
        yield File(f"{folder}/user/registry.pol", registry_pol(people), Text("利用者のポリシー", "policy of people"))
    if machine or people:
        yield File(f"{folder}/lgpo.txt", lgpo_text(machine, people), Text("同じ内容を読める形で", "the same in a form one can read"))
    if inf is not None:
        yield File(f"{folder}/GptTmpl.inf", inf, Text("セキュリティ テンプレート", "security template"))
    if audit is not None:
        yield File(f"{folder}/audit.csv", audit, Text("監査ポリシー", "audit policy"))
    for language in ("ja", "en"):
        yield File(f"{folder}/README.{language}.txt", _how(language, steps), Text("入れ方と戻し方", "how to put it in and take it back"))


def registry_pol(values: Sequence[Value]) -> bytes:
    """Return the file: each value as `[key;name;type;size;data]` in UTF-16; `**del.NAME` takes a value away."""
    return struct.pack("<II", _SIGNATURE, _VERSION) + b"".join(_entry(value) for value in values)


def _entry(value: Value) -> bytes:
    name, kind, data = value.name, TYPES[value.kind], wide(value.data)
    if value.data is None:
        name, kind, data = f"**del.{value.name}", TYPES["sz"], wide(" ")
    start, between, end = (mark.encode("utf-16-le") for mark in "[;]")
    parts = (wide(value.key.partition("\\")[2]), wide(name), struct.pack("<I", kind), struct.pack("<I", len(data)), data)
    return start + between.join(parts) + end


def lgpo_text(machine: Sequence[Value], people: Sequence[Value]) -> bytes:
    """Return the text LGPO.exe /t reads: four lines for each value, and an empty one."""
    lines = [line for whose, values in (("Computer", machine), ("User", people)) for value in values for line in _told(whose, value)]
    return b"\xff\xfe" + ("\r\n".join(lines) + "\r\n").encode("utf-16-le")


def _told(whose: str, value: Value) -> list[str]:
    action = "DELETE" if value.data is None else f"{_KINDS[value.kind]}:{_plain(value.data)}"
    return [whose, value.key.partition("\\")[2], value.name, action, ""]


def _plain(data: Data) -> str:
    if isinstance(data, tuple):
        return "\\0".join(data)
    return data.hex() if isinstance(data, bytes) else str(data)


def _audit(steps: Steps) -> bytes | None:
    found = [step.change for step in steps.steps if isinstance(step.change, AuditSubcategory)]
    if not found:
        return None
    lines = ["Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value"]
    lines += [f",System,,{{{one.guid}}},,,{int(one.success) + 2 * int(one.failure)}" for one in found]
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def _how(language: Language, steps: Steps) -> bytes:
    areas = [step.change for step in steps.steps if isinstance(step.change, SecurityArea)]
    wide_ones = [f"  {one.key}\\{one.name} = {_plain(one.data)}" for one in for_policy(steps) if may_loosen(one)]
    wide_ones += [f"  {one.section}\\{one.name} = {one.value}" for one in areas if one.enough is not None]
    services = [step.change for step in steps.steps if isinstance(step.change, ServiceStart)]
    wide_ones += [f"  {one.name}: Start = {one.start}" for one in services if one.enough is not None]
    audits = [step.change for step in steps.steps if isinstance(step.change, AuditSubcategory)]
    wide_ones += [f"  audit {one.guid} = {int(one.success) + 2 * int(one.failure)}" for one in audits if not (one.success and one.failure)]
    left = {steps.measures[step.measure].what.say(language): None for step in steps.steps if must_compare(steps, step)}
    text = _HOW.say(language).format("\n".join(wide_ones) or "  -", "\n".join(f"  {clean(what)}" for what in left) or "  -")
    return text.replace("\n", "\r\n").encode("utf-8-sig") + b"\r\n"
