"""docs/unverified: forms of Windows output no real capture was tried on, and commands never run on a real Windows, each with its source."""

from __future__ import annotations

from collections.abc import Iterator

from omamori.collect.windows.commands import Command, all_commands, commands, kit_commands, typed_line
from omamori.collect.windows.script import PROGRAMS
from omamori.model.text import LANGUAGES, Language, Text
from omamori.parse.backup import form as backup
from omamori.parse.device.registry import dialects
from omamori.parse.windows.form import Form, forms
from omamori.respond.harden.write.windows_cmd import COMMANDS
from pages.markdown import code, name, page, table

TITLE = Text("実物で確かめていない読み取り", "What was never seen for real")
INTRO = Text(
    "お守りが読むWindowsコマンドの出力のうち、実物の写しで確かめたものと、メーカーの資料だけから書いたものを分けて示します。"
    "資料だけから書いたものは、実物と違えば「読み取れなかった」と表示されるように作ってあります(読めないことを「問題なし」とはしません)。"
    "実物の出力を、名前などを伏せて届けていただけると助かります。",
    "Which outputs of Windows commands were tried on real captures, and which were written from a maker's pages alone. Those are built so "
    "that what differs from the pages is told as not understood (never as nothing found). Real outputs with names taken out are welcome.",
)
NEVER = Text("## 実物を一度も見ていないもの ({})", "## Never seen as a real capture ({})")
NEVER_HEAD = Text("出力|コマンド|もとにした資料", "Form|Command|Written from")
SEEN = Text("## 実物で確かめたもの ({})", "## Tried on real captures ({})")
SEEN_HEAD = Text("出力|コマンド|確かめた言語|日本語の資料", "Form|Command|Languages|Written from, for Japanese")
NOT_JAPANESE = Text("日本語の実物はありません。日本語はこの資料から: ", "No Japanese capture; Japanese from: ")
RUN = Text(
    "## 実物のWindowsで動かしたことのないコマンド ({})\n\n"
    "収集キットと `check --here` が尋ね、人が手で打つもののすべてです。資料だけから書きました。キットの全体は Wine の `cmd` で動かしていますが、"
    "Wine は多くのコマンドに答えません。PowerShell は Wine に無いので、`collect.ps1` は文法だけを確かめ、暗号化も一度も動かしていません"
    "(同じ形式を Python で作り、読めることは確かめています)。",
    "## Commands never run on a real Windows ({})\n\n"
    "All that the collection kit and `check --here` ask and a person types, written from the makers' pages alone. The kit as a whole runs under "
    "Wine's `cmd`, which has no answer to many of them. Wine has no PowerShell: of `collect.ps1` only the syntax is checked, and its sealing "
    "was never run either (the same format made by Python is read).",
)
RUN_HEAD = Text("名前|コマンド|尋ねるもの|もとにした資料", "Name|Command|Asked by|Written from")
ASKED_BY = Text("キット|check --here|手で打つ", "kit|check --here|by hand")
PROGRAMS_OF_SERVICES = Text("サービスのプログラムごと", "each program of a service")
EVERY_KEY_BELOW = Text("{} の下のキーごと", "each key below {}")
DEVICES = Text(
    "## 実物の機器で確かめていないメーカーの設定 ({})\n\n"
    "ファイアウォールやVPN装置の設定のうち、その機器に実際のパケットを流して確かめることができなかったものです。"
    "規則の意味は次の資料だけから書きました。読み取れなかった行は数えて示し、それにかかわる答えは「判断できない」になります。",
    "## Makers whose rules no packet could be sent through ({})\n\n"
    "Configurations of firewalls and VPN devices whose meaning was written from these documents alone: no such device was there to send a packet "
    "through. A line that was not understood is counted and told, and what depends on it is unknown.",
)
DEVICES_HEAD = Text("メーカー|名前|もとにした資料", "Maker|Name|Written from")
BACKUPS = Text(
    "## 実物で確かめていないバックアップの一覧とログ ({})\n\n"
    "restic、BorgBackup、rsync の出力は、そのプログラムを動かして得た実物で確かめています。次のものは資料だけから書きました。",
    "## Lists and logs of backups never seen as a real capture ({})\n\n"
    "Those of restic, BorgBackup and rsync were printed by the programs themselves. These were written from the makers' pages alone.",
)
PLANS = Text(
    "## 計画の実行ファイルのうち、実物のWindowsで動かしたことのないコマンド ({})\n\n"
    "`harden` が書く apply.cmd と undo.cmd は、Wine の `cmd` とレジストリで動かし、元に戻ることをバイト単位で確かめています。"
    "Wine に無いもの(サービス、共有、グループ、機能)は「できませんでした」と表示されることだけを確かめました。"
    "セキュリティ ポリシーと監査は、資料どおりに答える代役のプログラムを相手に、変えて戻るところまで動かしています。"
    "グループポリシーの形(registry.pol、GptTmpl.inf、audit.csv)は自分で読み返しただけで、実物の gpmc.msc や LGPO.exe には入れていません。",
    "## Commands of plans never run on a real Windows ({})\n\n"
    "apply.cmd and undo.cmd, which `harden` writes, run under Wine's `cmd` and on its registry, and give back every byte. What Wine has not (services, "
    "shares, groups, features) was only seen to be told as not done; security policy and audit were changed and given back with a program of ours "
    "that plays `secedit` and `auditpol` as documented. The forms of a group policy (registry.pol, GptTmpl.inf, "
    "audit.csv) were read back by ourselves, never by gpmc.msc or LGPO.exe.",
)
PLANS_HEAD = Text("コマンド|もとにした資料", "Command|Written from")
OTHERS = Text(
    "## ほかに実物で動かしていないもの\n\n"
    "- `check --here` をWindows本体で動かしたことはありません(Wineでのみ)。\n"
    "- `collect --winrm` をWindows本体に対して動かしたことは一度もありません。試験では、公開されている手順書(MS-WSMV、MS-PSRP)から書いた"
    "相手役のサーバーと、本物のTLS・NTLM・クライアントの部品で、電文のやりとりだけを確かめています。Kerberos、ログオン中の利用者でのログイン(`--user` なし)、"
    "古いWindows(7、Server 2008 R2)のWinRM、画面の無い接続で各コマンドが同じ出力をするかは、確かめていません。\n"
    "- 持ち運び版(omamori-windows.zip)はWineで確かめ、Windows本体では動かしていません。\n"
    "- `plan bastion` が書くFortiOS、YAMAHA RTX、Cisco IOSの設定は、実物の装置に入れたことがありません(自分で読み返して、計画どおりに閉じることだけを確かめています)。"
    "nftablesの設定は、試験用の病院で本物のパケットを流して確かめています。\n"
    "- `isolate prepare` が書くFortiOS、YAMAHA RTX、Cisco IOSの文は、FortiOSの管理ガイド・CLIリファレンス(firewall-session-dirtyの技術情報を含む)、"
    "YAMAHA RTのコマンドリファレンス(`ip filter`、`ip INTERFACE secure filter`)、Cisco IOSのセキュリティコマンドリファレンスと設定の置き換え"
    "(`configure terminal revert timer`)の説明書から書き、実物の装置に入れたことがありません(自分で読み返して、切る通信だけが止まり、止めない通信が残り、"
    "何も開かないことを確かめています)。Windowsの文(`netsh advfirewall`、`Register-ScheduledTask`)はMicrosoft Learnから書き、Windows本体で動かしていません。\n"
    "- `isolate run` の機器の側は、名前空間の中の本物のsshdとnftablesで確かめています。systemdが動く機器での一時的なユニット(`systemd-run`)、"
    "OpenWrtなどbusyboxだけの機器、nftables 1.0.6以外の版では動かしていません。\n"
    "- 強化計画のWindowsファイアウォールの行(`netsh advfirewall export`、`Set-NetFirewallRule`・`New-NetFirewallRule`、`Get-GPRegistryValue`・`Set-GPRegistryValue`、"
    "`Backup-GPO`・`Restore-GPO`)、DISMの機能名、AppLockerのレジストリ(SrpV2とAppIDSvc)は、実物のWindowsで動かしたことがありません。"
    "資料: Microsoft Learn の Netsh advfirewall、NetSecurity、GroupPolicy、DISM、AppLocker と MS-GPFAS 2.2.2、MS-FASP 2.2。"
    "規則の文は自分の読み取りで読み返し、計画どおりに狭まることだけを確かめています。\n"
    "- `collect --device` をネットワーク機器の実物に対して動かしたことはありません。本物のSSHサーバーが演じる機器に対してのみ確かめました。\n"
    "- `feeds build --download` は、試験用のHTTPSサーバーからしか取得したことがありません。配布元の実物のサーバー、病院のプロキシ、"
    "Windows本体での証明書の確認は試していません(ファイルからの作成は、Wineでも確かめています)。\n"
    "- 文字コード437、850、932以外のコンソールの出力は、数字・アドレスなど英数字の部分だけを確かめています。",
    "## Also never run for real\n\n"
    "- The text `plan bastion` writes for FortiOS, YAMAHA RTX and Cisco IOS was never loaded into a real device (only read back by our own readers, closed as planned). "
    "That for nftables was held against real packets in the lab hospital.\n"
    "- The text `isolate prepare` writes for FortiOS (administration guide, CLI reference, the technical tip on firewall-session-dirty), YAMAHA RTX (command "
    "reference: `ip filter`, `ip INTERFACE secure filter`) and Cisco IOS (security command reference; Configuration Replace and Configuration Rollback: "
    "`configure terminal revert timer`) was never loaded into a real device: read back by our own readers it stops what is cut, leaves what is never blocked, "
    "and opens nothing. That for Windows (Microsoft Learn: `netsh advfirewall`, `Register-ScheduledTask`) was never run on Windows.\n"
    "- `isolate run` on a device: tried with a real sshd and nftables in namespaces. Not tried: the transient unit on a machine where systemd runs "
    "(`systemd-run`), devices with nothing but busybox such as OpenWrt, nftables other than 1.0.6.\n"
    "- `check --here` on Windows itself (only under Wine).\n"
    "- `collect --winrm` against Windows itself, not once. Tests speak to a service written from Microsoft's MS-WSMV and MS-PSRP, with real TLS, real "
    "NTLM and the real client library: they show what is said on the wire. Not tried: Kerberos, logging in as who is logged in (without `--user`), WinRM "
    "of old systems (7, Server 2008 R2), and whether each command prints without a console what it prints with one.\n"
    "- The portable edition (omamori-windows.zip) runs under Wine; it was never run on Windows itself.\n"
    "- The lines hardening plans write for the Windows firewall (`netsh advfirewall export`, `Set-NetFirewallRule`, `New-NetFirewallRule`, `Get-GPRegistryValue`, "
    "`Set-GPRegistryValue`, `Backup-GPO`, `Restore-GPO`), DISM's names of features, and AppLocker in the registry (SrpV2, AppIDSvc) were never run on a real Windows. Written from "
    "Microsoft Learn: Netsh advfirewall, NetSecurity, GroupPolicy, DISM, AppLocker; MS-GPFAS 2.2.2, MS-FASP 2.2. The text of a rule is read back by our own "
    "reader, narrower as planned.\n"
    "- `collect --device` against a real network device; a real SSH server played one.\n"
    "- `feeds build --download` has fetched only from an HTTPS server of the tests: not from the publishers' own, through no hospital's proxy, and "
    "with no certificate store of Windows (building from files also runs under Wine).\n"
    "- Of consoles in other code pages than 437, 850 and 932 only numbers, addresses and Latin letters were tried.",
)


def pages() -> dict[str, str]:
    """Return the page in both languages."""
    return {name("unverified", language): _page(language) for language in LANGUAGES}


def _page(language: Language) -> str:
    never = [form for form in forms().values() if not form.captured]
    seen = [form for form in forms().values() if form.captured]
    unseen = [form for form in backup.forms().values() if not form.captured]
    unproven = [one for one in dialects() if not one.proven]
    return page(
        language,
        TITLE.say(language),
        INTRO.say(language),
        NEVER.say(language).format(len(never)),
        table(NEVER_HEAD.say(language).split("|"), [(code(form.name), code(form.command), form.source) for form in never]),
        SEEN.say(language).format(len(seen)),
        table(SEEN_HEAD.say(language).split("|"), [_seen(form, language) for form in seen]),
        RUN.say(language).format(len(all_commands())),
        table(RUN_HEAD.say(language).split("|"), [row for command in all_commands() for row in _asked(command, language)]),
        DEVICES.say(language).format(len(unproven)),
        table(DEVICES_HEAD.say(language).split("|"), [(one.name, code(one.system), "; ".join(one.documents)) for one in unproven]),
        BACKUPS.say(language).format(len(unseen)),
        table(NEVER_HEAD.say(language).split("|"), [(code(one.name), code(one.command), one.source) for one in unseen]),
        PLANS.say(language).format(len(COMMANDS)),
        table(PLANS_HEAD.say(language).split("|"), [(code(command), source) for command, source in COMMANDS.items()]),
        OTHERS.say(language),
    )


def _asked(command: Command, language: Language) -> Iterator[tuple[str, str, str, str]]:
    """A row of what the kit asks, and one of what others ask where that is something else."""
    kit, here, hand = ASKED_BY.say(language).split("|")
    others = [word for word, true in ((here, True), (hand, command.by_hand)) if true and command in commands()]
    if command not in kit_commands():
        asked = [(code(command.line), others)]
    elif command.query and command in commands():
        asked = [(_query(command), [kit]), (code(command.line), others)]
    else:
        asked = [(_query(command) if command.query else code(command.line), [kit, *others])]
    if command.each or command.under:
        words = _each(command, language)
        asked = [(f"{line} ({words})", who) for line, who in asked]
    if command.other:
        asked.append((code(typed_line(command.other)), asked[-1][1]))
    for words, who in asked:
        yield command.file, words, ", ".join(who), command.source


def _each(command: Command, language: Language) -> str:
    """What `{each}` stands for, one after the other."""
    if command.each == PROGRAMS:
        return PROGRAMS_OF_SERVICES.say(language)
    if command.under:
        return EVERY_KEY_BELOW.say(language).format(code(command.under))
    return ", ".join(code(word) for word in command.each)


def _query(command: Command) -> str:
    """What the kit asks of PowerShell: the file it stands in, or the line itself."""
    own = command.query_file
    return f"[queries/{own}](../src/omamori/collect/windows/queries/{own})" if own else code(command.query)


def _seen(form: Form, language: Language) -> tuple[str, str, str, str]:
    japanese = "" if "ja" in form.captured else NOT_JAPANESE.say(language) + form.source
    return code(form.name), code(form.command), ", ".join(form.captured), japanese
