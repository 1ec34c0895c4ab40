"""Tables of a host: accounts, rights, policies, protection and logs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from omamori.model.schema import asset_column, col, evidence_column, source_column


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A local account; on a domain controller an account of the domain."""

    asset: str = asset_column()
    name: str = col("Name of the account.", default="")
    uid: str | None = col("User number, or SID on Windows.")
    enabled: bool | None = col("Whether somebody can log in with it (shell, lock and expiry considered).")
    administrator: bool | None = col("Whether it is root or has uid 0; on Windows a member of Administrators.")
    system: bool | None = col("Whether it belongs to the system and not to a person.")
    password_state: str | None = col("State of the password: set, locked, empty.")
    password_required: bool | None = col("Whether the account has to have a password.")
    password_changed: date | None = col("Day the password was last changed.")
    password_max_days: int | None = col("Days after which the password expires; NULL when never.")
    password_never_expires: bool | None = col("Whether the account is exempt from the rule that passwords expire.")
    locked: bool | None = col("Whether it is locked after wrong attempts.")
    expires: date | None = col("Day the account expires.")
    last_login: datetime | None = col("Last login seen; NULL when never or not known.")
    shell: str | None = col("Login shell.")
    home: str | None = col("Home folder.")
    authorized_keys: int | None = col("Number of SSH public keys that open the account; the keys are not kept.")
    protected: bool | None = col("Whether the domain counts it among its administrators (adminCount is 1).")
    service_names: int | None = col(
        "Number of services registered on it (servicePrincipalName): anybody in the domain may try its password."
    )
    preauthentication: bool | None = col("Whether a login has to prove the password before the domain answers (Kerberos).")
    delegation: bool | None = col("Whether it may act as anybody towards any service (unconstrained delegation).")
    reversible: bool | None = col("Whether its password is kept so that it can be read back.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupMember:
    """Membership of an account in a local group."""

    asset: str = asset_column()
    group_name: str = col("Name of the group.", default="")
    group_id: str | None = col("Number or SID of the group.")
    member: str = col("Account or group that is a member.", default="")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class SudoRule:
    """A sudo rule: who may run what as whom."""

    asset: str = asset_column()
    who: str = col("User, `%group` or alias the rule is for.", default="")
    run_as: str | None = col("Account the command runs as.")
    command: str | None = col("Command allowed; ALL for everything.")
    no_password: bool | None = col("Whether no password is asked (NOPASSWD).")
    path: str | None = col("File the rule stands in.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class PasswordPolicy:
    """Rules for passwords and lockout. One row per machine."""

    asset: str = asset_column()
    min_length: int | None = col("Shortest password accepted, in characters.")
    complexity: bool | None = col("Whether kinds of characters are demanded.")
    max_days: int | None = col("Days after which a password expires; NULL when never.")
    min_days: int | None = col("Days before it may be changed again.")
    history: int | None = col("Number of old passwords refused.")
    lockout_threshold: int | None = col("Wrong attempts before lockout; 0 when there is none.")
    lockout_minutes: int | None = col("Minutes an account stays locked; 0 until an administrator unlocks it.")
    hash_algorithm: str | None = col("Method passwords are stored with, such as yescrypt, SHA512, MD5.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class SshSetting:
    """An effective setting of the SSH server (one row per value; `sshd -T` names, lower case)."""

    asset: str = asset_column()
    name: str = col("Setting, such as permitrootlogin.", default="")
    value: str | None = col("Value in force.")
    match_rule: str | None = col("Condition of the Match block it belongs to; NULL for all.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class SecurityProduct:
    """A product that protects: antivirus, behaviour detection, mandatory access control, integrity, device control."""

    asset: str = asset_column()
    name: str = col("Product, such as clamav, apparmor, selinux, auditd, fail2ban, aide, usbguard, defender.", default="")
    kind: str = col("What it is for: antivirus, edr, mac, audit, integrity, blocker, device-control, firewall.", default="")
    version: str | None = col("Version.")
    running: bool | None = col("Whether it is at work now.")
    real_time: bool | None = col("Whether files are looked at as they are used.")
    behaviour: bool | None = col("Whether strange behaviour of programs is watched.")
    mode: str | None = col("Mode: enforcing, permissive, complain, monitor, active, disabled.")
    signatures: date | None = col("Day of the newest signatures or baseline.")
    tamper_protected: bool | None = col("Whether an administrator cannot simply remove it.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class LogSetting:
    """Where a machine's log goes, how long it is kept and whether a copy leaves the machine."""

    asset: str = asset_column()
    log: str = col("Log or logger: journald, rsyslog, syslog-ng, auditd, wtmp, Security.", default="")
    active: bool | None = col("Whether it is being written.")
    persistent: bool | None = col("Whether it survives a restart.")
    kept_days: int | None = col("Days kept before rotation deletes it.")
    max_bytes: int | None = col("Largest size in bytes.")
    oldest: datetime | None = col("Moment of the oldest event still there; NULL when empty or not known.")
    forwarded_to: str | None = col("Host it is sent to, or the program that sends it where only that is known; NULL when it stays here.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A folder offered to other machines."""

    asset: str = asset_column()
    name: str = col("Name of the share; of an NFS export its path.", default="")
    protocol: str = col("smb or nfs.", default="")
    path: str | None = col("Folder that is shared.")
    comment: str | None = col("Comment.")
    guest: bool | None = col("Whether it opens without an account.")
    writable: bool | None = col("Whether somebody may write.")
    hosts_allowed: str | None = col("Addresses or names it is limited to; NULL when open to any.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class ShareAccess:
    """Who may do what in a share."""

    asset: str = asset_column()
    share: str = col("Name of the share.", default="")
    principal: str = col("Account, group or host; `*` for anybody.", default="")
    access: str = col("read, change, full or root (NFS no_root_squash).", default="")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class ShareSetting:
    """A setting of the file-sharing server as a whole."""

    asset: str = asset_column()
    protocol: str = col("smb or nfs.", default="")
    name: str = col("Setting, such as `server min protocol`, `server signing`, `map to guest`.", default="")
    value: str | None = col("Value in force.")
    source: str = source_column()
    evidence: str = evidence_column()
