"""What a machine prints about accounts, rules and files, protection, logs, shares and backups."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hospitals_kit import Probes, Section, absent, capture, file_section, replaced
from hospitals_machine import Machine
from hospitals_protect import PROTECTING, logging_sections, security_sections

_SERVER_SECTIONS = [
    "postgresql",
    "mysql",
    "nginx",
    "apache",
    "orthanc",
    "snmpd",
    "ftp",
    "redis",
    "mongodb",
    "dns",
    "cups",
    "vnc",
    "tomcat",
    "docker",
    "squid",
    "rsyncd",
    "orca",
]


def probes(machine: Machine) -> Probes:
    """Return the probes that tell who may do what, and what protects the machine."""
    return {
        "accounts": _accounts(machine),
        "sudo": capture("sudo", machine.get("sudo", "default")),
        "password_policy": capture("password_policy", machine.get("password_policy", "default")),
        "ssh": capture("ssh", machine.get("ssh", "default")),
        "files": _files(machine),
        "firewall": capture("firewall", machine.get("firewall", "none")),
        "shares": _shares(machine),
        "kernel": capture("kernel", machine.get("kernel_settings", "default")),
        "logging": logging_sections(machine),
        "security": security_sections(machine),
        "server_settings": _settings(machine),
        "mounts": _mounts(machine),
        "usb": _usb(machine),
        "backups": _backups(machine),
    }


def _moment(text: object) -> datetime | None:
    if text is None:
        return None
    return text if isinstance(text, datetime) else datetime.fromisoformat(str(text))


def _everybody(machine: Machine) -> list[dict[str, Any]]:
    """Accounts of people and of the system, in the order of their numbers."""
    own = [dict(item) for item in machine.said["accounts"]]
    names = {item["name"] for item in own}
    system = [
        {
            "name": name,
            "uid": uid,
            "password": "locked",
            "shell": "/usr/sbin/nologin",
            "home": f"/var/lib/{name}",
            "changed": machine.said["installed"],
        }
        for name, uid in machine.system["accounts"].items()
        if name not in names
    ]
    known = names | {item["name"] for item in system}
    extra = sorted({service.account for service in machine.services} - known)
    system += [
        {
            "name": name,
            "uid": 120 + place,
            "password": "locked",
            "shell": "/usr/sbin/nologin",
            "home": f"/var/lib/{name}",
            "changed": machine.said["installed"],
        }
        for place, name in enumerate(extra)
    ]
    return sorted(own + system, key=lambda item: int(item["uid"]))


def _home(item: dict[str, Any]) -> str:
    return str(item.get("home", "/root" if item["name"] == "root" else f"/home/{item['name']}"))


def _accounts(machine: Machine) -> list[Section]:
    people = _everybody(machine)
    shown = {"set": "P", "locked": "L", "empty": "NP"} if machine.debian else {"set": "PS", "locked": "LK", "empty": "NP"}
    passwd = [
        f"{item['name']}:x:{item['uid']}:{item.get('gid', item['uid'])}::{_home(item)}:{item.get('shell', '/bin/bash')}" for item in people
    ]
    members: dict[str, list[str]] = {name: [] for name in machine.system["groups"]}
    for item in people:
        for group in item.get("groups", ()):
            members.setdefault(group, []).append(item["name"])
    numbers = {name: machine.system["groups"].get(name, 1500 + place) for place, name in enumerate(members)}
    groups = [f"{name}:x:{numbers[name]}:{','.join(names)}" for name, names in members.items()]
    states = [
        f"{item['name']} {shown[item.get('password', 'set')]} {item.get('changed', machine.said['installed'])} 0 {item.get('max', 99999)} 7 -1"
        for item in people
        if machine.uid in (0, item["uid"])
    ]
    expiry = [
        f"{item['name']} Account expires\t\t\t\t\t\t: {item.get('expires', 'never')}" for item in people if machine.uid in (0, item["uid"])
    ]
    lastlog = ["Username         Port     From                                       Latest"]
    for item in people:
        when = _moment(item.get("last"))
        shown_last = (
            f"pts/0    {item.get('from', '10.0.9.20'):<42} {when:%a %b %e %H:%M:%S +0000 %Y}" if when else f"{'':<52}**Never logged in**"
        )
        lastlog.append(f"{item['name']:<16} {shown_last}")
    nsswitch = "passwd:         files systemd\ngroup:          files systemd\nshadow:         files\nhosts:          files dns"
    return [
        Section("passwd", "\n".join(passwd)),
        Section("group", "\n".join([*groups, *(f"{item['name']}:x:{item['uid']}:" for item in people if item["name"] not in members)])),
        Section("states", "\n".join(states)),
        Section("expiry", "\n".join(expiry)),
        Section(
            "keys",
            "\n".join(f"{item['name']} {item.get('keys', 0) if machine.uid == 0 or item['name'] != 'root' else '?'}" for item in people),
        ),
        Section("lastlog", "\n".join(lastlog)),
        Section("last", f"\nwtmp begins {machine.said['installed']:%a %b %e} 09:00:00 {machine.said['installed'].year}"),
        file_section("nsswitch", [("/etc/nsswitch.conf", nsswitch)]),
    ]


def _files(machine: Machine) -> list[Section]:
    homes = ["700 root root directory /root"]
    for item in machine.said["accounts"]:
        if item["name"] != "root":
            homes.append(f"{item.get('mode', '750')} {item['name']} {item['name']} directory {_home(item)}")
            if item.get("keys"):
                homes.append(f"600 {item['name']} {item['name']} regular file {_home(item)}/.ssh/authorized_keys")
    base = {section.name: section for section in capture("files", machine.get("files", "base"))}
    gone = machine.said.get("files_without", ())
    sensitive = [line for line in base["sensitive"].text.split("\n") if line != "searched" and not any(word in line for word in gone)]
    walked = [line for line in base["walk"].text.split("\n") if line != "searched"]
    extra = machine.said.get("files_extra", {})
    return replaced(
        base.values(),
        [
            Section("sensitive", "\n".join([*sensitive, *extra.get("sensitive", ()), "searched"])),
            Section("homes", "\n".join([*homes, "searched"])),
            Section("walk", "\n".join([*walked, *extra.get("walk", ()), "searched"])),
            Section("programs", "\n".join([*extra.get("programs", ()), "searched"])),
        ],
    )


def _shares(machine: Machine) -> list[Section]:
    variant = machine.said.get("shares")
    if variant is None:
        return [
            Section("programs", "searched"),
            *absent("testparm"),
            file_section("smbconf", []),
            file_section("exports", []),
            *absent("exportfs"),
            file_section("ksmbd", []),
        ]
    sections = capture("shares", variant)
    if variant.startswith("nfs"):
        programs = "/usr/sbin/exportfs\n/usr/sbin/rpc.nfsd\nsearched"
        return replaced(sections, [Section("programs", programs), *absent("testparm"), file_section("smbconf", [])])
    return replaced(sections, [Section("programs", "/usr/sbin/smbd\nsearched"), file_section("exports", []), *absent("exportfs")])


def _settings(machine: Machine) -> list[Section]:
    found = {name: file_section(name, []) for name in _SERVER_SECTIONS}
    for text in machine.said.get("settings", ()):
        name, _, variant = text.partition(" ")
        if variant:
            found[name] = next(section for section in capture("server_settings", variant) if section.name == name)
        else:
            found |= {section.name: section for section in capture("server_settings", name)}
    programs = [path for service in machine.services for path in service.programs if path not in PROTECTING]
    arguments = [f"{service.process} {service.command}" for service in machine.services if service.process in ("x11vnc", "Xvnc", "dockerd")]
    return [
        Section("programs", "\n".join([*dict.fromkeys(programs), "searched"])),
        Section("processes", "\n".join([*arguments, "searched"])),
        *found.values(),
    ]


_MOUNTS = (
    "sysfs /sys sysfs rw,nosuid,nodev,noexec,relatime 0 0",
    "proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0",
    "tmpfs /run tmpfs rw,nosuid,nodev,noexec,relatime,size=1639400k,mode=755 0 0",
    "tmpfs /dev/shm tmpfs rw,nosuid,nodev,noexec 0 0",
)


def _mount_lines(machine: Machine) -> list[str]:
    return [
        *_MOUNTS,
        *machine.said.get("mounts", ("/dev/sda2 / ext4 rw,relatime,errors=remount-ro 0 0", "/dev/sda1 /boot ext4 rw,relatime 0 0")),
    ]


def _mounts(machine: Machine) -> list[Section]:
    rows = ["Filesystem 1024-blocks Used Available Capacity Mounted on"]
    used = machine.said.get("used", {})
    for line in _mount_lines(machine)[4:]:
        device, path = line.split()[:2]
        percent = used.get(path, 41)
        rows.append(f"{device} 102626232 {1_026_262 * percent} {1_026_262 * (100 - percent)} {percent}% {path}")
    crypt = machine.said.get("encrypted", False)
    blocks = 'KNAME="sda" PKNAME="" TYPE="disk" FSTYPE="" MOUNTPOINT=""\nKNAME="sda1" PKNAME="sda" TYPE="part" FSTYPE="ext4" MOUNTPOINT="/boot"\n'
    blocks += (
        'KNAME="sda2" PKNAME="sda" TYPE="part" FSTYPE="crypto_LUKS" MOUNTPOINT=""\nKNAME="dm-0" PKNAME="sda2" TYPE="crypt" FSTYPE="ext4" MOUNTPOINT="/"'
        if crypt
        else 'KNAME="sda2" PKNAME="sda" TYPE="part" FSTYPE="ext4" MOUNTPOINT="/"'
    )
    return [
        file_section("mounts", [("/proc/mounts", "\n".join(_mount_lines(machine)))]),
        Section("df", "\n".join(rows)),
        Section("lsblk", blocks),
        file_section("swaps", [("/proc/swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority")]),
    ]


def _usb(machine: Machine) -> list[Section]:
    lines = machine.said.get("usb", ())
    return [Section("bus", "searched"), Section("journal", "\n".join([*lines, "searched"])), Section("logs", "", 1)]


def _backups(machine: Machine) -> list[Section]:
    crontab = ("/etc/crontab", "SHELL=/bin/sh\n17 *\t* * *\troot\tcd / && run-parts --report /etc/cron.hourly")
    tables = [crontab, *(tuple(item) for item in machine.said.get("cron", ()))]
    folders = [(f"/etc/cron.daily/{name}", "") for name in machine.system["cron_daily"]]
    units = "\n".join(f"==> {path}\n{text.rstrip()}" for path, text in machine.said.get("backup_units", ()))
    return [
        _plain_files("cron", tables),
        _plain_files("scripts", [*folders, *(tuple(item) for item in machine.said.get("scripts", ()))]),
        Section("units", f"{units}\nsearched" if units else "searched"),
        Section("runs", "\n".join([*machine.said.get("runs", ()), "searched"])),
        Section("products", "\n".join([*machine.said.get("backup_programs", ()), "searched"])),
        *absent("veeam", "veeam-sessions"),
        file_section("configs", []),
        file_section("fstab", [("/proc/mounts", "\n".join(_mount_lines(machine)))]),
        Section("now", f"{machine.moment:%Y-%m-%dT%H:%M:%SZ}"),
    ]


def _plain_files(name: str, files: list[tuple[str, str]]) -> Section:
    text = "\n".join(f"==> {path}" + (f"\n{content.rstrip(chr(10))}" if content else "") for path, content in files)
    return Section(name, text, 0 if files else 2)
