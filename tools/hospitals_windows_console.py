"""What the commands of a console print on an invented Windows machine: about the machine, its network and its programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hospitals_windows_machine import Service, WindowsMachine, cells


def _whoami(m: WindowsMachine) -> str:
    heads = m.say("グループ名,種類,SID,属性", "Group Name,Type,SID,Attributes").split(",")
    known, alias = m.say("よく知られたグループ", "Well-known group"), m.say("エイリアス", "Alias")
    label, on = (
        m.say("ラベル", "Label"),
        m.say("固定グループ, 既定で有効, 有効なグループ", "Mandatory group, Enabled by default, Enabled group"),
    )
    off = m.say("拒否のみに使用されるグループ", "Group used for deny only")
    rows = [["Everyone", known, "S-1-1-0", on], ["BUILTIN\\Users", alias, "S-1-5-32-545", on]]
    rows.insert(1, ["BUILTIN\\Administrators", alias, "S-1-5-32-544", on if m.said.get("privileged", True) else off])
    level = ["High", "12288"] if m.said.get("privileged", True) else ["Medium", "8192"]
    rows.append([f"Mandatory Label\\{level[0]} Mandatory Level", label, f"S-1-16-{level[1]}", ""])
    widths = [38, 20, 44, 46]
    table = ["".join(f"{value:<{width}} " for value, width in zip(row, widths, strict=True)).rstrip() for row in (heads, *rows)]
    table.insert(1, " ".join("=" * width for width in widths))
    return "\n".join(["", m.say("グループ情報", "GROUP INFORMATION"), "-----------------", "", *table, ""])


def _ver(m: WindowsMachine) -> str:
    return f"\nMicrosoft Windows [Version {m.system['version']}{'.' + str(m.said['update']) if 'update' in m.said else ''}]\n"


_ROLES = {
    "client": (("スタンドアロン ワークステーション", "Standalone Workstation"), ("メンバー ワークステーション", "Member Workstation")),
    "server": (("スタンドアロン サーバー", "Standalone Server"), ("メンバー サーバー", "Member Server")),
    "dc": (("", ""), ("プライマリ ドメイン コントローラー", "Primary Domain Controller")),
}


def _systeminfo(m: WindowsMachine) -> str:
    role = m.say(*_ROLES[m.kind][bool(m.domain)])
    pairs = [
        (m.say("ホスト名", "Host Name"), m.host),
        (m.say("OS 名", "OS Name"), f"Microsoft {m.system['name'].removesuffix(' 2019' if 'LTSC' in m.system['name'] else '')}"),
        (m.say("OS バージョン", "OS Version"), f"{m.system['version']} {m.system.get('pack', 'N/A')} {m.say('ビルド', 'Build')} {m.build}"),
        (m.say("OS 製造元", "OS Manufacturer"), "Microsoft Corporation"),
        (m.say("OS 構成", "OS Configuration"), role),
        (m.say("OS ビルドの種類", "OS Build Type"), "Multiprocessor Free"),
        (m.say("登録されている所有者", "Registered Owner"), m.say("病院", "Hospital")),
        (m.say("登録されている組織", "Registered Organization"), ""),
        (m.say("プロダクト ID", "Product ID"), "00429-00000-00001-AA000"),
        (m.say("最初のインストール日付", "Original Install Date"), m.day(m.said["installed"]).replace(" ", ", ", 1)),
        (m.say("システム起動時間", "System Boot Time"), m.day(m.said["booted"]).replace(" ", ", ", 1)),
        (m.say("システム製造元", "System Manufacturer"), m.said["made"][0]),
        (m.say("システム モデル", "System Model"), m.said["made"][1]),
        (m.say("システムの種類", "System Type"), "x64-based PC"),
        (m.say("プロセッサ", "Processor(s)"), m.say("1 プロセッサインストール済みです。", "1 Processor(s) Installed.")),
        ("", "[01]: Intel64 Family 6 Model 85 Stepping 4 GenuineIntel ~2100 Mhz"),
        (m.say("Windows ディレクトリ", "Windows Directory"), r"C:\Windows"),
        (m.say("システム ディレクトリ", "System Directory"), r"C:\Windows\system32"),
        (m.say("起動デバイス", "Boot Device"), r"\Device\HarddiskVolume1"),
        (m.say("システム ロケール", "System Locale"), m.say("ja;日本語", "ja;Japanese")),
        (m.say("入力ロケール", "Input Locale"), m.say("ja;日本語", "ja;Japanese")),
        (m.say("タイム ゾーン", "Time Zone"), m.say("(UTC+09:00) 大阪、札幌、東京", "(UTC+09:00) Osaka, Sapporo, Tokyo")),
        (m.say("物理メモリの合計", "Total Physical Memory"), "8,191 MB"),
        (m.say("利用できる物理メモリ", "Available Physical Memory"), "4,095 MB"),
        (m.say("ページ ファイルの場所", "Page File Location(s)"), r"C:\pagefile.sys"),
        (m.say("ドメイン", "Domain"), m.domain or "WORKGROUP"),
        (m.say("ログオン サーバー", "Logon Server"), rf"\\{m.said.get('logon_server', m.host)}"),
    ]
    fixes = list(m.said["patches"])
    pairs.append(
        (
            m.say("ホットフィックス", "Hotfix(s)"),
            f"{len(fixes)} {m.say('ホットフィックスがインストールされています。', 'Hotfix(s) Installed.')}" if fixes else "N/A",
        )
    )
    pairs += [("", f"[{number:02}]: {fix}") for number, fix in enumerate(fixes, 1)]
    pairs.append(
        (m.say("ネットワーク カード", "Network Card(s)"), f"{len(m.links)} {m.say('NIC(s) インストール済みです。', 'NIC(s) Installed.')}")
    )
    for number, link in enumerate(m.links, 1):
        pairs.append(("", f"[{number:02}]: {link['card']}"))
        pairs.append(("", f"      {m.say('接続名:           ', 'Connection Name: ')}{link['name']}"))
        pairs.append(("", f"      {m.say('DHCP が有効:      いいえ', 'DHCP Enabled:    No')}"))
        pairs.append(("", f"      {m.say('IP アドレス', 'IP address(es)')}"))
        pairs.append(("", f"      [01]: {m.network(link).ip}"))
    wide = 27 if m.english else 24
    return "\n" + "\n".join(_padded(f"{name}:" if name else "", wide) + value for name, value in pairs) + "\n"


def _padded(text: str, width: int) -> str:
    """Fill up with blanks; a Japanese letter takes two places."""
    return text + " " * (width - cells(text))


def _tasklist(m: WindowsMachine) -> str:
    heads = m.say('"イメージ名","PID","サービス"', '"Image Name","PID","Services"')
    return "\n".join([heads, *(f'"{name}","{pid}","{inside}"' for name, pid, inside in m.processes)]) + "\n"


def _sc(m: WindowsMachine) -> str:
    return "".join(_sc_entry(one) for one in m.services)


def _sc_entry(one: Service) -> str:
    kind = "20  WIN32_SHARE_PROCESS  " if "svchost" in one.program or "lsass" in one.program else "10  WIN32_OWN_PROCESS  "
    state = "4  RUNNING " if one.pid else "1  STOPPED "
    lines = [
        "",
        f"SERVICE_NAME: {one.name}",
        f"DISPLAY_NAME: {one.title}",
        f"        TYPE               : {kind}",
        f"        STATE              : {state}",
    ]
    lines += ["                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)"] if one.pid else []
    lines += [f"        WIN32_EXIT_CODE    : {'0  (0x0)' if one.pid else '1077  (0x435)'}", "        SERVICE_EXIT_CODE  : 0  (0x0)"]
    lines += [
        "        CHECKPOINT         : 0x0",
        "        WAIT_HINT          : 0x0",
        f"        PID                : {one.pid}",
        "        FLAGS              : ",
    ]
    return "\n".join(lines) + "\n"


def _w32tm(m: WindowsMachine) -> str:
    source = m.said.get("time")
    rows = [
        (
            m.say("閏インジケーター", "Leap Indicator"),
            m.say("0 (警告なし)", "0(no warning)") if source else m.say("3 (同期未処理)", "3(not synchronized)"),
        ),
        (
            m.say("階層", "Stratum"),
            m.say("4 (二次参照 - (S)NTP で同期)", "4 (secondary reference - syncd by (S)NTP)") if source else "0 (-)",
        ),
        (m.say("精度", "Precision"), "-23 (119.209ns)"),
        (m.say("ルート遅延", "Root Delay"), "0.0461021s"),
        (m.say("ルート分散", "Root Dispersion"), "7.7795412s"),
        (m.say("参照 ID", "ReferenceId"), "0x0A01000A (IP: 10.1.0.10)" if source else "0x00000000 (-)"),
        (m.say("最終正常同期時刻", "Last Successful Sync Time"), m.day(m.local.replace(hour=8, minute=5, second=9))),
        (m.say("ソース", "Source"), source or "Free-running System Clock"),
        (m.say("ポーリング間隔", "Poll Interval"), "10 (1024s)"),
    ]
    return "\n".join(f"{name}: {value}" for name, value in rows) + "\n\n"


def _bitlocker(m: WindowsMachine) -> str:
    if not m.said.get("encrypted"):
        return ""
    version = ".".join(m.system["version"].split("."))
    head = [
        m.say(
            f"BitLocker ドライブ暗号化: 構成ツール バージョン {version}",
            f"BitLocker Drive Encryption: Configuration Tool version {version}",
        ),
        "Copyright (C) 2013 Microsoft Corporation. All rights reserved.",
        "",
        m.say(
            "BitLocker ドライブ暗号化で保護可能なディスク ボリューム:",
            "Disk volumes that can be protected with BitLocker Drive Encryption:",
        ),
        m.say("ボリューム C: [Windows]", "Volume C: [Windows]"),
        m.say("[OS ボリューム]", "[OS Volume]"),
        "",
    ]
    body = [
        (m.say("サイズ", "Size"), "237.23 GB"),
        (m.say("BitLocker のバージョン", "BitLocker Version"), "2.0"),
        (m.say("変換状態", "Conversion Status"), m.say("使用領域のみ暗号化", "Used Space Only Encrypted")),
        (m.say("暗号化された割合", "Percentage Encrypted"), "100.0%"),
        (m.say("暗号化の方法", "Encryption Method"), "XTS-AES 128"),
        (m.say("保護状態", "Protection Status"), m.say("保護はオンです", "Protection On")),
        (m.say("ロック状態", "Lock Status"), m.say("ロック解除", "Unlocked")),
        (m.say("識別フィールド", "Identification Field"), m.say("不明", "Unknown")),
    ]
    return (
        "\n".join(
            [
                *head,
                *(f"    {_padded(name + ':', 30)}{value}" for name, value in body),
                m.say("    キーの保護機能:", "    Key Protectors:"),
                "        TPM",
                "",
            ]
        )
        + "\n"
    )


CONSOLE: Mapping[str, Callable[[WindowsMachine], str]] = {
    "whoami.txt": _whoami,
    "ver.txt": _ver,
    "systeminfo.txt": _systeminfo,
    "tasklist.txt": _tasklist,
    "sc.txt": _sc,
    "time.txt": _w32tm,
    "bitlocker.txt": _bitlocker,
}
