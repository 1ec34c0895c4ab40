"""The TCP ports the gentle profile asks: what stands in hospitals and what an attacker would look for, and nothing else.

A look at `network_ports` is complete when all of them were asked; a check on that table may speak of no other port.
"""

from __future__ import annotations

from dataclasses import dataclass

from omamori.model.text import Text


@dataclass(frozen=True, slots=True)
class GentlePort:
    """A port, what usually stands behind it (a code of `recognised.SERVICES`), and why it is asked."""

    port: int
    service: str
    name: Text


GENTLE: tuple[GentlePort, ...] = (
    GentlePort(21, "plain-text-login", Text("FTP(暗号のないファイル転送)", "FTP, file transfer in plain text")),
    GentlePort(22, "remote-shell", Text("SSH", "SSH")),
    GentlePort(23, "plain-text-login", Text("Telnet(暗号のない操作)", "Telnet, login in plain text")),
    GentlePort(53, "names", Text("DNS", "DNS")),
    GentlePort(80, "web", Text("Web(暗号なし)、機器の管理画面", "web without encryption, management pages")),
    GentlePort(88, "directory", Text("Kerberos(ドメインコントローラ)", "Kerberos, a domain controller")),
    GentlePort(104, "dicom", Text("DICOM", "DICOM")),
    GentlePort(111, "file-share", Text("RPC(NFSの入口)", "RPC, the entrance to NFS")),
    GentlePort(135, "management", Text("WindowsのRPC", "Windows RPC")),
    GentlePort(139, "file-share", Text("NetBIOS(古いファイル共有)", "NetBIOS, old file sharing")),
    GentlePort(389, "directory", Text("LDAP", "LDAP")),
    GentlePort(443, "web", Text("Web、VPN装置、機器の管理画面", "web, VPN devices, management pages")),
    GentlePort(445, "file-share", Text("SMB(ファイル共有)", "SMB, file sharing")),
    GentlePort(515, "printer", Text("LPD(印刷)", "LPD, printing")),
    GentlePort(554, "camera", Text("RTSP(カメラ)", "RTSP, cameras")),
    GentlePort(631, "printer", Text("IPP(印刷)", "IPP, printing")),
    GentlePort(873, "backup", Text("rsync(バックアップ)", "rsync, backups")),
    GentlePort(902, "hypervisor", Text("VMware ESXi", "VMware ESXi")),
    GentlePort(1433, "database", Text("SQL Server", "SQL Server")),
    GentlePort(1521, "database", Text("Oracle", "Oracle")),
    GentlePort(1723, "vpn", Text("PPTP(古いVPN)", "PPTP, an old VPN")),
    GentlePort(1972, "database", Text("Caché・IRIS", "Caché, IRIS")),
    GentlePort(2049, "file-share", Text("NFS", "NFS")),
    GentlePort(2575, "hl7", Text("HL7 MLLP", "HL7 MLLP")),
    GentlePort(3260, "backup", Text("iSCSI(ディスク)", "iSCSI, disks")),
    GentlePort(3306, "database", Text("MySQL・MariaDB", "MySQL, MariaDB")),
    GentlePort(3389, "remote-desktop", Text("リモートデスクトップ", "Remote Desktop")),
    GentlePort(4242, "dicom", Text("DICOM(Orthancなど)", "DICOM (Orthanc and others)")),
    GentlePort(5432, "database", Text("PostgreSQL", "PostgreSQL")),
    GentlePort(5900, "remote-control", Text("VNC", "VNC")),
    GentlePort(5985, "management", Text("WinRM", "WinRM")),
    GentlePort(8000, "orca", Text("ORCA、バックアップのサーバなど", "ORCA, backup servers and others")),
    GentlePort(8006, "hypervisor", Text("Proxmox", "Proxmox")),
    GentlePort(8042, "web", Text("Orthancの管理画面", "Orthanc's management page")),
    GentlePort(8080, "web", Text("Web(部門システムなど)", "web (department systems and others)")),
    GentlePort(8443, "web", Text("Web(管理画面)", "web (management pages)")),
    GentlePort(9100, "printer", Text("印刷(JetDirect)", "printing (JetDirect)")),
    GentlePort(9392, "backup", Text("Veeam", "Veeam")),
    GentlePort(10000, "backup", Text("NDMP、Webmin", "NDMP, Webmin")),
    GentlePort(10443, "vpn", Text("SSL-VPN(FortiGateなど)", "SSL VPN (FortiGate and others)")),
    GentlePort(11112, "dicom", Text("DICOM", "DICOM")),
)
"""In order of number."""

GENTLE_PORTS: tuple[int, ...] = tuple(one.port for one in GENTLE)
"""Their numbers."""

NEVER_PROBED: frozenset[int] = frozenset({104, 2575, 4242, 11112, *range(9100, 9108)})
"""Ports that no version detection may send a byte to: DICOM and HL7 listeners may hang, printers print what they get."""

NEVER_DICOM: frozenset[int] = frozenset({2575, *range(9100, 9108)})
"""Ports an approval cannot name for a C-ECHO: HL7 and printers."""
