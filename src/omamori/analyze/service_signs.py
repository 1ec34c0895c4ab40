"""What shows which service a port is: its number, what answered, the program behind it, the ledger's words. Pure.

Only the machine itself, the ledger and an accepted DICOM C-ECHO make it certain. A number is a habit, and a banner may be another
machine's behind a forwarded port (docs/decisions/0030-one-machine-on-the-network.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.gentle import GENTLE

_MORE_PORTS = {
    ("tcp", 465): "other", ("tcp", 636): "directory", ("tcp", 3268): "directory", ("tcp", 1434): "database", ("udp", 1434): "database",
    ("tcp", 6379): "database", ("tcp", 27017): "database", ("tcp", 50000): "database", ("tcp", 2762): "dicom", ("tcp", 5901): "remote-control",
    ("tcp", 5800): "remote-control", ("tcp", 5986): "management", ("tcp", 623): "management", ("udp", 623): "management",
    ("udp", 161): "management", ("udp", 53): "names", ("udp", 67): "names", ("tcp", 514): "plain-text-login", ("tcp", 513): "plain-text-login",
    ("udp", 500): "vpn", ("udp", 4500): "vpn", ("udp", 1194): "vpn", ("tcp", 1194): "vpn", ("udp", 51820): "vpn", ("udp", 1701): "vpn",
    ("tcp", 9401): "backup", ("tcp", 6106): "backup", ("tcp", 8200): "backup", ("tcp", 37777): "camera", ("udp", 69): "other",
    ("tcp", 5357): "other", ("udp", 123): "other", ("udp", 514): "other", ("tcp", 548): "file-share", ("tcp", 8043): "web",
    ("tcp", 8081): "web", ("tcp", 8888): "web", ("tcp", 9443): "web", ("tcp", 81): "web",
}  # fmt: skip
PORTS: Mapping[tuple[str, int], str] = MappingProxyType({("tcp", one.port): one.service for one in GENTLE} | _MORE_PORTS)
"""What usually stands behind a port."""

_ANSWERED: Mapping[str, str] = MappingProxyType({
    "ssh": "remote-shell", "telnet": "plain-text-login", "ftp": "plain-text-login", "login": "plain-text-login", "shell": "plain-text-login",
    "http": "web", "https": "web", "http-alt": "web", "http-proxy": "web", "ssl/http": "web", "ms-wbt-server": "remote-desktop",
    "vnc": "remote-control", "vnc-http": "remote-control", "microsoft-ds": "file-share", "netbios-ssn": "file-share", "nfs": "file-share",
    "rpcbind": "file-share", "afp": "file-share", "ms-sql-s": "database", "mysql": "database", "postgresql": "database", "oracle-tns": "database",
    "mongodb": "database", "redis": "database", "ldap": "directory", "ldapssl": "directory", "kerberos-sec": "directory", "kpasswd5": "directory",
    "domain": "names", "rtsp": "camera", "ipp": "printer", "printer": "printer", "jetdirect": "printer", "pptp": "vpn", "openvpn": "vpn",
    "isakmp": "vpn", "snmp": "management", "msrpc": "management", "wsman": "management", "asf-rmcp": "management", "vmware-auth": "hypervisor",
    "rsync": "backup", "iscsi": "backup", "ndmp": "backup", "dicom": "dicom",
})  # fmt: skip
"""Service by the name nmap gives what *answered* it; of names by the number alone nothing is taken."""

_PRODUCTS = (
    (re.compile(r"\borthanc\b|\bdcm4che|\bconquest\b|\bdcmtk\b", re.IGNORECASE), "dicom"),
    (re.compile(r"\besxi?\b|\bvsphere\b|\bproxmox\b|\bxenserver\b", re.IGNORECASE), "hypervisor"),
    (re.compile(r"\brest-server\b|\bveeam\b|\bbareos\b|\bacronis\b|\barcserve\b", re.IGNORECASE), "backup"),
    (re.compile(r"\bjma-receipt\b|\borca\b", re.IGNORECASE), "orca"),
)

_PROGRAMS = (
    ("remote-shell", r"sshd|dropbear|freesshd|bvsshserver|winsshd"),
    ("file-share", r"smbd|nmbd|nfsd|rpc\.mountd|mountd|ksmbd|afpd"),
    ("database", r"postgres|postmaster|mysqld|mariadbd|sqlservr|sqlbrowser|oracle|tnslsnr|redis-server|mongod|irisdb|cache|ccache|db2sysc|fbserver"),
    ("dicom", r"orthanc|storescp|dcmqrscp|dcmrcv|dcmqrdb|dgate|dcm4chee|dcmrecv|pacsone"),
    ("hl7", r"mllp|hl7|mirth|hl7listener|mllp-server|hapi"),
    ("orca", r"dbslb|panda|glserver|wfc|monitor-orca|jma-receipt|orca"),
    ("printer", r"cupsd|lpd|spoolsv|jetdirect"),
    ("hypervisor", r"hostd|vpxd|pveproxy|spiceproxy|libvirtd|virtqemud|vmms|vmware-hostd|xapi"),
    ("backup", r"restic|rest-server|rsync|rsyncd|bareos-(?:fd|sd|dir)|bacula-(?:fd|sd|dir)|veeam.*|beremote|ndmpd|urbackupsrv|tgtd"),
    ("remote-control", r"x11vnc|xvnc|xtightvnc|xtigervnc|tvnserver|winvnc4?|vncserver|uvnc_service|vino-server|teamviewer.*|anydesk|tv_x64|rustdesk"),
    ("remote-desktop", r"xrdp|xrdp-sesman|gnome-remote-desktop-daemon|termservice"),
    ("plain-text-login", r"telnetd|in\.telnetd|inetutils-telnetd|vsftpd|proftpd|pure-ftpd|in\.ftpd|ftpd|ftpsvc|tlntsvr|rlogind|rshd"),
    ("web", r"nginx|apache2|httpd|lighttpd|caddy|w3wp|tomcat\d*|haproxy"),
    ("directory", r"slapd|ns-slapd|lsass|samba|krb5kdc|ntds"),
    ("names", r"named|dnsmasq|unbound|dns|dhcpd|kea-dhcp4|systemd-resolved"),
    ("management", r"snmpd|snmp|snmptrapd|ipmi.*|zabbix_agentd|winrm"),
    ("vpn", r"openvpn|charon|pluto|xl2tpd|pptpd|wireguard-go|softethervpn|vpnserver|sstpd|ocserv"),
    ("camera", r"rtsp.*|motion|zoneminder|zmc|mediamtx"),
)  # fmt: skip
_PROGRAM_PATTERNS = tuple((service, re.compile(rf"(?:{pattern})(?:\.exe)?", re.IGNORECASE)) for service, pattern in _PROGRAMS)
_WINDOWS = frozenset({"system", "svchost", "svchost.exe", "lsass.exe", "services.exe"})
"""Programs of Windows behind which many services stand: there the number is the service's own."""
_WINDOWS_PORTS: Mapping[tuple[str, int], str] = MappingProxyType({
    ("tcp", 135): "management", ("tcp", 139): "file-share", ("tcp", 445): "file-share", ("tcp", 3389): "remote-desktop", ("udp", 3389): "remote-desktop",
    ("tcp", 5985): "management", ("tcp", 5986): "management", ("tcp", 88): "directory", ("tcp", 389): "directory", ("udp", 161): "management",
})  # fmt: skip

_WORDS = MappingProxyType({
    "dicom": r"dicom|pacs|モダリティ|modality|画像|撮影|\bct\b|\bmri?\b|x線|レントゲン|超音波|内視鏡|マンモ",
    "hl7": r"hl7|mllp|オーダ|order|検査|lis\b|検体",
    "orca": r"orca|オルカ|日レセ|レセコン|レセプト",
    "printer": r"プリンタ|複合機|印刷|printer|print",
    "database": r"データベース|database|\bdb\b|sql|oracle|postgres|iris|cach[eé]",
    "backup": r"バックアップ|backup|rdx|veeam|arcserve|restic",
    "hypervisor": r"仮想|esxi|vsphere|hyper-?v|proxmox",
    "camera": r"カメラ|camera|監視映像",
    "file-share": r"共有|ファイルサーバ|file ?server|nas\b|ss-?mix",
    "remote-desktop": r"リモートデスクトップ|rdp|remote desktop",
    "web": r"web|ウェブ|ブラウザ|電子カルテ|portal",
    "directory": r"\bad\b|active directory|ドメイン|ldap|domain controller",
    "names": r"dns|dhcp",
    "vpn": r"vpn",
})  # fmt: skip
_SS_MIX = re.compile(r"ss-?_?mix", re.IGNORECASE)


def by_number(protocol: str, port: int | None) -> str:
    """Return what usually stands behind a port (a code of SERVICES); other where nothing does."""
    return PORTS.get((protocol, port or 0), "other")


def by_answer(service: str | None, product: str | None, banner: str | None) -> str | None:
    """Return the service by what answered a scanner's probe; None where it says nothing that is known."""
    text = f"{product or ''} {banner or ''}"
    for pattern, found in _PRODUCTS:
        if pattern.search(text):
            return found
    return _ANSWERED.get((service or "").lower())


def by_program(protocol: str, port: int | None, process: str | None) -> str | None:
    """Return the service by the program that listens; None where the program may be anything (a runtime, an unknown one)."""
    name = (process or "").strip().replace("\\", "/").rsplit("/", 1)[-1].lower()
    if not name:
        return None
    if name in _WINDOWS:
        return _WINDOWS_PORTS.get((protocol, port or 0))
    if name in ("inetd", "xinetd", "inetutils-inetd", "systemd"):
        return by_number(protocol, port) if by_number(protocol, port) == "plain-text-login" else None
    return next((service for service, pattern in _PROGRAM_PATTERNS if pattern.fullmatch(name)), None)


def said_by_ledger(service: str, *texts: str | None) -> bool:
    """Return whether the ledger's words on a machine (purpose, software, name) mean this service."""
    pattern = _WORDS.get(service)
    return pattern is not None and any(re.search(pattern, text or "", re.IGNORECASE) for text in texts)


def is_ss_mix(*texts: str | None) -> bool:
    """Return whether the name or folder of a share says SS-MIX2, the standardised storage of records."""
    return any(_SS_MIX.search(text or "") for text in texts)
