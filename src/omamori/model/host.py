"""Tables of a host: the machine itself and what is installed, started and configured on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from omamori.model.schema import asset_column, col, evidence_column, source_column
from omamori.model.text import values

PLATFORMS = values(
    ("linux", "Linux", "Linux"),
    ("windows", "Windows", "Windows"),
    ("other", "その他", "other"),
)
ROLES = values(
    ("server", "サーバ", "server"),
    ("client", "端末PC", "client PC"),
    ("network", "ネットワーク機器", "network device"),
    ("medical", "医療機器", "medical device"),
    ("other", "その他", "other"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Host:
    """The machine: its operating system and what it is for. One row per machine."""

    asset: str = asset_column()
    hostname: str = col("Name the machine gives itself, without domain.", default="")
    platform: str = col("Family of the operating system.", default="other", values=PLATFORMS)
    os_id: str | None = col("Short name of the operating system: debian, ubuntu, rhel, windows, windows-server.")
    os_name: str | None = col("Full name of the operating system as it prints it.")
    os_version: str | None = col("Version as published: 12, 22.04, 8.9; Windows product version such as 10 or 2019.")
    os_build: str | None = col("Build: Windows 10.0.19045.4412 (with UBR where known); Linux kernel release.")
    architecture: str | None = col("Processor architecture, such as x86_64.")
    domain: str | None = col("DNS or Windows domain or workgroup the machine belongs to.")
    role: str | None = col("What the machine is, judged from itself; NULL when it cannot tell.", values=ROLES)
    domain_role: str | None = col("Windows domain role: standalone, member, controller.")
    virtual: str | None = col("Hypervisor the machine runs on, `none` on real hardware.")
    manufacturer: str | None = col("Maker of the hardware.")
    model: str | None = col("Model of the hardware.")
    timezone: str | None = col("Time zone of the clock.")
    clock_synchronised: bool | None = col("Whether the clock follows a time source.")
    booted: datetime | None = col("Moment of the last start.")
    installed: date | None = col("Day the operating system was installed.")
    source: str = source_column()
    evidence: str = evidence_column()


FRAMEWORK = ".NET Framework"
"""`name` of a version of .NET Framework: Microsoft's own table of updates speaks of it, not its version."""
FRAMEWORK_ORIGIN = "netfx"
"""`origin` of the versions of .NET Framework where the machine was asked for all of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Software:
    """An installed package or application."""

    asset: str = asset_column()
    name: str = col("Name of the package or application.", default="")
    version: str | None = col("Installed version, whole.")
    publisher: str | None = col("Who made or packaged it.")
    manager: str | None = col("Where it is registered: dpkg, rpm, apk, snap, flatpak, pip, registry, msi.")
    architecture: str | None = col("Architecture of the package.")
    source_package: str | None = col("Source package the distribution builds it from.")
    source_version: str | None = col("Version of the source package; repairs are named by it.")
    origin: str | None = col("Repository or vendor it came from; netfx for versions of .NET Framework; NULL when not known.")
    account: str | None = col("Account or SID it is installed for alone; NULL when for everybody.")
    installed: date | None = col("Day it was installed.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Patch:
    """An installed operating-system update (Windows hotfix)."""

    asset: str = asset_column()
    patch_id: str = col("Identifier, such as KB5034441.", default="")
    description: str | None = col("Kind of update as the system names it.")
    installed: date | None = col("Day it was installed.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class PendingUpdate:
    """An update that the machine's own package lists offer and that is not installed."""

    asset: str = asset_column()
    name: str = col("Package that would be updated.", default="")
    installed_version: str | None = col("Version installed now.")
    available_version: str | None = col("Version offered.")
    security: bool | None = col("Whether it comes from a security repository.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdatePolicy:
    """How the machine updates itself. One row per machine."""

    asset: str = asset_column()
    manager: str | None = col("Updating tool: apt, dnf, zypper, windows-update.")
    automatic: bool | None = col("Whether security updates install themselves.")
    lists_refreshed: datetime | None = col("Last time the lists of updates were refreshed.")
    last_update: datetime | None = col("Last time an update was installed.")
    server: str | None = col("Update server or mirror used, host name only.")
    reboot_needed: bool | None = col("Whether installed updates wait for a restart.")
    reboot_reason: str | None = col("What waits for the restart.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """A service the system manages (systemd unit, init script, Windows service)."""

    asset: str = asset_column()
    name: str = col("Name of the service, without `.service`.", default="")
    display_name: str | None = col("Name for people.")
    state: str | None = col("What it does now: running, stopped, failed.")
    start: str | None = col("How it starts: automatic, manual, disabled.")
    account: str | None = col("Account it runs as.")
    command: str | None = col("Program and arguments it starts.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A scheduled task (systemd timer, cron entry, Windows task)."""

    asset: str = asset_column()
    name: str = col("Name: unit, file and line, or task path.", default="")
    kind: str | None = col("Scheduler: timer, cron, anacron, windows-task.")
    account: str | None = col("Account it runs as.")
    schedule: str | None = col("Schedule as written.")
    command: str | None = col("What it runs.")
    enabled: bool | None = col("Whether it will run.")
    elevated: bool | None = col("Whether it runs with all rights its account has (RunLevel HighestAvailable).")
    stored_password: bool | None = col("Whether Windows keeps the account's password for it (LogonType Password).")
    last_run: datetime | None = col("Last run.")
    next_run: datetime | None = col("Next run.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Process:
    """A running process."""

    asset: str = asset_column()
    pid: int | None = col("Process number.")
    parent: int | None = col("Process number of the parent.")
    name: str = col("Name of the program.", default="")
    account: str | None = col("Account it runs as.")
    command: str | None = col("Path of the program; arguments are not kept, they may hold secrets.")
    started: datetime | None = col("Moment it started.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mount:
    """A mounted file system."""

    asset: str = asset_column()
    path: str = col("Where it is mounted.", default="")
    device: str | None = col("Device or remote address it comes from.")
    filesystem: str | None = col("Type, such as ext4, nfs4 or cifs.")
    options: str | None = col("Mount options, separated by commas.")
    server: str | None = col("Remote host of a network file system.")
    size_bytes: int | None = col("Size in bytes.")
    used_percent: int | None = col("Space used, in percent.")
    encrypted: bool | None = col("Whether it lies on an encrypted device.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class KernelSetting:
    """A setting of the running kernel, or the state of a kernel module."""

    asset: str = asset_column()
    name: str = col("Name as sysctl prints it, or `module.NAME`.", default="")
    value: str | None = col("Value; of a module: loaded, blacklisted, available or absent.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class ServerSetting:
    """A setting of a server program (database, web, DICOM, SNMP, FTP …) read from its configuration."""

    asset: str = asset_column()
    service: str = col("Program: postgresql, mysql, nginx, apache, orthanc, snmpd, vsftpd, redis and others.", default="")
    name: str = col("Setting as the program names it; of pg_hba.conf `hba` with the line as value.", default="")
    value: str | None = col("Value; a secret is only `[secret: …]`.")
    path: str | None = col("File it stands in.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class FilePermission:
    """Owner and mode of a file that matters, or of a program that runs with its owner's rights."""

    asset: str = asset_column()
    path: str = col("Path of the file.", default="")
    kind: str = col("Why it is listed: sensitive, setuid, world-writable, cron, home, service-program.", default="")
    owner: str | None = col("Owner.")
    file_group: str | None = col("Group.")
    mode: str | None = col("Permission bits in octal, four digits.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class UsbDevice:
    """A USB storage device that was connected (personal data may be involved: see the notice for staff)."""

    asset: str = asset_column()
    device: str = col("Vendor and model as the device reports them.", default="")
    serial: str | None = col("Serial number.")
    first_connected: datetime | None = col("First connection seen: the day its driver was set up.")
    last_connected: datetime | None = col("Last connection seen.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class ScheduledBackup:
    """A backup job found on a host: a schedule that runs a backup program, or a configured product."""

    asset: str = asset_column()
    job: str = col("Name of the job: unit, cron entry or product job.", default="")
    product: str = col("Backup program: restic, borg, rsync, pg_dump, bacula, veeam, wbadmin and others.", default="")
    schedule: str | None = col("Schedule as written.")
    enabled: bool | None = col("Whether it will run.")
    target: str | None = col("Where the copy goes, as written; credentials removed.")
    target_kind: str | None = col("Kind of target: same-host, network-mount, remote-host, object-storage, unknown.")
    last_run: datetime | None = col("Last run seen.")
    last_result: str | None = col("Result of the last run: success, failed; NULL when not known.")
    source: str = source_column()
    evidence: str = evidence_column()
