"""Descriptions of the tables of the network: what scans and devices saw, and how network devices are configured."""

from __future__ import annotations

from omamori.model import device, sightings, ways_in
from omamori.model.schema import describe
from omamori.model.text import Text

NETWORK_TABLES = (
    describe("scans", sightings.Scan, group="network", keeps="event", title=Text("スキャン", "Scans"), sources=("scan.run", "nmap.xml")),
    describe(
        "network_hosts",
        sightings.NetworkHost,
        group="network",
        keeps="sightings",
        title=Text("応答した機器", "Addresses that answered"),
        sources=("scan.run", "nmap.xml"),
    ),
    describe(
        "network_ports",
        sightings.NetworkPort,
        group="network",
        keeps="sightings",
        title=Text("外から見たポート", "Ports seen from the network"),
        sources=("scan.run", "nmap.xml"),
    ),
    describe(
        "dicom_answers",
        sightings.DicomAnswer,
        group="network",
        keeps="sightings",
        title=Text("DICOMの応答", "Answers to DICOM echoes"),
        sources=("scan.dicom",),
    ),
    describe(
        "leases",
        sightings.Lease,
        group="network",
        title=Text("DHCPの割り当て", "DHCP leases"),
        sources=("network.leases", "network.console", "device.config", "windows.commands"),
    ),
    describe(
        "forwarding_entries",
        sightings.ForwardingEntry,
        group="network",
        title=Text("スイッチのMACアドレス表", "MAC address tables"),
        sources=("network.console", "device.config"),
    ),
    describe(
        "flows",
        sightings.Flow,
        group="network",
        keeps="event",
        title=Text("記録された通信", "Logged flows"),
        sources=("network.firewall_log",),
    ),
    describe(
        "followed_connections",
        sightings.FollowedConnection,
        group="network",
        keeps="event",
        title=Text("ルーターを通っている通信", "Connections followed"),
        sources=("linux.conntrack",),
    ),
    # configurations of devices
    describe(
        "device_facts",
        device.DeviceFact,
        group="network",
        title=Text("ネットワーク機器", "Network devices"),
        sources=("device.config", "linux.kernel", "device.other"),
    ),
    describe(
        "device_interfaces",
        device.DeviceInterface,
        group="network",
        title=Text("ネットワーク機器の接続口", "Interfaces of network devices"),
        sources=("device.config",),
    ),
    describe(
        "device_routes",
        device.DeviceRoute,
        group="network",
        title=Text("ネットワーク機器の経路", "Routes of network devices"),
        sources=("device.config", "linux.routes"),
    ),
    describe(
        "device_chains",
        device.DeviceChain,
        group="network",
        title=Text("規則の並び", "Chains of rules"),
        sources=("device.config", "linux.firewall"),
    ),
    describe(
        "device_rules",
        device.DeviceRule,
        group="network",
        title=Text("ネットワーク機器の規則", "Rules of network devices"),
        sources=("device.config", "linux.firewall"),
    ),
    describe("device_vpns", device.DeviceVpn, group="network", title=Text("VPN", "Tunnels"), sources=("device.config", "linux.tunnels")),
    describe(
        "device_accounts",
        device.DeviceAccount,
        group="network",
        title=Text("ネットワーク機器のアカウント", "Accounts of network devices"),
        sources=("device.config",),
    ),
    describe(
        "device_access",
        device.DeviceAccess,
        group="network",
        title=Text("ネットワーク機器の管理画面", "Administration of network devices"),
        sources=("device.config",),
    ),
    describe(
        "device_logs",
        device.DeviceLog,
        group="network",
        title=Text("ネットワーク機器のログ先", "Logs of network devices"),
        sources=("device.config",),
    ),
    describe(
        "device_secrets",
        device.DeviceSecret,
        group="network",
        title=Text("設定にある秘密", "Secrets in configurations"),
        sources=("device.config",),
    ),
    describe(
        "device_unread",
        device.DeviceUnread,
        group="network",
        title=Text("読み取れなかった設定", "Configuration lines not understood"),
        sources=("device.config", "linux.firewall", "device.other"),
    ),
    describe(
        "sessions",
        ways_in.Session,
        group="network",
        keeps="event",
        title=Text("ログインの記録", "Logins"),
        sources=("linux.logins", "device.logins"),
    ),
)
"""In the order of the generated docs."""
