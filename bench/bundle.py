"""Kit results of made-up Windows machines, no two alike: what `machines.py` measures with.

A machine has 250 services (and 380 drivers), 400 firewall rules, 120 applications, and what else the kit brings back.
The same number gives the same bytes. Names and addresses are invented; the forms are those of the commands.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from kit_results import windows_kit_result

STARTED = datetime(2026, 3, 2, 1, 30)
_SERVICES = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services"
_WORDS = (
    "Audio Backup Bridge Broker Cache Cert Clip Cloud Connect Core Crypt Data Device Dhcp Diag Disk Dns Driver Event Face Fax Font Frame Graph "
    "Group Health Helper Host Image Index Input Iris Karte Key Label Lan License Link Local Location Log Mail Map Media Message Mobile Monitor "
    "Net Order Pacs Patch Phone Plug Policy Port Power Print Proxy Query Radio Remote Report Result Room Route Scan Search Secure Sensor Session "
    "Shell Smart Spool Stock Storage Sync System Task Time Token Trace Update User Vault View Voice Ward Web Wireless Work Xray"
).split()
_MAKERS = ("Microsoft Corporation", "Intel Corporation", "Fujita Medical Systems", "Aoba Software", "Canal Imaging", "Realtek", "Adobe Inc.", "HP Inc.")


def bundle(number: int, megabytes: float = 5.0) -> bytes:
    """Return the kit result of machine `number`, at least `megabytes` long (half a megabyte at the least)."""
    return windows_kit_result(name_of(number), sections(number, megabytes), started=STARTED + timedelta(minutes=number % 600), number=f"{10**9 + number}")


def name_of(number: int) -> str:
    """Return the machine's name."""
    return f"PC{number:05d}"


def sections(number: int, megabytes: float = 5.0) -> dict[str, bytes]:
    """Return the outputs of machine `number` by the name of their file."""
    dice = random.Random(number)
    small = megabytes < 2
    services, rules, programs = (60, 80, 40) if small else (250, 400, 120)
    made = {
        "consent.txt": b"OMAMORI-CONSENT 1\r\nmachine=ordinary\r\nanswered_by=bench\r\n",
        "ipconfig.txt": _ipconfig(number),
        "version.txt": _version(dice),
        "netstat.txt": _netstat(dice),
        "sc.txt": _sc(dice, services),
        "svc.txt": _services(dice, services, services * 3 // 2),
        "tasklist.txt": _tasklist(dice),
        "fwrules.reg": _rules(dice, rules),
        "user.txt": _users(dice, number),
        "audit.txt": _audit(dice),
    }
    for view, share in (("", 0.6), ("WOW6432Node\\", 0.4)):
        made[f"soft{'32' if view else '64'}.reg"] = _software(dice, int(programs * share), view, number)
    made["tasks.txt"] = _tasks(dice, 40 if small else 180)
    rest = int(megabytes * 1024**2) - sum(map(len, made.values())) - 2000
    made["policies.reg"] = _policies(dice, max(rest, 20_000))
    return made


def _word(dice: random.Random, count: int = 2) -> str:
    return "".join(dice.choices(_WORDS, k=count))


def _wide(text: str) -> bytes:
    return b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")


def _hex(dice: random.Random, name: str, size: int) -> str:
    """A binary value as `reg export` breaks it into lines."""
    octets = [f"{byte:02x}" for byte in dice.randbytes(size)]
    lines, line = [], f'"{name}"=hex:'
    for octet in octets:
        if len(line) > 76:
            lines.append(f"{line}\\")
            line = "  "
        line += f"{octet},"
    return "\n".join([*lines, line.rstrip(",")])


def _export(keys: Iterator[tuple[str, list[str]]]) -> bytes:
    parts = ["Windows Registry Editor Version 5.00\n"]
    parts += [f"[{key}]\n" + "".join(f"{value}\n" for value in values) for key, values in keys]
    return _wide("\n".join(parts) + "\n")


def _ipconfig(number: int) -> bytes:
    mac = "-".join(f"{byte:02X}" for byte in (0x00, 0x15, 0x5D, number >> 16 & 255, number >> 8 & 255, number & 255))
    text = f"""
Windows IP 構成

   ホスト名. . . . . . . . . . . . . . .: {name_of(number)}
   プライマリ DNS サフィックス . . . . .: hospital.example
   ノード タイプ . . . . . . . . . . . .: ハイブリッド
   IP ルーティング有効 . . . . . . . . .: いいえ
   WINS プロキシ有効 . . . . . . . . . .: いいえ

イーサネット アダプター イーサネット:

   接続固有の DNS サフィックス . . . . .:
   説明. . . . . . . . . . . . . . . . .: Intel(R) Ethernet Connection
   物理アドレス. . . . . . . . . . . . .: {mac}
   DHCP 有効 . . . . . . . . . . . . . .: いいえ
   自動構成有効. . . . . . . . . . . . .: はい
   IPv4 アドレス . . . . . . . . . . . .: 10.{20 + (number >> 16 & 255)}.{number >> 8 & 255}.{number & 255}(優先)
   サブネット マスク . . . . . . . . . .: 255.0.0.0
   デフォルト ゲートウェイ . . . . . . .: 10.0.0.1
   DNS サーバー. . . . . . . . . . . . .: 10.0.0.2
   NetBIOS over TCP/IP . . . . . . . . .: 有効
"""
    return text.replace("\n", "\r\n").encode("cp932")


def _version(dice: random.Random) -> bytes:
    build, name = dice.choice(((19045, "Windows 10 Pro"), (17763, "Windows 10 Enterprise LTSC 2019"), (22631, "Windows 11 Pro"), (7601, "Windows 7 Professional")))
    key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
    values = f"""
    ProductName    REG_SZ    {name}
    CurrentBuild    REG_SZ    {build}
    CurrentBuildNumber    REG_SZ    {build}
    UBR    REG_DWORD    {hex(dice.randrange(1000, 6000))}
    InstallDate    REG_DWORD    {hex(1500000000 + dice.randrange(200000000))}
"""
    text = f'C:\\>reg query "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"\n\n{key}{values}\nC:\\>\n'
    return text.replace("\n", "\r\n").encode("cp932")


def _netstat(dice: random.Random) -> bytes:
    rows = ["", "アクティブな接続", "", "  プロトコル  ローカル アドレス          外部アドレス        状態           PID"]
    for port in (135, 445, 3389, 5040, *range(49664, 49670)):
        rows.append(f"  TCP         0.0.0.0:{port}{'':<12} 0.0.0.0:0              LISTENING       {dice.randrange(400, 9000)}")
    for _ in range(dice.randrange(20, 90)):
        peer = f"10.0.{dice.randrange(4)}.{dice.randrange(2, 250)}:{dice.choice((443, 445, 1521, 104, 8080))}"
        rows.append(f"  TCP         10.1.2.3:{dice.randrange(49670, 65000)}         {peer}         ESTABLISHED     {dice.randrange(400, 9000)}")
    return "\r\n".join([*rows, ""]).encode("cp932")


def _sc(dice: random.Random, count: int) -> bytes:
    rows = []
    for number in range(count):
        running = dice.random() < 0.5
        rows.append(
            f"\r\nSERVICE_NAME: {_WORDS[number % len(_WORDS)]}Svc{number}\r\nDISPLAY_NAME: {_word(dice)} サービス {number}\r\n        TYPE               : 20  WIN32_SHARE_PROCESS  \r\n"
            f"        STATE              : {'4  RUNNING' if running else '1  STOPPED'} \r\n                                ({'STOPPABLE' if running else 'NOT_STOPPABLE'}, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)\r\n"
            "        WIN32_EXIT_CODE    : 0  (0x0)\r\n        SERVICE_EXIT_CODE  : 0  (0x0)\r\n        CHECKPOINT         : 0x0\r\n        WAIT_HINT          : 0x0\r\n"
            f"        PID                : {dice.randrange(400, 9000) if running else 0}\r\n        FLAGS              : \r\n"
        )
    return "".join(rows).encode("cp932")


def _services(dice: random.Random, services: int, drivers: int) -> bytes:
    """The registry's services value by value, as `reg query /s /v` prints them."""
    out = []
    for value in ("Start", "Type", "ImagePath", "ObjectName", "DisplayName"):
        out.append(f"C:\\>reg query HKLM\\SYSTEM\\CurrentControlSet\\Services /s /v {value}\n")
        for number in range(services + drivers):
            driver = number >= services
            name = f"{_WORDS[number % len(_WORDS)]}{'Drv' if driver else 'Svc'}{number}"
            said = {
                "Start": f"REG_DWORD    0x{dice.choice((2, 3, 3, 4))}",
                "Type": f"REG_DWORD    {'0x1' if driver else '0x20'}",
                "ImagePath": f"REG_EXPAND_SZ    {f'System32{chr(92)}drivers{chr(92)}{name}.sys' if driver else f'%SystemRoot%{chr(92)}system32{chr(92)}svchost.exe -k {_word(dice, 1)} -p'}",
                "ObjectName": "REG_SZ    NT AUTHORITY\\LocalService" if not driver else "",
                "DisplayName": f"REG_SZ    @%SystemRoot%\\system32\\{name}.dll,-{dice.randrange(100, 9999)}",
            }[value]
            if said:
                out.append(f"\n{_SERVICES}\\{name}\n    {value}    {said}\n")
        out.append(f"\n検索の完了: {services} 件見つかりました。\n\nC:\\>\n")
    return "".join(out).replace("\n", "\r\n").encode("cp932")


def _tasklist(dice: random.Random) -> bytes:
    rows = ['"イメージ名","PID","サービス"']
    rows += [f'"{_word(dice)}.exe","{pid}","N/A"' for pid in sorted(dice.sample(range(400, 9000), 110))]
    return "\r\n".join([*rows, ""]).encode("cp932")


def _rules(dice: random.Random, count: int) -> bytes:
    def values() -> Iterator[str]:
        for number in range(count):
            uid = f"{dice.getrandbits(128):032X}"
            name = f"{{{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}}}"
            port = f"LPort={dice.choice((80, 135, 443, 445, 3389, 5985, 8080, 49152))}|" if dice.random() < 0.5 else ""
            path = f"App=%ProgramFiles%\\\\{_word(dice)}\\\\{_word(dice, 1)}{number}.exe|" if dice.random() < 0.6 else "App=System|"
            yield (
                f'"{name}"="v2.30|Action={dice.choice(("Allow", "Allow", "Block"))}|Active={dice.choice(("TRUE", "FALSE"))}|Dir={dice.choice(("In", "Out"))}|Protocol={dice.choice((6, 17))}|'
                f"{port}{path}Name=@{{{_word(dice, 3)}_{number}.1.2.0_x64__8wekyb3d8bbwe?ms-resource://{_word(dice, 2)}/Resources/AppName}}|Desc={_word(dice, 4)} {number}|"
                f'EmbedCtxt={_word(dice)}|Profile={dice.choice(("Domain", "Private", "Public"))}|"'
            )

    key = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules"
    return _export(iter([(key, list(values()))]))


def _software(dice: random.Random, count: int, view: str, machine: int) -> bytes:
    root = rf"HKEY_LOCAL_MACHINE\SOFTWARE\{view}Microsoft\Windows\CurrentVersion\Uninstall"

    def keys() -> Iterator[tuple[str, list[str]]]:
        yield root, []
        for number in range(count):
            name = f"{_word(dice)} {number}"
            yield (
                rf"{root}\{name}",
                [
                    f'"DisplayName"="{name}"',
                    f'"DisplayVersion"="{dice.randrange(1, 30)}.{dice.randrange(20)}.{machine}"',
                    f'"Publisher"="{dice.choice(_MAKERS)}"',
                    f'"InstallDate"="20{dice.randrange(18, 26)}{dice.randrange(1, 13):02d}{dice.randrange(1, 29):02d}"',
                    f'"InstallLocation"="C:\\\\Program Files\\\\{name}\\\\"',
                    f'"UninstallString"="MsiExec.exe /X{{{dice.getrandbits(128):032X}}}"',
                    f'"EstimatedSize"=dword:{dice.getrandbits(24):08x}',
                    _hex(dice, "SystemComponentData", 160),
                ],
            )

    return _export(keys())


def _users(dice: random.Random, number: int) -> bytes:
    names = ["Administrator", "Guest", "karte", f"user{number}", f"{_word(dice, 1).lower()}{number % 7}"]
    rows = ["", f"\\\\{name_of(number)} のユーザー アカウント", "", "-" * 79]
    rows += ["".join(name.ljust(25) for name in names[at : at + 3]).rstrip() for at in (0, 3)]
    return "\r\n".join([*rows, "コマンドは正常に終了しました。", "", ""]).encode("cp932")


def _audit(dice: random.Random) -> bytes:
    rows = ["コンピューター名,ポリシー ターゲット,サブカテゴリ,サブカテゴリ GUID,包含設定,除外設定"]
    said = ("成功", "失敗", "成功および失敗", "監査なし")
    rows += [f"PC,System,項目 {part:x},{{0CCE92{part:02X}-69AE-11D9-BED3-505054503030}},{dice.choice(said)}," for part in range(0x10, 0x4A)]
    return "\r\n".join([*rows, ""]).encode("cp932")


def _tasks(dice: random.Random, count: int) -> bytes:
    heading = (
        '"ホスト名","タスク名","次回の実行時刻","状態","ログオン モード","前回の実行時刻","前回の結果","作成者","実行するタスク","開始","コメント","スケジュールされたタスクの状態","アイドル時間",'
        '"電源管理","ユーザーとして実行","再度スケジュールされない場合はタスクを削除する","タスクを停止するまでの時間","スケジュール","スケジュールの種類","開始時刻","開始日","終了日","日","月","繰り返し: 間隔",'
        '"繰り返し: 終了時刻","繰り返し: 期間","繰り返し: 実行中の場合は停止"'
    )
    rows = [heading]
    for number in range(count):
        rows.append(
            f'"PC","\\Vendor\\{_word(dice)} {number}","2026/03/02 {dice.randrange(10, 24)}:00:00","準備完了","対話型/バックグラウンド","2026/03/01 1:00:00","0","{dice.choice(_MAKERS)}",'
            f'"%windir%\\system32\\{_word(dice)}.exe /run {number}","N/A","{_word(dice, 6)}","有効","無効","AC 電源のみ","SYSTEM","無効","72:00:00","スケジュール データをこの形式では使用できません。",'
            '"毎日","1:00:00","2020/01/01","N/A","毎日 1 日ごと","N/A","無効","無効","無効","無効"'
        )
    return "\r\n".join([*rows, ""]).encode("cp932")


def _policies(dice: random.Random, size: int) -> bytes:
    """Policies: a few that mean something, and the many values that a domain lays down besides, until `size` bytes are full."""
    root = r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies"

    def keys() -> Iterator[tuple[str, list[str]]]:
        yield root, []
        yield rf"{root}\Microsoft", []
        yield rf"{root}\Microsoft\Windows", []
        yield rf"{root}\Microsoft\Windows\WindowsUpdate", ['"WUServer"="http://wsus.hospital.example:8530"']
        yield rf"{root}\Microsoft\Windows\WindowsUpdate\AU", ['"NoAutoUpdate"=dword:00000000', '"AUOptions"=dword:00000004', '"UseWUServer"=dword:00000001']
        yield rf"{root}\Microsoft\SystemCertificates", []
        left, number = size, 0
        while left > 0:
            number += 1
            key = rf"{root}\Microsoft\SystemCertificates\Root\Certificates\{dice.getrandbits(160):040X}"
            values = [_hex(dice, "Blob", dice.randrange(700, 1800)), f'"Note{number}"="{_word(dice, 5)}"']
            left -= 2 * (len(key) + sum(map(len, values)) + 8)
            yield key, values

    return _export(keys())
