"""Makes the kit result of an invented Windows PC of a hospital, as large and as varied as a real one; no two seeds are alike.

PYTHONPATH=tools python bench/bundle.py FOLDER COUNT [MEGABYTES]      writes COUNT kit results
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from random import Random

import bundle_registry as registry

from kit_results import windows_kit_result

_PROGRAMS = ("svchost.exe", "lsass.exe", "Karte.exe", "Viewer.exe", "spoolsv.exe", "Agent.exe", "chrome.exe")
_TASK_HEADING = (
    "ホスト名 タスク名 次回の実行時刻 状態 ログオン モード|前回の実行時刻 前回の結果 作成者 実行するタスク 開始 コメント "
    "スケジュールされたタスクの状態 アイドル時間 電源管理 ユーザーとして実行 再度スケジュールされない場合はタスクを削除する "
    "タスクを停止するまでの時間 スケジュール スケジュールの種類 開始時刻 開始日 終了日 日 月 繰り返し:|間隔 繰り返し:|終了時刻 "
    "繰り返し:|期間 繰り返し:|実行中の場合は停止"
)
_SERVICE_TASK = "スケジュール データをこの形式で使用することはできません。"
_OLD = "cp932"


def host_of(seed: int) -> str:
    """Return the name of the machine of a seed."""
    return f"PC{seed:05d}"


def sections(seed: int, megabytes: float = 5.0) -> Mapping[str, bytes]:
    """Return what the kit's commands print: name of the section → raw bytes, about `megabytes` together (never below 0.4)."""
    random = Random(seed)
    host, address = host_of(seed), f"10.{seed // 60_000 % 250 + 1}.{seed // 240 % 250}.{seed % 240 + 10}"
    size = min(1.0, megabytes / 2)
    names = registry.service_names(random, max(60, int(250 * size)))
    found = {
        "whoami.txt": _whoami(),
        "ver.txt": _console("", f"Microsoft Windows [Version 10.0.{random.choice((19045, 17763, 22631))}.{random.randrange(1000, 5000)}]"),
        "systeminfo.txt": _systeminfo(random, host, address),
        "netstat.txt": _netstat(random, address, int(400 * size) + 20),
        "tasklist.txt": _tasklist(random, int(180 * size) + 20),
        "ipconfig.txt": _ipconfig(random, host, address),
        "arp.txt": _arp(random, address),
        "user.txt": _users(random, host),
        "admins.txt": _administrators(random),
        "accounts.txt": _accounts(random),
        "sc.txt": _sc(random, names),
        "service.txt": _wmic_services(random, names),
        "tasks.txt": _tasks(random, host, int(200 * size) + 10),
        "fwrules.reg": registry.export(registry.firewall(random, max(40, int(400 * size)))),
        "soft64.reg": registry.export(registry.uninstall(random, registry.UNINSTALL, max(10, int(80 * size)))),
        "soft32.reg": registry.export(registry.uninstall(random, registry.UNINSTALL_32, max(10, int(40 * size)))),
        "usb.reg": registry.export(registry.usb_history(random, 12)),
    }
    rest = megabytes * 1_000_000 - sum(map(len, found.values()))
    if rest > 0:
        found["services.reg"] = registry.export(registry.services(random, names, int(rest / 2)))
    return found


def bundle(seed: int, megabytes: float = 5.0) -> bytes:
    """Return the kit result of one machine: what `omamori import` takes."""
    random = Random(f"run {seed}")
    started = datetime(2026, 11, random.randrange(1, 28), random.randrange(24), random.randrange(60), random.randrange(60))
    number = f"{random.getrandbits(64):016x}"
    return windows_kit_result(host_of(seed), sections(seed, megabytes), started=started, built="2026-10-20", number=number)


def _console(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode(_OLD)


def _table(widths: Sequence[int], values: Sequence[str]) -> str:
    return "  " + "".join(value.ljust(width) for width, value in zip(widths, values, strict=True)).rstrip()


def _whoami() -> bytes:
    return _console(
        "",
        "グループ情報",
        "-----------------",
        "",
        "グループ名                             種類               SID          属性",
        "====================================== ================== ============ ==============================================",
        "Everyone                               よく知られたグループ S-1-1-0      固定グループ, 既定で有効, 有効なグループ",
        "BUILTIN\\Administrators                 エイリアス         S-1-5-32-544 固定グループ, 既定で有効, 有効なグループ",
        "Mandatory Label\\High Mandatory Level   ラベル             S-1-16-12288",
    )


def _systeminfo(random: Random, host: str, address: str) -> bytes:
    fixes = sorted({random.randrange(5_000_000, 5_050_000) for _ in range(12)})
    return _console(
        "",
        f"ホスト名:               {host}",
        "OS 名:                  Microsoft Windows 10 Pro",
        "OS バージョン:          10.0.19045 N/A ビルド 19045",
        "OS 製造元:              Microsoft Corporation",
        "OS 構成:                メンバー ワークステーション",
        "OS ビルドの種類:        Multiprocessor Free",
        "登録されている所有者:   病院",
        "登録されている組織:     N/A",
        "プロダクト ID:          00330-80000-00000-AA000",
        "最初のインストール日付: 2022/04/01, 9:00:00",
        f"システム起動時間:       2026/11/{random.randrange(1, 28):02d}, 8:00:00",
        "システム製造元:         Sample Inc.",
        f"システム モデル:        Desk {random.randrange(100, 999)}",
        "システムの種類:         x64-based PC",
        "システム ロケール:      ja;日本語",
        "タイム ゾーン:          (UTC+09:00) 大阪、札幌、東京",
        "ドメイン:               hospital.example",
        "ログオン サーバー:      \\\\AD01",
        f"ホットフィックス:       {len(fixes)} ホットフィックスがインストールされています。",
        *(f"                        [{number:02d}]: KB{fix}" for number, fix in enumerate(fixes, 1)),
        "ネットワーク カード:    1 NIC(s) インストール済みです。",
        "                        [01]: Sample Gigabit Network Connection",
        "                              接続名:           イーサネット",
        "                              DHCP が有効:      いいえ",
        "                              IP アドレス",
        f"                              [01]: {address}",
    )


def _netstat(random: Random, address: str, count: int) -> bytes:
    lines = ["", "アクティブな接続", "", "  プロトコル  ローカル アドレス          外部アドレス        状態           PID"]
    widths = (12, 23, 23, 16, 6)
    listening = sorted({135, 139, 445, 3389, 5040, *(random.randrange(49_152, 65_000) for _ in range(count // 10))})
    pids = {port: str(random.randrange(1, 4000) * 4) for port in listening}
    for port in listening:
        lines += [_table(widths, ("TCP", f"0.0.0.0:{port}", "0.0.0.0:0", "LISTENING", pids[port])), f" [{random.choice(_PROGRAMS)}]"]
    # A PC talks to a few servers again and again, and to some addresses outside.
    servers = [f"10.1.0.{number}:{random.choice((443, 445, 1521, 104))}" for number in random.sample(range(1, 60), 25)]
    outside = [f"203.0.113.{number}:443" for number in random.sample(range(1, 250), 10)]
    for _ in range(count):
        peer = random.choice(servers) if random.random() < 0.8 else random.choice(outside)
        state = random.choice(("ESTABLISHED", "ESTABLISHED", "TIME_WAIT", "CLOSE_WAIT"))
        local = f"{address}:{random.randrange(49_152, 65_000)}"
        lines += [_table(widths, ("TCP", local, peer, state, str(random.randrange(1, 4000) * 4))), f" [{random.choice(_PROGRAMS)}]"]
    for port in (123, 137, 138, 500, 5353, *random.sample(range(49_152, 65_000), count // 20)):
        lines += [
            _table(widths, ("UDP", f"0.0.0.0:{port}", "*:*", "", str(random.randrange(1, 4000) * 4))),
            f" [{random.choice(_PROGRAMS)}]",
        ]
    return _console(*lines)


def _tasklist(random: Random, count: int) -> bytes:
    rows = ['"イメージ名","PID","サービス"', '"System Idle Process","0","N/A"', '"System","4","N/A"']
    rows += [
        f'"{random.choice(_PROGRAMS)}","{number * 12 + 400}","{random.choice(("N/A", "Dhcp", "EventLog,lmhosts"))}"'
        for number in range(count)
    ]
    return _console(*rows)


def _ipconfig(random: Random, host: str, address: str) -> bytes:
    hardware = "-".join(f"{byte:02X}" for byte in b"\x00\x0c\x29" + random.randbytes(3))
    return _console(
        "",
        "Windows IP 構成",
        "",
        f"   ホスト名. . . . . . . . . . . . . . .: {host}",
        "   プライマリ DNS サフィックス . . . . .: hospital.example",
        "   ノード タイプ . . . . . . . . . . . .: ハイブリッド",
        "   IP ルーティング有効 . . . . . . . . .: いいえ",
        "   WINS プロキシ有効 . . . . . . . . . .: いいえ",
        "",
        "イーサネット アダプター イーサネット:",
        "",
        "   接続固有の DNS サフィックス . . . . .:",
        "   説明. . . . . . . . . . . . . . . . .: Sample Gigabit Network Connection",
        f"   物理アドレス. . . . . . . . . . . . .: {hardware}",
        "   DHCP 有効 . . . . . . . . . . . . . .: いいえ",
        "   自動構成有効. . . . . . . . . . . . .: はい",
        f"   IPv4 アドレス . . . . . . . . . . . .: {address}(優先)",
        "   サブネット マスク . . . . . . . . . .: 255.255.0.0",
        f"   デフォルト ゲートウェイ . . . . . . .: {address.rpartition('.')[0]}.1",
        "   DNS サーバー. . . . . . . . . . . . .: 10.0.0.53",
        "   NetBIOS over TCP/IP . . . . . . . . .: 有効",
    )


def _arp(random: Random, address: str) -> bytes:
    net = address.rpartition(".")[0]
    rows = [f"  {f'{net}.{last}':<22}{random.randbytes(6).hex('-')}     動的" for last in sorted(random.sample(range(1, 250), 25))]
    return _console("", f"インターフェイス: {address} --- 0xd", "  インターネット アドレス 物理アドレス           種類", *rows)


def _users(random: Random, host: str) -> bytes:
    names = ["Administrator", "DefaultAccount", "Guest", "hoshu", *(f"user{random.randrange(10_000):04d}" for _ in range(3))]
    rows = ["".join(name.ljust(25) for name in names[at : at + 3]) for at in range(0, len(names), 3)]
    return _console("", f"\\\\{host} のユーザー アカウント", "", "-" * 79, *rows, "コマンドは正常に終了しました。", "")


def _administrators(random: Random) -> bytes:
    members = ["Administrator", "hoshu", *random.sample(["HOSP\\Domain Admins", "HOSP\\helpdesk", "maker", "yamada"], 2)]
    head = (
        "エイリアス名     Administrators",
        "コメント         コンピューター/ドメインに完全なアクセス権があります。",
        "",
        "メンバー",
        "",
        "-" * 79,
    )
    return _console(*head, *members, "コマンドは正常に終了しました。", "")


def _accounts(random: Random) -> bytes:
    return _console(
        "時間切れのときに強制的にログオフするまでの時間:     なし",
        "パスワード変更禁止期間 (日数):                      0",
        f"パスワード有効期間 (日数):                          {random.choice((42, 90, '無期限'))}",
        f"最小パスワード長:                                   {random.choice((0, 7, 8, 12))}",
        "記録するパスワードの数:                             なし",
        f"ロックアウトしきい値:                               {random.choice(('なし', 5, 10))}",
        "ロックアウト期間 (分):                              30",
        "ロックアウト観察ウィンドウ (分):                    30",
        "コンピューターの役割:                               WORKSTATION",
        "コマンドは正常に終了しました。",
        "",
    )


def _sc(random: Random, names: Sequence[str]) -> bytes:
    lines: list[str] = []
    for name in names:
        state = random.choice(("4  RUNNING ", "1  STOPPED "))
        lines += [
            "",
            f"SERVICE_NAME: {name}",
            f"DISPLAY_NAME: サービス {name}",
            "        TYPE               : 20  WIN32_SHARE_PROCESS  ",
            f"        STATE              : {state}",
            *(["                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)"] if state[0] == "4" else []),
            "        WIN32_EXIT_CODE    : 0  (0x0)",
            "        SERVICE_EXIT_CODE  : 0  (0x0)",
            "        CHECKPOINT         : 0x0",
            "        WAIT_HINT          : 0x0",
            f"        PID                : {random.randrange(1, 4000) * 4 if state[0] == '4' else 0}",
            "        FLAGS              : ",
        ]
    return _console(*lines)


def _wmic_services(random: Random, names: Sequence[str]) -> bytes:
    lines = ["", ""]
    for name in names:
        lines += [
            f"Name={name}",
            f"PathName={_program(random, name)}",
            f"StartMode={random.choice(('Auto', 'Manual', 'Disabled'))}",
            f"StartName={random.choice(('LocalSystem', 'NT AUTHORITY&LocalService')).replace('&', chr(92))}",
            f"State={random.choice(('Running', 'Stopped'))}",
            "",
            "",
        ]
    return b"\xff\xfe" + "\r\n".join(lines).encode("utf-16-le")


def _program(random: Random, name: str) -> str:
    """A service's command; about one in a hundred forgets the quotes."""
    path = rf"C:\Program Files\Sample\{name}.exe"
    return f"{path} -s" if random.random() < 0.01 else f'"{path}" -k {random.getrandbits(24):x}'


def _tasks(random: Random, host: str, count: int) -> bytes:
    rows = [",".join(f'"{name.replace("|", " ")}"' for name in _TASK_HEADING.split(" "))]
    for number in range(count):
        program = rf"C:\Program Files\Sample\task{random.getrandbits(24):x}.exe /run {number}"
        values = [
            *(host, rf"\Sample\Task {number}", "2026/12/02 2:00:00", random.choice(("準備完了", "無効")), "対話型/バックグラウンド"),
            *("2026/11/01 2:00:00", "0", rf"{host}\admin", program, "N/A", f"毎日の処理 {random.getrandbits(32):x}", "有効", "無効"),
            *("バッテリ モードで停止", random.choice(("SYSTEM", "LOCAL SERVICE", "hoshu")), "無効", "72:00:00", _SERVICE_TASK, "毎日"),
            *("2:00:00", "2025/04/01", "N/A", "毎 1 日", "N/A", "N/A", "N/A", "N/A", "N/A"),
        ]
        rows.append(",".join(f'"{value}"' for value in values))
    return _console(*rows)


def main(folder: str, count: str, megabytes: str = "5.0") -> None:
    """Write the kit results of the seeds 0 to `count` - 1 into a folder."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for seed in range(int(count)):
        Path(folder, f"{host_of(seed)}.kit").write_bytes(bundle(seed, float(megabytes)))


if __name__ == "__main__":
    main(*sys.argv[1:])
