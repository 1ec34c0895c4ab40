"""What the commands of a console print on an invented Windows machine: about backups, features, logs, services, updates and USB devices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from hospitals_windows_machine import WindowsMachine

LOGS = (
    *("Application", "Security", "System", "Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-TaskScheduler/Operational"),
    "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational",
)


def _backup(m: WindowsMachine) -> str:
    generations: list[datetime] = m.said.get("backups", {}).get("done", [])
    lines = [m.say("wbadmin 1.0 - バックアップ コマンドライン ツール", "wbadmin 1.0 - Backup command-line tool")]
    lines += ["(C) Copyright Microsoft Corporation. All rights reserved.", ""]
    for at in generations:
        utc, target = at - timedelta(hours=9), m.said["backups"]["target"]
        when = (
            m.day(at).rsplit(":", 1)[0]
            if not m.english
            else f"{at.month}/{at.day}/{at.year} {at.hour % 12 or 12}:{at:%M} {'PM' if at.hour > 11 else 'AM'}"
        )
        lines += [
            m.say(f"バックアップ時間: {when}", f"Backup time: {when}"),
            m.say("バックアップ対象: ", "Backup target: ")
            + m.say(*next(words for sign, words in _TARGETS if target.startswith(sign)))
            + target.removeprefix("usb:"),
            f"{m.say('バージョン識別子', 'Version identifier')}: {utc:%m/%d/%Y-%H:%M}",
            m.say(
                "回復可能: ボリューム, ファイル, アプリケーション, ベア メタル回復, システム状態",
                "Can recover: Volume(s), File(s), Application(s), Bare Metal Recovery, System State",
            ),
            "",
        ]
    if not generations:
        lines += [m.say("エラー - バックアップはありません。", "ERROR - No backups were found."), ""]
    return "\n".join(lines)


_TARGETS = (
    ("\\\\", ("ネットワーク共有 ラベル付き ", "Network Share labeled ")),
    ("usb:", ("1394/USB ディスク ラベル付き ", "1394/USB Disk labeled ")),
    ("", ("固定ディスク ラベル付き ", "Fixed Disk labeled ")),
)


def _shadow(m: WindowsMachine) -> str:
    head = m.say(
        "vssadmin 1.1 - ボリューム シャドウ コピー サービス管理コマンド ライン ツール",
        "vssadmin 1.1 - Volume Shadow Copy Service administrative command-line tool",
    )
    none = m.say("クエリを満たす項目が見つかりません。", "No items found that satisfy the query.")
    copies = [_shadow_copy(m, number, drive, at) for number, (drive, at) in enumerate(m.said.get("shadows", ()), 1)]
    return f"{head}\n(C) Copyright 2001-2013 Microsoft Corp.\n\n" + ("".join(copies) or f"{none}\n\n")


def _shadow_copy(m: WindowsMachine, number: int, drive: str, at: datetime) -> str:
    identifier = f"{{5e00530a-0000-4000-8000-{number:012x}}}"
    name = f"{m.host.lower()}.{m.domain}".rstrip(".")
    attributes = m.say(
        "永続, クライアント アクセス可能, 自動リリースなし, ライターなし, 差分",
        "Persistent, Client-accessible, No auto release, No writers, Differential",
    )
    rows = [
        (m.say("元のボリューム", "Original Volume"), f"({drive})\\\\?\\Volume{{5e00530a-0000-4000-9000-{ord(drive[0]):012x}}}\\"),
        (m.say("シャドウ コピー ボリューム", "Shadow Copy Volume"), rf"\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy{number}"),
        (m.say("作成元のコンピューター", "Originating Machine"), name),
        (m.say("サービス コンピューター", "Service Machine"), name),
        (m.say("プロバイダー", "Provider"), "'Microsoft Software Shadow Copy provider 1.0'"),
        (m.say("種類", "Type"), "ClientAccessible"),
        (m.say("属性", "Attributes"), attributes),
    ]
    lines = [
        m.say(f"シャドウ コピー セット ID: {identifier} の内容", f"Contents of shadow copy set ID: {identifier}"),
        m.say("   1 個のシャドウ コピーが含まれています。作成時刻: ", "   Contained 1 shadow copies at creation time: ") + m.day(at),
        f"      {m.say('シャドウ コピー ID', 'Shadow Copy ID')}: {identifier.replace('5e00530a', '5e00530b')}",
        *(f"         {name}: {value}" for name, value in rows),
    ]
    return "\n".join([*lines, "", ""])


def _features(m: WindowsMachine) -> str:
    on = set(m.said.get("features", ()))
    names = "SMB1Protocol SMB1Protocol-Client SMB1Protocol-Server SMB1Protocol-Deprecation TelnetClient TFTP NetFx3 NetFx4-AdvSrvs "
    names += "MicrosoftWindowsPowerShellV2Root MicrosoftWindowsPowerShellV2 Printing-PrintToPDFServices-Features WorkFolders-Client "
    names += "MSRDC-Infrastructure IIS-WebServerRole IIS-FTPServer SimpleTCP MediaPlayback WindowsMediaPlayer SearchEngine-Client-Package "
    names += "Microsoft-Hyper-V Client-ProjFS"
    version = f"{m.system['version']}.1"
    states = m.say("有効", "Enabled"), m.say("無効", "Disabled")
    lines = [
        "",
        m.say("展開イメージのサービスと管理ツール", "Deployment Image Servicing and Management tool"),
        f"{m.say('バージョン', 'Version')}: {version}",
        "",
        f"{m.say('イメージのバージョン', 'Image Version')}: {version}",
        "",
        f"{m.say('パッケージの機能一覧', 'Features listing for package')} : Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~{version}",
        "",
        "",
        f"{'-' * 38} | {'-' * 29}",
        m.say("機能名                                 | 状態", "Feature Name                           | State"),
        f"{'-' * 38} | {'-' * 29}",
        *(f"{name:<38} | {states[name not in on]}" for name in names.split()),
        "",
        m.say("操作は正常に完了しました。", "The operation completed successfully."),
    ]
    return "\n".join(lines) + "\n"


def _logs(m: WindowsMachine) -> str:
    return "".join(
        f"name: {log}\nenabled: {'false' if log in m.said.get('logs_off', ()) else 'true'}\ntype: Admin\nowningPublisher: \nisolation: Custom\n"
        "channelAccess: O:BAG:SYD:(A;;0xf0005;;;SY)(A;;0x5;;;BA)(A;;0x1;;;S-1-5-32-573)\nlogging:\n"
        f"  logFileName: %SystemRoot%\\System32\\Winevt\\Logs\\{log.replace('/', '%4')}.evtx\n  retention: false\n  autoBackup: false\n"
        f"  maxSize: {m.said['log_bytes']}\npublishing:\n  fileMax: 1\n"
        for log in LOGS
    )


def _wmic_services(m: WindowsMachine) -> str:
    starts = {"automatic": "Auto", "manual": "Manual", "disabled": "Disabled"}
    return "\n\n" + "".join(
        f"Name={one.name}\nPathName={one.program}\nStartMode={starts[one.start]}\nStartName={one.account}\nState={'Running' if one.pid else 'Stopped'}\n\n\n"
        for one in m.services
    )


def _wmic_patches(m: WindowsMachine) -> str:
    return "\n\n" + "".join(
        f"Caption=http://support.microsoft.com/?kbid={patch[2:]}\nCSName={m.host}\nDescription=Security Update\nFixComments=\nHotFixID={patch}\n"
        f"InstallDate=\nInstalledBy=NT AUTHORITY\\SYSTEM\nInstalledOn={day.month}/{day.day}/{day.year}\nName=\nServicePackInEffect=\nStatus=\n\n\n"
        for patch, day in m.said["patches"].items()
    )


def _usb_days(m: WindowsMachine) -> str:
    return "".join(
        f">>>  [Device Install (Hardware initiated) - USBSTOR\\Disk&Ven_{name.split(' ', 1)[0]}&Prod_{name.split(' ', 1)[1].replace(' ', '_')}&Rev_1.00"
        f"\\{serial}&0]\n>>>  Section start 2026/03/12 13:20:{10 + place}.120\n"
        for place, (name, serial) in enumerate(m.said.get("usb", {}).items())
    )


CONSOLE: Mapping[str, Callable[[WindowsMachine], str]] = {
    "backup.txt": _backup,
    "shadow.txt": _shadow,
    "features.txt": _features,
    "logs.txt": _logs,
    "service.txt": _wmic_services,
    "qfe.txt": _wmic_patches,
    "usbdays.txt": _usb_days,
}
