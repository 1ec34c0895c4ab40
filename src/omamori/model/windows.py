"""Tables of a Windows host that other systems have nothing like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from omamori.model.schema import asset_column, col, evidence_column, source_column
from omamori.model.text import values

MACHINES = values(
    ("ordinary", "病院の機器", "the hospital's own"),
    ("vendor", "業者が管理する機器", "looked after by a vendor"),
    ("medical", "医療機器", "medical device"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ServerRole:
    """A role, feature or optional component of Windows that is installed."""

    asset: str = asset_column()
    name: str = col("Name as the system knows it in every language, such as FS-SMB1 or Web-Server.", default="")
    display_name: str | None = col("Name for people.")
    kind: str | None = col("What it is: role, role-service, feature (of a server), optional (of a client).")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowsSetting:
    """Settings of Windows that decide what an intruder can do, as they stand in the registry. One row per machine."""

    asset: str = asset_column()
    rdp_enabled: bool | None = col("Whether Remote Desktop takes connections (fDenyTSConnections is 0).")
    rdp_nla: bool | None = col("Whether Remote Desktop asks for the account before it shows a screen (UserAuthentication).")
    rdp_port: int | None = col("Port of Remote Desktop.")
    remote_assistance: bool | None = col("Whether somebody may be invited to operate this machine (fAllowToGetHelp).")
    smb1_server: bool | None = col("Whether old file sharing (SMB 1) is offered.")
    smb1_client: bool | None = col("Whether old file sharing (SMB 1) is used towards others (driver mrxsmb10).")
    smb_signing_required: bool | None = col("Whether the file server insists on signed traffic.")
    smb_client_signing_required: bool | None = col("Whether this machine insists on signed traffic of file servers.")
    smb_guest_allowed: bool | None = col("Whether this machine opens shares of others as guest (AllowInsecureGuestAuth).")
    uac_enabled: bool | None = col("Whether programs have to ask before they act as administrator (EnableLUA).")
    uac_remote_full: bool | None = col(
        "Whether local administrators act with full rights over the network (LocalAccountTokenFilterPolicy)."
    )
    auto_logon: bool | None = col("Whether the machine logs somebody in by itself (AutoAdminLogon).")
    auto_logon_account: str | None = col("Account it logs in.")
    auto_logon_password: bool | None = col("Whether a password for it stands in the registry; the password is not kept.")
    lm_level: int | None = col("Which old forms of login it takes, 0 to 5 (LmCompatibilityLevel); below 3 the oldest.")
    lm_hash_stored: bool | None = col("Whether passwords are also stored in the oldest, weakest form (NoLMHash is 0).")
    anonymous_accounts: bool | None = col("Whether strangers may list the accounts (RestrictAnonymousSAM is 0).")
    anonymous_everyone: bool | None = col("Whether strangers count as Everyone (EveryoneIncludesAnonymous).")
    blank_passwords_remote: bool | None = col("Whether accounts without password may log in over the network (LimitBlankPasswordUse is 0).")
    lsa_protection: bool | None = col("Whether the memory with passwords is protected from other programs (RunAsPPL).")
    wdigest_plain: bool | None = col("Whether passwords stay readable in memory (UseLogonCredential).")
    cached_logons: int | None = col("Number of domain logins kept for use without the domain (CachedLogonsCount).")
    laps: bool | None = col("Whether the local administrator's password is changed and kept per machine by LAPS.")
    llmnr: bool | None = col("Whether the machine asks all neighbours for names it cannot find (EnableMulticast).")
    usb_storage: bool | None = col("Whether USB storage can be used (USBSTOR Start is not 4, no policy denies it).")
    autorun: bool | None = col("Whether media start programs by themselves (NoDriveTypeAutoRun lets some do so).")
    script_host: bool | None = col("Whether scripts (vbs, js) run by a double-click (Windows Script Host).")
    powershell_logging: bool | None = col("Whether PowerShell's scripts are logged (EnableScriptBlockLogging).")
    execution_control: str | None = col("What limits which programs run: applocker, srp, wdac, none.")
    execution_enforced: bool | None = col("Whether that limit blocks and does not only watch.")
    installer_elevated: bool | None = col("Whether anybody's installation packages run as administrator (AlwaysInstallElevated).")
    printer_drivers_by_users: bool | None = col("Whether people who are no administrators may install printer drivers.")
    screen_lock_seconds: int | None = col("Seconds without use after which the screen locks; 0 when it never does.")
    winrm_unencrypted: bool | None = col("Whether remote management takes unencrypted traffic (AllowUnencrypted).")
    winrm_basic: bool | None = col("Whether remote management takes a plain password (Basic).")
    rdp_tls: bool | None = col("Whether Remote Desktop proves which machine it is and uses TLS (SecurityLayer is not 0).")
    rdp_drives: bool | None = col("Whether the drives of the one who comes by Remote Desktop come along (fDisableCdm is 0).")
    credssp_unpatched: bool | None = col("Whether it logs in to servers that lack the fix of 2018 (AllowEncryptionOracle is 2).")
    uac_asks: bool | None = col(
        "Whether an administrator is asked before a program gets full rights (ConsentPromptBehaviorAdmin is not 0)."
    )
    ldap_signing_required: bool | None = col(
        "Whether a domain controller insists on signed traffic with the directory (LDAPServerIntegrity)."
    )
    ip_forwarding: bool | None = col("Whether it passes packets on between its networks (IPEnableRouter).")
    update_server_plain: bool | None = col("Whether updates come from a server of the hospital (WSUS) over unencrypted http (WUServer).")
    credential_guard: bool | None = col(
        "Whether passwords of the domain are kept apart from the rest of the system (Credential Guard runs)."
    )
    memory_integrity: bool | None = col(
        "Whether drivers and the core of the system are checked from outside (memory integrity, HVCI, runs)."
    )
    defender_off_by_policy: bool | None = col("Whether a policy switches Microsoft Defender off (DisableAntiSpyware).")
    defender_folder_guard: bool | None = col(
        "Whether Defender lets only known programs change documents (controlled folder access blocks)."
    )
    defender_unwanted: bool | None = col("Whether Defender blocks unwanted programs as well as viruses (PUAProtection).")
    defender_asr_rules: int | None = col("Number of Defender's attack surface reduction rules that block.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditSetting:
    """Whether one kind of event is written to the security log."""

    asset: str = asset_column()
    name: str = col("Kind of event: GUID of the subcategory, or the category's name in a security template.", default="")
    label: str | None = col("Name for people, in the machine's language.")
    success: bool | None = col("Whether what succeeded is logged.")
    failure: bool | None = col("Whether what failed is logged.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class UserRight:
    """A right in the system that an account or group holds."""

    asset: str = asset_column()
    name: str = col("Right as a security template names it, such as SeRemoteInteractiveLogonRight.", default="")
    holder: str = col("SID or name of the account or group.", default="")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupPolicy:
    """A group policy of the domain as it was applied."""

    asset: str = asset_column()
    name: str = col("Name of the policy object.", default="")
    scope: str = col("computer or user.", default="")
    applied: bool | None = col("Whether it is in force; else it was filtered out.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class FileAccess:
    """Who may do what with the program of a service, or with the folder it lies in (one row per entry that allows something)."""

    asset: str = asset_column()
    path: str = col("Path of the program or folder.", default="")
    service: str | None = col("Service the program belongs to; several are separated by commas.")
    principal: str = col("Account or group as the system names it, with the domain or authority in front.", default="")
    access: str = col("full, modify, write, read-execute, read, special or delete.", default="")
    writable: bool | None = col("Whether this lets somebody replace or change what runs.")
    everybody: bool | None = col("Whether this is everybody who can log in: Everyone, Users, Authenticated Users, Interactive, Guests.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownNetwork:
    """A network the machine was connected to, as Windows remembers it (personal data may be involved: see the notice for staff)."""

    asset: str = asset_column()
    name: str = col("Name Windows gave it: of Wi-Fi its SSID, of a domain its name.", default="")
    kind: str | None = col("How it was connected: wired, wireless, mobile, vpn.")
    category: str | None = col("What it counts as: public, private, domain.")
    authentication: str | None = col("Proof a wireless network asks for: open, wep, wpa, wpa2, wpa3, 802.1x; keys are never read.")
    automatic: bool | None = col("Whether the machine connects to it by itself.")
    first_connected: datetime | None = col("First connection, by the clock of the machine.")
    last_connected: datetime | None = col("Last connection, by the clock of the machine.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class ProtectionExclusion:
    """What a protection product is told not to look at."""

    asset: str = asset_column()
    product: str = col("Product, as in security_products.", default="")
    kind: str = col("What the value is: path, extension, process, address.", default="")
    value: str = col("Path, extension, program or address, as written.", default="")
    origin: str = col("Who says so: policy or local.", default="")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class StartupProgram:
    """An entry of the registry that starts a program when somebody logs in: everybody's, and those of the people who were logged in."""

    asset: str = asset_column()
    name: str = col("Name of the entry.", default="")
    command: str | None = col("Program and arguments as written.")
    location: str = col("Key of the registry it stands in.", default="")
    account: str | None = col("SID of the one it starts for alone; NULL when for everybody.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class MacroSetting:
    """What an Office program does with macros, for one account of the machine."""

    asset: str = asset_column()
    account: str = col("SID of the account.", default="")
    application: str = col("Program: word, excel, powerpoint, access and others, lower case.", default="")
    version: str = col("Version of Office as the registry counts it, such as 16.0.", default="")
    macros: str | None = col("What happens to macros: run (all, without asking), signed, ask, block; NULL where nothing is set.")
    internet_blocked: bool | None = col("Whether macros in files from the Internet are blocked; NULL where nothing is set.")
    by_policy: bool | None = col("Whether a policy lays it down, so that people cannot change it.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class DomainComputer:
    """A computer the domain knows, as its controller lists it. It was not looked at itself."""

    asset: str = asset_column()
    name: str = col("Name of the computer, without the sign at its end.", default="")
    dns_name: str | None = col("Full name.")
    os_name: str | None = col("Operating system as it told the domain.")
    os_version: str | None = col("Version and build as it told the domain, such as 10.0 (19045).")
    enabled: bool | None = col("Whether its account may log in.")
    controller: bool | None = col("Whether it is a domain controller.")
    last_login: datetime | None = col("Last login to the domain; the domain writes it only every 9 to 14 days.")
    password_changed: date | None = col("Day it last changed its own password, by itself every 30 days.")
    created: date | None = col("Day its account was made.")
    delegation: bool | None = col("Whether it may act as anybody towards any service; domain controllers may.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """What the person at the machine answered before the kit looked at it. Without an answer the kit stops."""

    asset: str = asset_column()
    machine: str = col("What kind of machine it is to the one who answered.", default="", values=MACHINES)
    answered_by: str | None = col("Who answered, as typed; for an unattended run who wrote the list of machines.")
    agreed: str | None = col("Who agreed that it may be looked at and when, as typed; needed for a vendor's or medical machine.")
    source: str = source_column()
    evidence: str = evidence_column()
