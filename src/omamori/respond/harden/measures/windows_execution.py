"""Which programs may run: AppLocker with Microsoft's default rules, recording only; where the edition has none, by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from omamori.model.text import Text
from omamori.respond.harden.changes import NothingBelow, RegistryValue
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.parts import Left, Machine, Measure, Menu

NAME = "windows-execution"
_KEY = r"HKLM\SOFTWARE\Policies\Microsoft\Windows\SrpV2\Exe"
_RULES = (
    ("921cc481-6e17-4653-8f75-050b80acca20", "Program Files", "S-1-1-0", "%PROGRAMFILES%\\*"),
    ("a61c8b2c-a319-4cd0-9690-d2177cad7b51", "Windows", "S-1-1-0", "%WINDIR%\\*"),
    ("fd686d83-a829-4351-8ff4-27c7de5755d2", "Administrators", "S-1-5-32-544", "*"),
)
"""The default rules secpol.msc creates: id, name, for whom, folder (Microsoft Learn, AppLocker: Executable rules in AppLocker)."""
_ANY_EDITION = 19041
"""From this build every edition takes AppLocker policies (Microsoft Learn, Requirements to use AppLocker; KB5024351)."""
_LICENSED = re.compile(r"enterprise|education|ultimate|ltsc|ltsb|server", re.IGNORECASE)


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield AppLocker in audit where the edition enforces it later, else what can be done by hand."""
    promises = facts.open(machine, "protection.no_program_limit")
    if not promises:
        return
    names = [row.os_name or "" for row in facts.rows("hosts", machine)]
    numbers = re.match(r"\d+\.\d+\.(\d+)", machine.build)
    build = int(numbers[1]) if numbers else None
    if build is None or not any(names):
        yield Left(
            NAME, machine, Text("Windowsの版が分からないので選べません", "its edition of Windows is not known, so nothing is chosen")
        )
        return
    able = any(_LICENSED.search(name) for name in names) or build >= _ANY_EDITION
    hand = Text(
        "secpol.msc → アプリケーション制御ポリシー → AppLocker →「規則の実施の構成」で実行可能ファイルを「監査のみ」→「既定の規則の作成」",
        "secpol.msc > Application Control Policies > AppLocker > Configure rule enforcement: Executable rules, Audit only > Create Default Rules",
    )
    if not able:
        hand = Text(
            "secpol.msc → ソフトウェアの制限のポリシー → 追加の規則 →「新しいパスの規則」で %TEMP% とダウンロードのフォルダーを「許可しない」。"
            "記録だけの段がないので、必ず一台で試す",
            "secpol.msc > Software Restriction Policies > Additional Rules > New Path Rule: Disallowed for %TEMP% and the folder of downloads. It has "
            "no step that only records, so try it on one machine first",
        )
    yield Measure(
        kind=NAME,
        machine=machine,
        what=Text(
            "動かせるプログラムの制限を、まず記録だけで始める(AppLocker)",
            "Begin to limit which programs run, only recording at first (AppLocker)",
        )
        if able
        else Text("利用者のフォルダーからプログラムを動かさない(手で設定)", "Run no programs from people's folders, set by hand"),
        why=Text("知らないプログラムが動かなければ、ウイルスの多くは動けません", "Most viruses cannot run where unknown programs do not"),
        stops=Text("記録だけの間は何も止まりません", "While it only records nothing stops")
        if able
        else Text(
            "一時フォルダーから動く導入プログラムや業務ソフトの更新", "Installers, and updates of software, that run from temporary folders"
        ),
        menu=Menu(
            hand,
            Text(
                "コンピューターの構成 → ポリシー → Windows の設定 → セキュリティの設定 → アプリケーション制御ポリシー → AppLocker。"
                "「システム サービス」の Application Identity を自動にする",
                "Computer Configuration > Policies > Windows Settings > Security Settings > Application Control Policies > AppLocker; set "
                "Application Identity to Automatic under System Services",
            ),
        ),
        changes=tuple(_changes()) if able else (),
        promises=promises if able else (),
        notes=_NOTES if able else (),
        evidence=tuple(one.evidence for one in promises if one.evidence),
        # Rules without a word on enforcement are enforced (Microsoft Learn, AppLocker: Understand rule enforcement settings).
        still=(NothingBelow(_KEY, tuple(number for number, *_ in _RULES)),) if able else (),
    )


_ENFORCED = ((_KEY, "EnforcementMode", 1, 1),)
"""Where a list is in force by then, watching only would weaken it, and so would rules that allow."""


def _changes() -> Iterator[RegistryValue]:
    yield RegistryValue(_KEY, "EnforcementMode", "dword", 0, unless=_ENFORCED)
    yield RegistryValue(_KEY, "AllowWindows", "dword", 0, unless=_ENFORCED)
    for number, name, sid, folder in _RULES:
        text = (
            f'<FilePathRule Id="{number}" Name="{name}" Description="" UserOrGroupSid="{sid}" Action="Allow"><Conditions>'
            f'<FilePathCondition Path="{folder}"/></Conditions></FilePathRule>'
        )
        yield RegistryValue(rf"{_KEY}\{number}", "Value", "sz", text, unless=_ENFORCED)
    yield RegistryValue(r"HKLM\SYSTEM\CurrentControlSet\Services\AppIDSvc", "Start", "dword", 2)


_NOTES = (
    Text(
        "2週間以上、記録(Microsoft-Windows-AppLocker/EXE and DLL のイベント8003)を見てから、数台で実施に変えます",
        "Read the log (Microsoft-Windows-AppLocker/EXE and DLL, event 8003) for two weeks or more before enforcing it on a few machines",
    ),
    Text(
        "記録だけの間は、別の項目(記録だけで止めない)が残ります。再起動してから効きます",
        "While it only records another finding (it only records) stands in its place. It works after a restart",
    ),
)

KINDS = (
    Kind(
        name=NAME,
        title=Text("動かせるプログラムを限る", "Which programs may run"),
        system="windows",
        propose=propose,
        fixes=("protection.no_program_limit",),
    ),
)
"""The measures of this module."""
