"""What a measure puts where: one type per kind of place. The writers turn each into text for the machine, and into the text that takes it back.

None of them holds what was there before: the files that are run save it on the machine itself before they change anything, so that the
undo gives back exactly what was there at that moment and not what a look of last week saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ValueKind = Literal["dword", "sz", "expand", "multi"]


@dataclass(frozen=True, slots=True)
class RegistryValue:
    """A value of the Windows registry. `key` begins with `HKLM\\`; `data` None takes the value away.

    A policy's place (`HKLM\\SOFTWARE\\Policies\\…`) is preferred where there is one: it also goes into a group policy as it is.
    A key below `HKCU\\` is each person's own: it goes out by group policy alone.
    `enough`: a number in between (both ends included) is as strict as `data` or stricter, and is left as it is.
    `unless`: (key, name, from, to): where that other value stands in between, nothing is done; name `*`: any value of that key.
    `holding`: a word that stands in the value while the change is needed; where it does not, the value is left as it is.
    """

    key: str
    name: str
    kind: ValueKind
    data: int | str | tuple[str, ...] | None
    enough: tuple[int, int] | None = None
    unless: tuple[tuple[str, str, int, int], ...] = ()
    holding: str = ""


@dataclass(frozen=True, slots=True)
class ServiceStart:
    """A Windows service: how it starts (registry value Start: 3 by hand, 4 not at all), and whether it is stopped at once.

    `enough`: a number in between is left as it is.
    """

    name: str
    start: Literal[3, 4]
    stop: bool = True
    enough: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class SecurityArea:
    """A line of a Windows security template, as `secedit` reads and exports it: `[section] name = value`.

    `enough`: a number in between is as strict as `value` or stricter, and is left as it is; -1 (never, for ever) counts as the largest.
    """

    section: Literal["System Access", "Privilege Rights", "Event Audit"]
    name: str
    value: str
    enough: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class AuditSubcategory:
    """A subcategory of Windows' advanced audit policy, named by its GUID (the names are in the language of the system)."""

    guid: str
    success: bool
    failure: bool


@dataclass(frozen=True, slots=True)
class ShareClosed:
    """A Windows share that is no longer offered; the folder stays."""

    name: str


@dataclass(frozen=True, slots=True)
class ShareRights:
    """The rights of a Windows share: (SID, right) in place of all that stand there; right is read, change or full.

    `was`: the bytes of the security descriptor that was seen; where others stand by then, they are left as they are.
    """

    name: str
    rights: tuple[tuple[str, Literal["read", "change", "full"]], ...]
    was: bytes | None = None


@dataclass(frozen=True, slots=True)
class MemberRemoved:
    """A member that leaves a local group of Windows, both by SID: names are in the language of the system."""

    group: str
    member: str


@dataclass(frozen=True, slots=True)
class FeatureOff:
    """A Windows feature that is switched off (DISM name); it may ask for a restart."""

    name: str


@dataclass(frozen=True, slots=True)
class WindowsRule:
    """A rule of the Windows firewall that is put in the place of the one with this registry name, or removed (`rule` None).

    `place` is `local` or `policy`; `rule` is the text of the registry form (MS-FASP, `v2.x|Action=…|`). `was`: the text that was seen; where
    another stands by then, somebody may have made it stricter, and it is left as it is; empty: no such rule was seen, and none may be there.
    """

    place: Literal["local", "policy"]
    name: str
    rule: str | None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class FileText:
    """A file of a Linux machine whose whole text is put there. `check` is a command that refuses a wrong one before it counts.

    `service` is the program that reads it anew (a name of `write/linux_sh.py`), empty where none does. Where another text stands there by
    then, it is left as it is; `more`: the lines are added to it instead.
    """

    path: str
    text: str
    mode: int = 0o644
    check: tuple[str, ...] = ()
    service: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class HeadLines:
    """Lines put at the head of a Linux file that is there, for programs to which the first word counts (sshd_config(5)).

    `check` as of `FileText`; `{}` in it is the file that is tried. `was`: settings of the SSH server and what they were seen to be, as
    `sshd -T` says them; where one is another by then, somebody may have made it stricter, and no line is put there.
    """

    path: str
    lines: tuple[str, ...]
    check: tuple[str, ...] = ()
    service: str = ""
    was: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LinesInstead:
    """Lines of a Linux file in the place of one that says `old`; how many blanks stand between its words makes no difference."""

    path: str
    old: str
    new: tuple[str, ...]
    service: str = ""


@dataclass(frozen=True, slots=True)
class ModeTaken:
    """Rights that are taken away from a file or folder of a Linux machine: bits of its mode."""

    path: str
    bits: int


@dataclass(frozen=True, slots=True)
class SambaSetting:
    """A setting of smb.conf: `[section] name = value`; None takes it away. What Samba then says of it has to be `value`.

    `weaker`: what Samba may say of it before; where it says anything else, somebody has changed it since, and it is left as it is. Empty:
    there is nothing stricter than `value`.
    """

    section: str
    name: str
    value: str | None
    weaker: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A systemd unit (or the program an init script starts) that is stopped and no longer started. `program`: the path of what runs."""

    name: str
    program: str = ""


@dataclass(frozen=True, slots=True)
class NftTable:
    """A table of nftables of our own, which only drops: what it lets through still has to pass every other table."""

    family: Literal["inet", "ip", "ip6"]
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class KernelValue:
    """A setting of the Linux kernel (sysctl). `was`: the value that was seen; where another stands by then, it is left as it is."""

    name: str
    value: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class ProfileOpen:
    """What must still be so when a measure is run: a profile of the Windows firewall is off, or lets in what no rule names."""

    profile: str
    """domain, private or public."""


@dataclass(frozen=True, slots=True)
class NothingBelow:
    """What must still be so when a measure is run: no keys stand below a key of the Windows registry, but for those of these names."""

    key: str
    names: tuple[str, ...] = ()


Still = ProfileOpen | NothingBelow


Change = (
    RegistryValue
    | ServiceStart
    | SecurityArea
    | AuditSubcategory
    | ShareClosed
    | ShareRights
    | MemberRemoved
    | FeatureOff
    | WindowsRule
    | FileText
    | HeadLines
    | LinesInstead
    | ModeTaken
    | SambaSetting
    | Unit
    | NftTable
    | KernelValue
)
