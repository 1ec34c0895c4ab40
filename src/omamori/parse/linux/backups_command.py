"""What a command copies where: recognises backup programs and their targets."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from omamori.parse.linux.output import FileText

_OWN_COPIES = ("dpkg-db-backup", "passwd", "smbpasswd.bak", "cmp -s", "/var/backups/dpkg", "rpmdb", "logrotate", "grub", "initramfs")
"""Copies a distribution makes of its own lists: no backup of anybody's data."""
_PROGRAMS: Mapping[str, str] = {
    "restic": "restic",
    "borg": "borg",
    "borgmatic": "borg",
    "rsync": "rsync",
    "rsnapshot": "rsnapshot",
    "duplicity": "duplicity",
    "duply": "duplicity",
    "bconsole": "bacula",
    "amdump": "amanda",
    "pg_dump": "pg_dump",
    "pg_dumpall": "pg_dump",
    "pg_basebackup": "pg_basebackup",
    "pgbackrest": "pgbackrest",
    "barman": "barman",
    "mysqldump": "mysqldump",
    "mariadb-dump": "mysqldump",
    "mariabackup": "mariabackup",
    "xtrabackup": "mariabackup",
    "mongodump": "mongodump",
    "veeamconfig": "veeam",
    "tar": "tar",
    "rclone": "rclone",
    "rdiff-backup": "rdiff-backup",
    "kopia": "kopia",
    "burp": "burp",
    "dirvish-runall": "dirvish",
    "timeshift": "timeshift",
    "snapper": "snapper",
    "dump": "dump",
    "xfsdump": "dump",
    "scp": "scp",
    "bpbackup": "netbackup",
    "dsmc": "tsm",
    "pg_backupcluster": "pg_dump",
}
_REMOTE = re.compile(r"(?:[\w.+-]+@)?[\w.-]+:{1,2}[\w/~.].*|(?:rsync|sftp|ssh|ftp|scp|rest|smb)(?::|://).+", re.ASCII)
_OBJECTS = re.compile(r"(?:s3|b2|azure|gs|swift|wasb)s?:.*|boto3\+s3:.*", re.ASCII)
_REPOSITORY = re.compile(r"(?:RESTIC_REPOSITORY|BORG_REPO|BACKUP_DIR|BACKUPDIR|BACKUP_DEST|DEST|DESTDIR|TARGET|DST)=[\"']?([^\"'\s;]+)")
_LONGEST = 10_000  # shlex takes ever longer per character; no real command is longer
_SCRIPT = re.compile(r"/[A-Za-z0-9_./-]+")
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Command:
    """A backup command: program, and where its copy goes."""

    product: str
    target: str | None
    target_kind: str


def read_command(text: str, scripts: Mapping[str, FileText], network: Sequence[str], depth: int = 0) -> Command | None:
    """Return what a command line (or the script it starts) backs up to; None when it is no backup.

    In: the command, the scripts whose lines are known, folders on other machines.
    """
    if any(mark in text for mark in _OWN_COPIES):
        return None
    found = _direct(text, network)
    if found is not None or depth >= _DEEPEST:
        return found
    for path in _SCRIPT.findall(text):
        file = scripts.get(path)
        if file is None:
            continue
        lines = [line.partition(":")[2] if line.partition(":")[0].isdigit() else line for _, line in file.lines]
        known = [one for line in lines if (one := read_command(line, {}, network, depth + 1)) is not None]
        if known:
            # The step that leaves the machine says where the copy ends.
            away = [one for one in known if one.target_kind not in ("same-host", "unknown")]
            named = _repository("\n".join(lines), network)
            return (away or [replace_target(known[0], named) if named else known[0]])[0]
        if "backup" in path.rsplit("/", 1)[-1].lower():
            return Command("script", None, "unknown")
    return None


def replace_target(command: Command, target: tuple[str, str]) -> Command:
    """The same program with a target that the script names elsewhere."""
    return command if command.target_kind != "unknown" else Command(command.product, *target)


def _repository(text: str, network: Sequence[str]) -> tuple[str, str] | None:
    found = _REPOSITORY.search(text)
    return (clean_text(found[1]), _target_kind(found[1], network)) if found else None


def _direct(text: str, network: Sequence[str]) -> Command | None:
    for part in re.split(r"&&|\|\||;|\|", text):
        try:
            words = shlex.split(part[:_LONGEST], posix=True)
        except ValueError:
            words = part.split()
        for place, word in enumerate(words):
            product = _PROGRAMS.get(word.rsplit("/", 1)[-1].strip("(){}$`"))
            if product and (place == 0 or words[place - 1] not in ("-v", "which", "command", "-x", "-f", "-n", "test", "pkill")):
                target = _target(product, words[place + 1 :], text)
                if product == "tar" and not _writes(words[place + 1 :]):
                    continue
                return Command(product, clean_text(target) if target else None, _target_kind(target, network))
    return None


def clean_text(text: str) -> str:
    """Drop the account (and what the redactor left of its password) from an address."""
    return re.sub(r"(://)[^/@\s]+@", r"\1", text)


def _writes(words: Sequence[str]) -> bool:
    """Whether tar makes an archive (it also unpacks)."""
    first = words[0].lstrip("-") if words else ""
    return "c" in first or "--create" in words


def _target(product: str, words: Sequence[str], whole: str) -> str | None:
    options = {"restic": ("-r", "--repo"), "tar": ("-f", "--file"), "pg_dump": ("-f", "--file"), "pg_basebackup": ("-D", "--pgdata")}
    for name in options.get(product, ("--repo", "--repository", "--target-dir", "--out", "-o", "--result-file", "-r")):
        for place, word in enumerate(words):
            if word == name and place + 1 < len(words):
                return words[place + 1]
            if word.startswith(f"{name}="):
                return word.partition("=")[2]
    plain = [word for word in words if not word.startswith(("-", ">", "<", "2>")) and word != "&"]
    if product == "tar":
        return next((word for word in plain if re.search(r"\.(tar|tgz|tar\.\w+|txz|tbz2?)\b|^/dev/(st|nst)", word)), None)
    if product in ("borg",):
        return next((word.partition("::")[0] for word in plain if "::" in word), None)
    if product in ("rsync", "scp", "rdiff-backup", "rclone", "duplicity") and len(plain) >= 2:
        return plain[-1]
    redirected = re.search(r">{1,2}\s*[\"']?(/[^\s\"';|&]+)", whole)
    return redirected[1] if redirected else None


def _target_kind(target: str | None, network: Sequence[str]) -> str:
    if not target or target.startswith("$"):
        return "unknown"
    if _OBJECTS.match(target):
        return "object-storage"
    if _REMOTE.match(target) and not target.startswith("/"):
        return "remote-host"
    if not target.startswith("/"):
        return "unknown"
    on_network = any(target == folder or target.startswith(folder.rstrip("/") + "/") for folder in network)
    return "network-mount" if on_network else "same-host"
