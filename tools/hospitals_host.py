"""What a machine prints about itself and its network: host, interfaces, routes, neighbours, outbound."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_interface

from hospitals_kit import Probes, Section, absent, digest, file_section
from hospitals_machine import Machine, seconds

_VIRTUAL = ("tun", "docker", "wg")


def probes(machine: Machine) -> Probes:
    """Return the probes that tell what the machine is and how it is connected."""
    return {
        "host": _host(machine),
        "interfaces": _interfaces(machine),
        "routes": _routes(machine),
        "neighbours": [Section("neigh", _neighbours(machine))],
        "outbound": _outbound(machine),
    }


def mac_of(last: str) -> str:
    """Addresses of the range for documentation (RFC 7042)."""
    return last if ":" in last else f"00:00:5e:00:53:{last}"


def _host(machine: Machine) -> list[Section]:
    system, host = machine.system, machine.hostname
    running = seconds(machine.moment) - seconds(machine.said["booted"]) - 31
    links = machine.said["links"]
    macs = [(f"/sys/class/net/{link['name']}/address", mac_of(link["mac"])) for link in links if "mac" in link]
    hardware = _hardware(machine)
    installed = seconds(machine.said["installed"]) + 34_200
    desktop = "display" in machine.said
    return [
        file_section("os-release", [("/etc/os-release", system["os_release"])] if system["os_release"] else []),
        file_section("release-files", [tuple(item) for item in system["release_files"]]),
        Section("uname", f"Linux {machine.get('kernel')} x86_64"),
        Section("hostname", host),
        file_section("domain", [("/proc/sys/kernel/domainname", "(none)"), ("/etc/resolv.conf", _resolv(machine))]),
        file_section("machine-id", [("/etc/machine-id", machine.get("machine_id") or digest("machine", host))]),
        file_section("uptime", [("/proc/uptime", f"{running}.52 {running * 3}.17")]),
        Section("date", str(machine.stamp)),
        Section("virt", *(("none", 1) if hardware is None else (hardware, 0))),
        file_section("dmi", _dmi(machine, hardware)),
        file_section("macs", [*macs, ("/sys/class/net/lo/address", "00:00:00:00:00:00")]),
        file_section("permanent", [(f"/sys/class/net/{link['name']}/addr_assign_type", "0") for link in links if "mac" in link]),
        Section("default-target", "graphical.target" if desktop else "multi-user.target"),
        Section("timedatectl", _timedatectl(machine)),
        _chrony(machine),
        *absent("ntpq"),
        file_section("timezone", [("/etc/timezone", "Asia/Tokyo")] if machine.debian else []),
        Section("localtime", "lrwxrwxrwx 1 root root 32 Apr  1  2020 /etc/localtime -> ../usr/share/zoneinfo/Asia/Tokyo"),
        Section("addresses", _addresses(machine)),
        Section("links", _links(machine)),
        Section("hypervisor", *(("", 1) if hardware is None else ("hypervisor", 0))),
        Section("display", *((f"lrwxrwxrwx 1 root root 37 Apr  1  2020 /etc/systemd/system/display-manager.service -> {machine.said['display']}", 2) if desktop else ("", 2))),
        Section("installed", f"drwx------ 2 root root 16384 {installed} /lost+found", 2),
    ]  # fmt: skip


def _hardware(machine: Machine) -> str | None:
    virtual = machine.said.get("virtual", "vmware")
    return None if virtual == "none" else str(virtual)


def _dmi(machine: Machine, virtual: str | None) -> list[tuple[str, str]]:
    maker, model, chassis = machine.said.get("hardware", ["VMware, Inc.", "VMware Virtual Platform", "1"])
    folder = "/sys/class/dmi/id"
    letters = machine.get("uuid") or digest("uuid", machine.hostname)
    parts = (letters[:8], letters[8:12], f"4{letters[13:16]}", f"8{letters[17:20]}", letters[20:32])
    return [
        (f"{folder}/sys_vendor", maker),
        (f"{folder}/product_name", model),
        (f"{folder}/product_uuid", "-".join(parts)),
        (f"{folder}/chassis_type", str(chassis)),
    ]


def _timedatectl(machine: Machine) -> str:
    utc, local = machine.moment, machine.moment + timedelta(hours=9)
    synchronised = "yes" if machine.said.get("clock", False) else "no"
    if machine.get("old_timedatectl"):
        return (
            f"      Local time: {local:%a %Y-%m-%d %H:%M:%S} JST\n  Universal time: {utc:%a %Y-%m-%d %H:%M:%S} UTC\n"
            f"        RTC time: {utc:%a %Y-%m-%d %H:%M:%S}\n       Time zone: Asia/Tokyo (JST, +0900)\n"
            f"     NTP enabled: {synchronised}\nNTP synchronized: {synchronised}\n RTC in local TZ: no\n      DST active: n/a"
        )
    return (
        f"               Local time: {local:%a %Y-%m-%d %H:%M:%S} JST\n           Universal time: {utc:%a %Y-%m-%d %H:%M:%S} UTC\n"
        f"                 RTC time: {utc:%a %Y-%m-%d %H:%M:%S}\n                Time zone: Asia/Tokyo (JST, +0900)\n"
        f"System clock synchronized: {synchronised}\n              NTP service: {'active' if synchronised == 'yes' else 'inactive'}\n"
        "          RTC in local TZ: no"
    )


def _chrony(machine: Machine) -> Section:
    if not any(service.process == "chronyd" for service in machine.services):
        return Section("chrony", "", 127)
    server = (machine.said.get("ntp") or ["10.0.0.1"])[0]
    return Section(
        "chrony",
        f"Reference ID    : {digest(server, length=8).upper()} ({server})\nStratum         : 3\n"
        "System time     : 0.000021034 seconds slow of NTP time\nLeap status     : Normal",
    )


def _addresses(machine: Machine) -> str:
    lines = ["1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever"]
    for number, link in enumerate(machine.said["links"], 2):
        for text in link.get("address", ()):
            own = ip_interface(text)
            kind = "inet6" if own.version == 6 else f"inet {text} brd {own.network.broadcast_address}"
            kind = f"inet6 {text}" if own.version == 6 else kind
            tail = "dynamic " if link.get("dhcp") else ""
            lines.append(
                f"{number}: {link['name']}    {kind} scope global {tail}{link['name']}\\       valid_lft forever preferred_lft forever"
            )
    return "\n".join(lines)


def _links(machine: Machine) -> str:
    lines = ["total 0"]
    for number, link in enumerate(machine.said["links"]):
        name = link["name"]
        place = f"virtual/net/{name}" if name.startswith(_VIRTUAL) else f"pci0000:00/0000:00:{3 + number:02d}.0/net/{name}"
        lines.append(f"lrwxrwxrwx 1 root root 0 Jan  5 09:00 {name} -> ../../devices/{place}")
    return "\n".join([*lines, "lrwxrwxrwx 1 root root 0 Jan  5 09:00 lo -> ../../devices/virtual/net/lo"])


def _interfaces(machine: Machine) -> list[Section]:
    lines = [
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000",
        "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00",
        "    inet 127.0.0.1/8 scope host lo",
        "       valid_lft forever preferred_lft forever",
    ]
    uevents, configured = [], []
    for number, link in enumerate(machine.said["links"], 2):
        name, up = link["name"], link.get("up", True)
        flags, state = ("BROADCAST,MULTICAST,UP,LOWER_UP", "UP") if up else ("NO-CARRIER,BROADCAST,MULTICAST,UP", "DOWN")
        if name.startswith("tun"):
            lines += [
                f"{number}: {name}: <POINTOPOINT,MULTICAST,NOARP,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UNKNOWN group default qlen 500",
                "    link/none",
            ]
        else:
            lines += [
                f"{number}: {name}: <{flags}> mtu 1500 qdisc mq state {state} group default qlen 1000",
                f"    link/ether {mac_of(link['mac'])} brd ff:ff:ff:ff:ff:ff",
            ]
        for text in link.get("address", ()):
            own = ip_interface(text)
            if own.version == 6:
                lines.append(f"    inet6 {text} scope global")
            else:
                dynamic = " dynamic" if link.get("dhcp") else ""
                lines.append(f"    inet {text} brd {own.network.broadcast_address} scope global{dynamic} {name}")
            lines.append("       valid_lft forever preferred_lft forever")
        uevents.append(
            (
                f"/sys/class/net/{name}/uevent",
                (f"DEVTYPE={link['devtype']}\n" if "devtype" in link else "") + f"INTERFACE={name}\nIFINDEX={number}",
            )
        )
        configured.append(f"/etc/network/interfaces:iface {name} inet {'dhcp' if link.get('dhcp') else 'static'}")
    drivers = "\n".join(
        f"lrwxrwxrwx 1 root root 0 Jan  5 09:00 /sys/class/net/{link['name']}/device/driver -> ../../../../bus/{link.get('driver', 'pci/drivers/vmxnet3')}"
        for link in machine.said["links"]
        if not link["name"].startswith(_VIRTUAL)
    )
    return [
        Section("addr", "\n".join(lines)),
        Section("links", _links(machine)),
        file_section("uevent", [*uevents, ("/sys/class/net/lo/uevent", "INTERFACE=lo\nIFINDEX=1")]),
        Section("drivers", drivers),
        Section("configured", "\n".join(configured) if machine.debian else ""),
    ]  # fmt: skip


def _routes(machine: Machine) -> list[Section]:
    lines = [f"default via {text}" for text in machine.said.get("gateways", ())]
    lines += [f"{text}" for text in machine.said.get("routes", ())]
    for link in machine.said["links"]:
        for text in link.get("address", ()):
            own = ip_interface(text)
            if own.version == 4:
                lines.append(f"{own.network} dev {link['name']} proto kernel scope link src {own.ip}")
                lines.append(f"local {own.ip} dev {link['name']} table local proto kernel scope host src {own.ip}")
    lines.append("local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1")
    six = ["::1 dev lo proto kernel metric 256 pref medium", *machine.said.get("routes6", ())]
    return [Section("route4", "\n".join(lines)), Section("route6", "\n".join(six))]


def _neighbours(machine: Machine) -> str:
    link = machine.said["links"][0]["name"]
    lines = []
    for address, said in machine.said.get("neighbours", {}).items():
        last, _, other = str(said).partition(" ")
        lines.append(f"{address} dev {other or link} lladdr {mac_of(last)} REACHABLE")
    return "\n".join(lines)


def _resolv(machine: Machine) -> str:
    domain = machine.said.get("domain", "omamori.example")
    return "\n".join([f"search {domain}", *(f"nameserver {server}" for server in machine.said.get("dns", ()))])


def _outbound(machine: Machine) -> list[Section]:
    chrony = "/etc/chrony/chrony.conf" if machine.debian else "/etc/chrony.conf"
    ntp = "\n".join(f"{chrony}:server {server} iburst" for server in machine.said.get("ntp", ()))
    return [
        file_section("resolv", [("/etc/resolv.conf", _resolv(machine))]),
        file_section("resolved", []),
        Section("proxies", "\n".join(machine.said.get("proxies", ()))),
        Section("time", ntp),
        Section("repositories", "\n".join(machine.get("repositories", ()))),
        Section("agents", "\n".join(machine.said.get("agents", ()))),
    ]
