"""Descriptions of the tables of hosts."""

from __future__ import annotations

from omamori.model import access, host, network, windows
from omamori.model.schema import describe
from omamori.model.text import Text

WINDOWS = ("windows.commands",)

HOST_TABLES = (
    describe("hosts", host.Host, group="host", title=Text("機器の基本情報", "Hosts"), sources=("linux.host", "windows.commands")),
    describe(
        "software", host.Software, group="host", title=Text("ソフトウエア", "Software"), sources=("linux.software", "windows.commands")
    ),
    describe("patches", host.Patch, group="host", title=Text("適用済みの更新", "Installed updates"), sources=("windows.commands",)),
    describe(
        "pending_updates", host.PendingUpdate, group="host", title=Text("未適用の更新", "Pending updates"), sources=("linux.updates",)
    ),
    describe(
        "update_policy",
        host.UpdatePolicy,
        group="host",
        title=Text("更新の設定", "Update policy"),
        sources=("linux.updates", "windows.commands"),
    ),
    describe("services", host.Service, group="host", title=Text("サービス", "Services"), sources=("linux.services", "windows.commands")),
    describe("tasks", host.Task, group="host", title=Text("定期実行", "Scheduled tasks"), sources=("linux.tasks", "windows.commands")),
    describe("processes", host.Process, group="host", title=Text("プロセス", "Processes"), sources=("linux.processes", "windows.commands")),
    describe("mounts", host.Mount, group="host", title=Text("マウント", "Mounts"), sources=("linux.mounts", "windows.commands")),
    describe("kernel_settings", host.KernelSetting, group="host", title=Text("カーネル設定", "Kernel settings"), sources=("linux.kernel",)),
    describe(
        "server_settings",
        host.ServerSetting,
        group="host",
        title=Text("サーバソフトの設定", "Server settings"),
        sources=("linux.server_settings", "windows.commands"),
    ),
    describe(
        "file_permissions", host.FilePermission, group="host", title=Text("ファイルの権限", "File permissions"), sources=("linux.files",)
    ),
    describe(
        "usb_history", host.UsbDevice, group="host", title=Text("USB接続履歴", "USB history"), sources=("linux.usb", "windows.commands")
    ),
    describe(
        "scheduled_backups",
        host.ScheduledBackup,
        group="host",
        title=Text("バックアップの設定", "Scheduled backups"),
        sources=("linux.backups", "windows.commands"),
    ),
    describe(
        "interfaces",
        network.Interface,
        group="host",
        title=Text("ネットワーク接続", "Interfaces"),
        sources=("linux.interfaces", "windows.commands", "network.console", "device.config"),
    ),
    describe("routes", network.Route, group="host", title=Text("経路", "Routes"), sources=("linux.routes", "windows.commands")),
    describe(
        "neighbours",
        network.Neighbour,
        group="host",
        title=Text("隣の機器", "Neighbours"),
        sources=("linux.neighbours", "windows.commands", "network.console", "device.config"),
    ),
    describe(
        "outbound_settings",
        network.OutboundSetting,
        group="host",
        title=Text("外向きの設定", "Outbound settings"),
        sources=("linux.outbound", "windows.commands"),
    ),
    describe(
        "listeners",
        network.Listener,
        group="host",
        title=Text("待ち受けポート", "Listening ports"),
        sources=("linux.sockets", "windows.commands"),
    ),
    describe(
        "connections",
        network.Connection,
        group="host",
        keeps="event",
        title=Text("通信先", "Connections"),
        sources=("linux.sockets", "windows.commands"),
    ),
    describe(
        "firewall_profiles",
        network.FirewallProfile,
        group="host",
        title=Text("ファイアウォールの状態", "Firewall profiles"),
        sources=("linux.firewall", "windows.commands"),
    ),
    describe(
        "firewall_rules",
        network.FirewallRule,
        group="host",
        title=Text("ファイアウォールの規則", "Firewall rules"),
        sources=("linux.firewall", "windows.commands"),
    ),
    describe(
        "accounts", access.Account, group="host", title=Text("アカウント", "Accounts"), sources=("linux.accounts", "windows.commands")
    ),
    describe(
        "group_members",
        access.GroupMember,
        group="host",
        title=Text("グループのメンバー", "Group members"),
        sources=("linux.accounts", "windows.commands"),
    ),
    describe("sudo_rules", access.SudoRule, group="host", title=Text("sudoの権限", "Sudo rules"), sources=("linux.sudo",)),
    describe(
        "password_policy",
        access.PasswordPolicy,
        group="host",
        title=Text("パスワードの規則", "Password policy"),
        sources=("linux.password_policy", "windows.commands"),
    ),
    describe("ssh_settings", access.SshSetting, group="host", title=Text("SSHサーバの設定", "SSH server settings"), sources=("linux.ssh",)),
    describe(
        "security_products",
        access.SecurityProduct,
        group="host",
        title=Text("対策ソフト", "Security products"),
        sources=("linux.security", "windows.commands"),
    ),
    describe(
        "log_settings",
        access.LogSetting,
        group="host",
        title=Text("ログの設定", "Log settings"),
        sources=("linux.logging", "windows.commands"),
    ),
    describe("shares", access.Share, group="host", title=Text("共有フォルダ", "Shares"), sources=("linux.shares", "windows.commands")),
    describe(
        "share_access",
        access.ShareAccess,
        group="host",
        title=Text("共有のアクセス権", "Share access"),
        sources=("linux.shares", "windows.commands"),
    ),
    describe(
        "share_settings",
        access.ShareSetting,
        group="host",
        title=Text("共有サーバの設定", "Share settings"),
        sources=("linux.shares", "windows.commands"),
    ),
    # windows
    describe("server_roles", windows.ServerRole, group="host", title=Text("役割と機能", "Roles and features"), sources=WINDOWS),
    describe("windows_settings", windows.WindowsSetting, group="host", title=Text("Windowsの設定", "Windows settings"), sources=WINDOWS),
    describe("audit_settings", windows.AuditSetting, group="host", title=Text("監査の設定", "Audit settings"), sources=WINDOWS),
    describe("user_rights", windows.UserRight, group="host", title=Text("ユーザーの権利", "User rights"), sources=WINDOWS),
    describe("group_policies", windows.GroupPolicy, group="host", title=Text("グループポリシー", "Group policies"), sources=WINDOWS),
    describe(
        "file_access",
        windows.FileAccess,
        group="host",
        title=Text("サービスのファイルの権限", "Rights on service programs"),
        sources=WINDOWS,
    ),
    describe(
        "known_networks",
        windows.KnownNetwork,
        group="host",
        title=Text("つないだことのあるネットワーク", "Known networks"),
        sources=WINDOWS,
    ),
    describe(
        "domain_computers",
        windows.DomainComputer,
        group="host",
        title=Text("ドメインのコンピュータ", "Computers of the domain"),
        sources=WINDOWS,
    ),
    describe(
        "protection_exclusions",
        windows.ProtectionExclusion,
        group="host",
        title=Text("ウイルス対策の除外", "What protection leaves out"),
        sources=WINDOWS,
    ),
    describe(
        "startup_programs",
        windows.StartupProgram,
        group="host",
        title=Text("ログオン時に始まるプログラム", "Programs that start at logon"),
        sources=WINDOWS,
    ),
    describe(
        "macro_settings",
        windows.MacroSetting,
        group="host",
        title=Text("Officeのマクロの設定", "Macro settings of Office"),
        sources=WINDOWS,
    ),
    describe("consents", windows.Consent, group="host", title=Text("調べる前の確認", "Answers before a look"), sources=WINDOWS),
)
"""In the order of the generated docs."""
