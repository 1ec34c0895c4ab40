"""Scheduled tasks and the rights on programs of an invented Windows machine, as `schtasks` and `icacls` print them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from hospitals_windows_machine import WindowsMachine

_JA = (
    "ホスト名|タスク名|次回の実行時刻|状態|ログオン モード|前回の実行時刻|前回の結果|作成者|実行するタスク|開始|コメント|スケジュールされたタスクの状態|アイドル時間|"
    "電源管理|ユーザーとして実行|再度スケジュールされない場合はタスクを削除する|タスクを停止するまでの時間|スケジュール|スケジュールの種類|開始時刻|開始日|終了日|日|月|"
    "繰り返し: 間隔|繰り返し: 終了時刻|繰り返し: 期間|繰り返し: 実行中の場合は停止"
)
_EN = (
    "HostName|TaskName|Next Run Time|Status|Logon Mode|Last Run Time|Last Result|Author|Task To Run|Start In|Comment|Scheduled Task State|Idle Time|"
    "Power Management|Run As User|Delete Task If Not Rescheduled|Stop Task If Runs X Hours and X Mins|Schedule|Schedule Type|Start Time|Start Date|"
    "End Date|Days|Months|Repeat: Every|Repeat: Until: Time|Repeat: Until: Duration|Repeat: Stop If Still Running"
)
_OWN = {
    r"\Microsoft\Windows\UpdateOrchestrator\Schedule Scan": {"run": r"%systemroot%\system32\usoclient.exe StartScan", "as": "SYSTEM"},
    r"\Microsoft\Windows\WindowsUpdate\Scheduled Start": {"run": r"C:\Windows\system32\sc.exe start wuauserv", "as": "SYSTEM"},
}
_DONE = "Successfully processed 1 files; Failed processing 0 files"


def _all(m: WindowsMachine) -> Mapping[str, Mapping[str, Any]]:
    return {**m.said.get("tasks", {}), **_OWN}


def _schtasks(m: WindowsMachine) -> str:
    ready, both = m.say("準備完了", "Ready"), m.say("対話型/バックグラウンド", "Interactive/Background")
    on, off = m.say("有効", "Enabled"), m.say("無効", "Disabled")
    odd = m.say("スケジュール データをこの形式で使用することはできません。", "Scheduling data is not available in this format.")
    lines = [m.say(_JA, _EN).split("|")]
    for name, task in _all(m).items():
        last = m.day(m.local.replace(hour=1, minute=0, second=0))
        lines.append([m.host, name, "N/A", ready, both, last, "0", task.get("author", "N/A"), task["run"], "N/A", "N/A", on, off, ""])
        lines[-1] += [task["as"], off, "72:00:00", odd, m.say("毎日", "Daily"), "1:00:00", *["N/A"] * 8]
    return "\n" * m.english + "".join(",".join(f'"{value}"' for value in line) + "\n" for line in lines)


def _xml(m: WindowsMachine) -> str:
    sids = {"SYSTEM": "S-1-5-18"}
    lines = ['<?xml version="1.0" ?>', "<Tasks>", ""]
    for name, task in _all(m).items():
        program, _, arguments = task["run"].partition(" ")
        lines += [
            f"<!-- {name} -->",
            '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
            "  <Principals>",
            '    <Principal id="Author">',
            "      <RunLevel>HighestAvailable</RunLevel>",
            f"      <UserId>{escape(sids.get(task['as'], task['as']))}</UserId>",
            *(["      <LogonType>Password</LogonType>"] if task["as"] not in sids else []),
            "    </Principal>",
            "  </Principals>",
            "  <Settings>",
            "    <Enabled>true</Enabled>",
            "  </Settings>",
            "  <Triggers>",
            "    <CalendarTrigger>",
            "      <StartBoundary>2024-04-01T01:00:00</StartBoundary>",
            "      <ScheduleByDay>",
            "        <DaysInterval>1</DaysInterval>",
            "      </ScheduleByDay>",
            "    </CalendarTrigger>",
            "  </Triggers>",
            '  <Actions Context="Author">',
            "    <Exec>",
            f"      <Command>{escape(program)}</Command>",
            *([f"      <Arguments>{escape(arguments)}</Arguments>"] if arguments else []),
            "    </Exec>",
            "  </Actions>",
            "</Task>",
            "",
        ]
    return "\n".join([*lines, "</Tasks>", ""])


def _icacls(m: WindowsMachine) -> str:
    """Of every program of a service outside Windows' own folders, and of its folder."""
    done = m.say("1 個のファイルが正常に処理されました。0 個のファイルを処理できませんでした", _DONE)
    lines = []
    for service in m.services:
        program = service.program.strip('"').split(".exe")[0] + ".exe"
        if program.lower().startswith("c:\\windows\\"):
            continue
        for path in (program, program.rpartition("\\")[0]):
            rights = [
                *m.said.get("open_programs", {}).get(service.name, ()),
                "NT AUTHORITY\\SYSTEM:(I)(F)",
                "BUILTIN\\Administrators:(I)(F)",
                "BUILTIN\\Users:(I)(RX)",
            ]
            blank = " " * len(path.encode("cp932"))
            lines += [f"{path if place == 0 else blank} {right}" for place, right in enumerate(rights)]
            lines += ["", done]
    return "".join(f"{line}\n" for line in lines)


CONSOLE: Mapping[str, Callable[[WindowsMachine], str]] = {"tasks.txt": _schtasks, "taskxml.txt": _xml, "icacls.txt": _icacls}
