"""What the commands of a console print on an invented Windows machine: about people, rules, shares, tasks, logs and backups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hospitals_kit import SOURCE
from hospitals_windows_machine import WindowsMachine, cells

_DASHES = "-" * 79


def _done(m: WindowsMachine) -> str:
    return m.say("コマンドは正常に終了しました。", "The command completed successfully.")


def _share(m: WindowsMachine) -> str:
    heads = m.say("共有名       リソース                            注釈", "Share name   Resource                        Remark")
    rows = [("C$", "C:\\", "Default share"), ("IPC$", "", "Remote IPC"), ("ADMIN$", r"C:\Windows", "Remote Admin")]
    rows += [(name, share["path"], share.get("remark", "")) for name, share in m.said.get("shares", {}).items()]
    lines = []
    for name, path, remark in rows:
        short = len(path.encode("cp932")) < 32
        lines += [f"{name:<12} {path:<31} {remark}".rstrip()] if short else [f"{name:<12} {path}", f"{'':<45}{remark}".rstrip()]
    return "\n".join(["", heads, "", _DASHES, *lines, _done(m), "", ""])


def _user(m: WindowsMachine) -> str:
    names = sorted((str(one["name"]) for one in m.accounts), key=str.lower)
    rows = ["".join(f"{name:<25}" for name in names[place : place + 3]) for place in range(0, len(names), 3)]
    return "\n".join(
        ["", m.say(rf"\\{m.host} のユーザー アカウント", rf"User accounts for \\{m.host}"), "", _DASHES, *rows, _done(m), "", ""]
    )


def _group(m: WindowsMachine, name: str) -> str:
    notes = {
        "Administrators": (
            "コンピューター/ドメインに完全なアクセス権があります。",
            "Administrators have complete and unrestricted access to the computer/domain",
        ),
        "Remote Desktop Users": (
            "このグループのメンバーにはリモートからログオンする権限があります",
            "Members in this group are granted the right to logon remotely",
        ),
    }
    members = m.said["groups"].get(name, ())
    shown = [one.rpartition("\\")[2] if m.kind == "dc" else one for one in members]
    return "\n".join(
        [
            f"{m.say('エイリアス名     ', 'Alias name     ')}{name}",
            f"{m.say('コメント         ', 'Comment        ')}{m.say(*notes[name])}",
            "",
            m.say("メンバー", "Members"),
            "",
            _DASHES,
            *shown,
            _done(m),
            "",
            "",
        ]
    )


def _accounts(m: WindowsMachine) -> str:
    said, wide = m.said["passwords"], 52
    never, none = m.say("なし", "Never"), m.say("なし", "None")
    role = {"client": "WORKSTATION", "server": "SERVER", "dc": "PRIMARY"}[m.kind]
    rows = [
        (m.say("時間切れのときに強制的にログオフするまでの時間", "Force user logoff how long after time expires?"), never),
        (m.say("パスワード変更禁止期間 (日数)", "Minimum password age (days)"), "1" if said["history"] else "0"),
        (m.say("パスワード有効期間 (日数)", "Maximum password age (days)"), said["age"] or m.say("無期限", "Unlimited")),
        (m.say("最小パスワード長", "Minimum password length"), said["length"]),
        (m.say("記録するパスワードの数", "Length of password history maintained"), said["history"] or none),
        (m.say("ロックアウトしきい値", "Lockout threshold"), said["lockout"] or never),
        (m.say("ロックアウト期間 (分)", "Lockout duration (minutes)"), said.get("minutes", 30)),
        (m.say("ロックアウト観察ウィンドウ (分)", "Lockout observation window (minutes)"), said.get("minutes", 30)),
        (m.say("コンピューターの役割", "Computer role"), role),
    ]
    return "\n".join([*(f"{name}:{' ' * (wide - 1 - cells(name))}{value}" for name, value in rows), _done(m), "", ""])


def _secedit(m: WindowsMachine) -> str:
    said, audit = m.said["passwords"], 3 if m.said["audit"] else 0
    enabled = {str(one["id"]): "disabled" not in one["flags"] for one in m.accounts}
    lines = [
        "[Unicode]",
        "Unicode=yes",
        "[System Access]",
        f"MinimumPasswordAge = {1 if said['history'] else 0}",
        f"MaximumPasswordAge = {said['age'] or -1}",
        f"MinimumPasswordLength = {said['length']}",
        f"PasswordComplexity = {int(said['complex'])}",
        f"PasswordHistorySize = {said['history']}",
        f"LockoutBadCount = {said['lockout']}",
        *([f"{name} = {said.get('minutes', 30)}" for name in ("ResetLockoutCount", "LockoutDuration")] if said["lockout"] else []),
        "RequireLogonToChangePassword = 0",
        "ForceLogoffWhenHourExpire = 0",
        'NewAdministratorName = "Administrator"',
        'NewGuestName = "Guest"',
        "ClearTextPassword = 0",
        "LSAAnonymousNameLookup = 0",
        f"EnableAdminAccount = {int(enabled.get('500', False))}",
        f"EnableGuestAccount = {int(enabled.get('501', False))}",
        "[Event Audit]",
    ]
    names = "SystemEvents LogonEvents ObjectAccess PrivilegeUse PolicyChange AccountManage ProcessTracking DSAccess AccountLogon"
    lines += [f"Audit{name} = {audit}" for name in names.split()]
    lines += ["[Privilege Rights]", *(f"{name} = {holders}" for name, holders in m.said.get("rights", _RIGHTS).items())]
    return "\n".join([*lines, "[Version]", 'signature="$CHICAGO$"', "Revision=1", ""])


_RIGHTS = {
    "SeNetworkLogonRight": "*S-1-5-32-544,*S-1-5-11",
    "SeRemoteInteractiveLogonRight": "*S-1-5-32-544,*S-1-5-32-555",
    "SeDebugPrivilege": "*S-1-5-32-544",
    "SeBackupPrivilege": "*S-1-5-32-544,*S-1-5-32-551",
}


def _audit(m: WindowsMachine) -> str:
    heads = m.say(
        "コンピューター名,ポリシー ターゲット,サブカテゴリ,サブカテゴリの GUID,包含設定,除外設定",
        "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting",
    )
    state = m.say("成功および失敗", "Success and Failure") if m.said["audit"] else m.say("監査なし", "No Auditing")
    listed = [line.split("\t") for line in (SOURCE / "windows_audit.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    rows = [f"{m.host},System,{m.say(ja, en)},{{{guid}}},{state}," for guid, ja, en in listed]
    return "\n".join(["", heads, *rows, ""])


def _gpresult(m: WindowsMachine) -> str:
    if not m.domain:
        return ""
    who, applied = m.said["run_by"], m.said.get("policies", ()) or ("N/A",)
    kind = m.say({"client": "メンバー ワークステーション", "server": "メンバー サーバー", "dc": "プライマリ ドメイン コントローラー"}[m.kind],
                 {"client": "Member Workstation", "server": "Member Server", "dc": "Primary Domain Controller"}[m.kind])  # fmt: skip
    where = ",".join(f"DC={part}" for part in m.domain.split("."))
    at = m.say(f"{m.local:%Y/%m/%d} (8:41:10)", f"{m.local.month}/{m.local.day}/{m.local.year} at 8:41:10 AM")
    title = m.say(
        f"{m.host} 上の {m.short_domain}\\{who} の RSOP データ : ログ モード",
        f"RSOP data for {m.short_domain}\\{who} on {m.host} : Logging Mode",
    )

    def half(name: str, object_name: str, groups: str, members: tuple[str, ...], policies: Any) -> list[str]:
        return [
            name,
            "-" * len(name.encode("cp932")),
            f"    CN={object_name},OU=Hospital,{where}",
            f"    {m.say('前回のグループ ポリシーの適用時:   ', 'Last time Group Policy was applied: ')}{at}",
            f"    {m.say('グループ ポリシーの適用元:         ', 'Group Policy was applied from:      ')}{m.said['logon_server']}.{m.domain}",
            f"    {m.say('グループ ポリシーの低速リンクのしきい値:   500 kbps', 'Group Policy slow link threshold:   500 kbps')}",
            f"    {m.say('ドメイン名:                        ', 'Domain Name:                        ')}{m.short_domain}",
            f"    {m.say('ドメインの種類:                    ', 'Domain Type:                        ')}Windows 2008 or later",
            "",
            f"    {m.say('適用されたグループ ポリシー オブジェクト', 'Applied Group Policy Objects')}",
            f"    {'-' * len(m.say('適用されたグループ ポリシー オブジェクト', 'Applied Group Policy Objects').encode('cp932'))}",
            *(f"        {policy}" for policy in policies),
            "",
            f"    {groups}",
            f"    {'-' * len(groups.encode('cp932'))}",
            *(f"        {member}" for member in members),
            "",
            "",
        ]

    lines = [
        "",
        m.say(
            "Microsoft (R) Windows (R) Operating System グループ ポリシーの結果ツール v2.0",
            "Microsoft (R) Windows (R) Operating System Group Policy Result tool v2.0",
        ),
        "(c) 2018 Microsoft Corporation. All rights reserved.",
        "",
        m.say(f"作成日 {m.local:%Y/%m/%d} 時刻 9:10:00", f"Created on {m.local.month}/{m.local.day}/{m.local.year} at 9:10:00 AM"),
        "",
        "",
        title,
        "-" * len(title.encode("cp932")),
        "",
        f"{m.say('OS 構成:                       ', 'OS Configuration:              ')}{kind}",
        f"{m.say('OS バージョン:                 ', 'OS Version:                    ')}{m.system['version']}",
        f"{m.say('サイト名:                      ', 'Site Name:                     ')}Default-First-Site-Name",
        f"{m.say('移動プロファイル:              ', 'Roaming Profile:               ')}N/A",
        f"{m.say('ローカル プロファイル:         ', 'Local Profile:                 ')}C:\\Users\\{who}",
        f"{m.say('低速リンクで接続しますか?:     いいえ', 'Connected over a slow link?:   No')}",
        "",
        "",
    ]
    lines += half(m.say("コンピューターの設定", "COMPUTER SETTINGS"), m.host,
                  m.say("コンピューターは次のセキュリティ グループの一部です", "The computer is a part of the following security groups"),
                  ("BUILTIN\\Administrators", "Everyone", f"{m.host}$", "Domain Computers"), applied)  # fmt: skip
    lines += half(m.say("ユーザー設定", "USER SETTINGS"), who,
                  m.say("ユーザーは次のセキュリティ グループの一部です", "The user is a part of the following security groups"),
                  ("Domain Users", "Everyone"), ("N/A",))  # fmt: skip
    return "\n".join(lines)


CONSOLE: Mapping[str, Callable[[WindowsMachine], str]] = {
    "share.txt": _share,
    "user.txt": _user,
    "admins.txt": lambda m: _group(m, "Administrators"),
    "rdusers.txt": lambda m: _group(m, "Remote Desktop Users"),
    "accounts.txt": _accounts,
    "dompolicy.txt": _accounts,
    "secedit.inf": _secedit,
    "audit.txt": _audit,
    "gpresult.txt": _gpresult,
}
