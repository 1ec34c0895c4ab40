"""What a machine prints about its logs and the products that protect it."""

from __future__ import annotations

from hospitals_kit import Section, absent, capture, file_section, replaced
from hospitals_machine import Machine


def logging_sections(machine: Machine) -> list[Section]:
    """Return what the probe of logs prints."""
    names = {service.process for service in machine.services if service.state == "running"}
    running = [name for name in ("rsyslogd", "systemd-journald", "auditd") if name in names]
    programs = ["/usr/sbin/rsyslogd" if "rsyslogd" in names else "", "/usr/bin/journalctl", "/usr/sbin/auditd" if "auditd" in names else ""]
    sections = capture("logging", machine.get("logging", "local"))
    drop = [] if "auditd" in names else [file_section("auditd", []), file_section("audisp", [])]
    text = "\n".join([*(name for name in programs if name), "/usr/sbin/logrotate", "/lib/systemd/systemd-journald", "searched"])
    return replaced(
        sections, [Section("running", "\n".join([*(name[:15] for name in running), "searched"])), Section("programs", text), *drop]
    )


def security_sections(machine: Machine) -> list[Section]:
    """Return what the probe of protecting products prints."""
    said = machine.said.get("security", {})
    names = sorted({service.process[:15] for service in machine.services if service.state == "running"} | {"systemd"})
    paths = [path for service in machine.services for path in service.programs if path in PROTECTING] + list(said.get("paths", ()))
    signatures, aide = said.get("signatures"), said.get("aide")
    apparmor = machine.debian and said.get("apparmor", True)
    selinux = said.get("selinux")
    definitions = (
        f"/var/lib/clamav/daily.cld ClamAV-VDB:{signatures:%d %b %Y} 09-41 +0000:27900:2068000:63:X:X:raynman:17" if signatures else ""
    )
    return [
        Section("running", "\n".join([*names, "searched ."])),
        Section("paths", "\n".join([*dict.fromkeys(paths), "searched"])),
        Section("signatures", definitions, 0 if signatures else 1),
        Section("clamav", f"ClamAV 1.0.9/27900/{signatures:%a %b %e} 09:41:00 {signatures.year}" if signatures else "", 0 if signatures else 127),
        Section("baselines", f"-rw------- 1 root root 21500000 {aide} /var/lib/aide/aide.db\nsearched" if aide else "searched"),
        Section("selinux", f"enforce {int(selinux == 'enforcing')}" if selinux in ("enforcing", "permissive") else "", 0 if selinux in ("enforcing", "permissive") else 127),
        file_section("selinux-config", [("/etc/selinux/config", f"SELINUX={selinux}\nSELINUXTYPE=targeted")] if selinux else []),
        file_section("apparmor", [("/sys/module/apparmor/parameters/enabled", "Y" if apparmor else "N")] if machine.debian else []),
        file_section("apparmor-profiles", [("/sys/kernel/security/apparmor/profiles", "/usr/sbin/ntpd (enforce)\n/usr/sbin/rsyslogd (enforce)")] if apparmor else []),
        file_section("lsm", [("/sys/kernel/security/lsm", "lockdown,capability,yama,apparmor" if apparmor else "capability")]),
        Section("auditctl", "enabled 1\nfailure 1\npid 612\nlost 0\nbacklog 0" if "auditd" in names else "", 0 if "auditd" in names else 127),
        file_section("usbguard", [("/etc/usbguard/usbguard-daemon.conf", "ImplicitPolicyTarget=block\nPresentDevicePolicy=apply-policy")] if "usbguard-daemon" in names else []),
        *absent("mdatp"),
    ]  # fmt: skip


PROTECTING = frozenset(
    (
        "/usr/bin/clamscan",
        "/usr/sbin/clamd",
        "/usr/bin/freshclam",
        "/usr/sbin/auditd",
        "/usr/bin/fail2ban-server",
        "/usr/bin/aide",
        "/usr/sbin/usbguard-daemon",
        "/usr/bin/usbguard",
        "/opt/ds_agent",
    )
)
