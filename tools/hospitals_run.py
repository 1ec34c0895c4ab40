"""What a machine prints about its programs: packages, updates, services, processes, sockets, tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from hospitals_kit import SOURCE, Probes, Section, absent, file_section
from hospitals_machine import Machine, Port, Running, seconds


def probes(machine: Machine) -> Probes:
    """Return the probes that tell which programs are installed and run."""
    return {
        "software": _software(machine),
        "updates": _updates(machine),
        "services": _services(machine),
        "processes": _processes(machine),
        "sockets": _sockets(machine),
        "tasks": _tasks(machine),
        "tunnels": _tunnels(machine),
    }


def _packages(machine: Machine) -> list[tuple[str, str]]:
    """Names and versions: those of the system, then those of services and the machine's own; the last one counts."""
    found: dict[str, str] = {}
    listed = (SOURCE / "packages" / machine.system["packages"]).read_text(encoding="utf-8").split("\n")
    own = [text for service in machine.services for text in service.packages]
    for text in [*(line for line in listed if not line.startswith("#")), *own, *machine.said.get("packages", ())]:
        name, _, version = text.strip().partition(" ")
        if name:
            found[name] = version
    return sorted(found.items())


def _software(machine: Machine) -> list[Section]:
    packages = _packages(machine)
    when = seconds(machine.said["installed"]) + 36_000
    if machine.debian:
        who = machine.system["maintainer"]
        listed = "\n".join(f"ii \t{name}\t{version}\tamd64\t{name}\t{who}" for name, version in packages)
        dates = "\n".join(f"{when} /var/lib/dpkg/info/{name}.list" for name, _ in packages)
        return [Section("dpkg", listed), Section("dpkg-dates", dates), *absent("rpm", "apk", "snap", "flatpak")]
    lines = []
    for name, text in packages:
        epoch, _, rest = text.rpartition(":")
        version, _, release = rest.partition("-")
        lines.append(
            f"{name}\t{epoch or '(none)'}\t{version}\t{release}\tx86_64\t{name}-{rest}.src.rpm\t{machine.system['maintainer']}\t{when}"
        )
    return [*absent("dpkg", "dpkg-dates"), Section("rpm", "\n".join(lines)), *absent("apk", "snap", "flatpak")]


def _updates(machine: Machine) -> list[Section]:
    said = machine.said["updates"]
    refreshed = seconds(said["refreshed"]) + 21_600 if said.get("refreshed") else None
    last = seconds(said["last"]) + 22_000
    automatic = bool(said.get("automatic", False))
    reboot = said.get("reboot")
    kernel = machine.get("kernel")
    common = [
        Section("offset", "+0900"),
        Section("running", kernel),
        Section("running-build", machine.get("build")),
        Section("kernels", "\n".join(f"vmlinuz-{name}" for name in [kernel, *said.get("kernels", ())])),
        Section("sources", "\n".join(machine.get("repositories", ()))),
        Section("reboot-flag", *(("/var/run/reboot-required", 2) if reboot else ("", 2))),
        file_section("reboot-packages", [("/var/run/reboot-required.pkgs", reboot)] if reboot else []),
    ]
    if machine.debian:
        settings = f'APT::Periodic::Update-Package-Lists "{int(automatic)}";\nAPT::Periodic::Unattended-Upgrade "{int(automatic)}";'
        stamps = f"{refreshed} /var/lib/apt/lists\n{refreshed} /var/lib/apt/lists/mirror_dists_{machine.system['suite']}_InRelease"
        # The log of dpkg has local time.
        logged = datetime(1970, 1, 1) + timedelta(seconds=last, hours=9)
        return [
            Section("apt", "\n".join(said.get("pending", ()))),
            Section("apt-settings", settings),
            Section("apt-lists", stamps if refreshed else ""),
            *absent("dnf", "dnf-security", "zypper", "apk"),
            Section("list-files", ""),
            Section("dpkg-log", f"{logged:%Y-%m-%d %H:%M:%S} upgrade tzdata:all 2025a 2025b"),
            Section("last-installed", f"{last} dpkg"),
            Section("programs", "unattended-upgrade" if automatic else ""),
            Section("timers", "/etc/systemd/system/timers.target.wants:\napt-daily-upgrade.timer\napt-daily.timer"),
            file_section("automatic", []),
            Section("kernel-package", f"ii \tlinux-image-{kernel}\t{machine.get('kernel_version')}"),
            *common,
        ]
    pending = said.get("pending", ())
    return [
        *absent("apt", "apt-settings", "apt-lists"),
        Section("dnf", "\n".join(pending), 100 if pending else 0),
        Section("dnf-security", "\n".join(said.get("security", ()))),
        *absent("zypper", "apk"),
        Section("list-files", f"{refreshed} /var/cache/dnf/base/repodata/repomd.xml" if refreshed else ""),
        *absent("dpkg-log"),
        Section("last-installed", f"{last} rpm"),
        Section("programs", "dnf-automatic" if automatic else ""),
        Section("timers", "dnf-automatic.timer" if automatic else ""),
        file_section("automatic", [("/etc/dnf/automatic.conf", "[commands]\nupgrade_type = security\napply_updates = yes")] if automatic else []),
        *absent("kernel-package"),
        *common,
    ]  # fmt: skip


def _services(machine: Machine) -> list[Section]:
    if machine.get("init") == "sysv":
        raise ValueError("a machine without systemd needs its own captures")
    blocks = [
        f"Type=simple\nExecStart={{ path={service.command.split()[0]} ; argv[]={service.command} ; ignore_errors=no ; start_time=[n/a] ; "
        f"stop_time=[n/a] ; pid=0 ; code=(null) ; status=0/0 }}\nId={service.name}.service\nDescription={service.title}\nLoadState=loaded\n"
        f"ActiveState={_active(service)}\nSubState={_sub(service)}\nUnitFileState={service.start}\nUser={'' if service.account == 'root' else service.account}\nDynamicUser=no"
        for service in machine.services
    ]
    listed = "\n".join(f"{service.name + '.service':<40} {service.start:<15} enabled" for service in machine.services)
    return [
        Section("init", "systemd"),
        Section("show", "\n\n".join(blocks)),
        Section("unit-files", listed),
        *absent("openrc", "openrc-levels", "upstart"),
        Section("init-scripts", "README"),
        Section("init-links", ""),
        Section("init-programs", ""),
        Section("processes", _ps_short(machine)),
        file_section("inetd", [tuple(item) for item in machine.said.get("inetd", ())]),
        file_section("xinetd", []),
    ]


def _active(service: Running) -> str:
    return {"running": "active", "failed": "failed"}.get(service.state, "inactive")


def _sub(service: Running) -> str:
    return {"running": "running", "failed": "failed"}.get(service.state, "dead")


def _living(machine: Machine) -> Iterator[tuple[int, int, str, str, str]]:
    """Number, parent, account, name and program of every process."""
    yield 1, 0, "root", "systemd", "/usr/lib/systemd/systemd"
    yield 2, 0, "root", "kthreadd", ""
    yield 3, 2, "root", "rcu_gp", ""
    for service in machine.services:
        if service.state == "running":
            yield service.pid, 1, service.account, service.process[:15], service.command.split()[0]


def _ps_short(machine: Machine) -> str:
    return "\n".join(
        ["    PID USER                             COMMAND", *(f"{pid:>7} {who:<32} {name}" for pid, _, who, name, _ in _living(machine))]
    )


def _processes(machine: Machine) -> list[Section]:
    booted = machine.said["booted"]
    start = datetime(booted.year, booted.month, booted.day, 0, 0, 31)
    lines = ["    PID    PPID USER                                              STARTED COMMAND"]
    lines += [f"{pid:>7} {parent:>7} {who:<32} {start:%a %b %e %H:%M:%S %Y} {name}" for pid, parent, who, name, _ in _living(machine)]
    programs = [
        f"lrwxrwxrwx 1 {who} {who} 0 Jan  5 09:00 /proc/{pid}/exe -> {path}"
        for pid, _, who, _, path in _living(machine)
        if path and machine.shows(who)
    ]
    return [Section("ps", "\n".join(lines)), Section("exe", "\n".join(programs))]


def _sockets(machine: Machine) -> list[Section]:
    lines = ["Netid State  Recv-Q Send-Q    Local Address:Port     Peer Address:Port Process"]
    inode = 20_000
    numbers = {name: uid for uid, name in _uids(machine)}
    for service, port in machine.listening():
        inode += 17
        lines.append(_listener(machine, service, port, inode, numbers))
    for text in machine.said.get("connections", ()):
        inode += 17
        lines.append(_connection(machine, text, inode, numbers))
    return [
        Section("ss", "\n".join(lines)),
        Section("processes", _ps_short(machine)),
        Section("accounts", "\n".join(f"{uid} {name}" for uid, name in _uids(machine))),
    ]


def _uids(machine: Machine) -> list[tuple[int, str]]:
    own = [(int(item.get("uid", 0)), str(item["name"])) for item in machine.said["accounts"]]
    system = [(int(uid), name) for name, uid in machine.system["accounts"].items()]
    known = {name for _, name in own} | {name for _, name in system}
    extra = sorted({service.account for service in machine.services} - known)
    return [*own, *system, *((120 + place, name) for place, name in enumerate(extra))]


def _owner(service: Running, numbers: dict[str, int]) -> str:
    return "" if service.account == "root" else f"uid:{numbers[service.account]} "


def _listener(machine: Machine, service: Running, port: Port, inode: int, numbers: dict[str, int]) -> str:
    state, other = ("LISTEN", "[::]:*" if ":" in port.address else "0.0.0.0:*") if port.protocol == "tcp" else ("UNCONN", "0.0.0.0:*")
    # What listens inside the kernel (NFS) has no process.
    hidden = service.process == "nfsd" or not machine.shows(service.account)
    users = "" if hidden else f'users:(("{service.process[:15]}",pid={service.pid},fd=3)) '
    return f"{port.protocol:<5} {state:<6} 0      128    {port.address + ':' + str(port.number):>20} {other:>20} {users}{_owner(service, numbers)}ino:{inode} sk:{inode:x} <->"


def _connection(machine: Machine, text: str, inode: int, numbers: dict[str, int]) -> str:
    """`in SERVICE PORT PEER:PORT` or `out SERVICE PEER:PORT [own address]`."""
    words = text.split()
    service = next(item for item in machine.services if words[1] in (item.name, item.process))
    own = machine.said["links"][0]["address"][0].partition("/")[0]
    if words[0] == "in":
        here, there = f"{words[4] if len(words) > 4 else own}:{words[2]}", words[3]
    else:
        here, there = f"{words[3] if len(words) > 3 else own}:{40_000 + inode % 20_000}", words[2]
    users = f'users:(("{service.process[:15]}",pid={service.pid},fd=9)) ' if machine.shows(service.account) else ""
    return f"tcp   ESTAB  0      0      {here:>20} {there:>20} {users}timer:(keepalive,88min,0) {_owner(service, numbers)}ino:{inode} sk:{inode:x} <->"


def _tasks(machine: Machine) -> list[Section]:
    crontab = (
        "SHELL=/bin/sh\n17 *\t* * *\troot\tcd / && run-parts --report /etc/cron.hourly\n"
        "25 6\t* * *\troot\ttest -x /usr/sbin/anacron || ( cd / && run-parts --report /etc/cron.daily )"
    )
    system = [("/etc/crontab", crontab), *(tuple(item) for item in machine.said.get("cron", ()) if item[0].startswith("/etc/"))]
    own = [tuple(item) for item in machine.said.get("cron", ()) if not item[0].startswith("/etc/")]
    timers, started = [], []
    for name, command, when in [*machine.system["timers"], *machine.said.get("timers", ())]:
        timers.append(
            f"Unit={name}.service\nTimersCalendar={{ OnCalendar={when} ; next_elapse=n/a }}\nLastTriggerUSec={machine.moment:%a %Y-%m-%d} 03:10:00 UTC\n"
            f"Id={name}.timer\nActiveState=active\nUnitFileState=enabled"
        )
        started.append(f"ExecStart={{ path={command.split()[0]} ; argv[]={command} ; ignore_errors=no }}\nId={name}.service\nUser=")
    crons = "\n".join(f"/etc/cron.daily -rwxr-xr-x 1 root root 1478 Apr  9  2021 {name}" for name in machine.system["cron_daily"])
    return [
        Section("timers", "\n\n".join(timers)),
        Section("timer-services", "\n\n".join(started)),
        file_section("cron-system", system),
        file_section("anacron", []),
        Section("cron-folders", crons),
        file_section("crontabs", own) if machine.uid == 0 else Section("crontabs", "\n==> /var/spool/cron/crontabs/* !unreadable", 13),
        Section("own-crontab", ""),
        Section("cron-daemon", "cron" if machine.debian else "crond"),
        *absent("at"),
    ]


def _tunnels(machine: Machine) -> list[Section]:
    """`openvpn` in a description: lines of its configuration with their files."""
    programs = [name for _, _, _, name, _ in _living(machine)]
    return [
        Section("wg-links", ""),
        *absent("wg-ports", "wg-peers", "wg-endpoints", "wg-handshakes"),
        Section("openvpn", "\n".join(machine.said.get("openvpn", ()))),
        *absent("swanctl-conns", "swanctl-sas"),
        file_section("ipsec-conf", []),
        Section("doors", ""),
        Section("tunnels", ""),
        Section("xfrm", ""),
        Section("programs", "\n".join(["COMMAND", *programs, "ps"])),
        Section("unreadable", ""),
    ]
