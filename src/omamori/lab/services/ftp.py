"""FTP: vsftpd. `anonymous` lets anybody in to read; otherwise nobody gets in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS = {"port": 21, "anonymous": False, "banner": "FTP server ready."}


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("ftp", options, _DEFAULTS)
    folder = place.folder / "ftp"
    for name in ("empty", "files"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "files" / "README.txt").write_text("Configuration backups of the lab.\n", encoding="ascii")
    users = "ftp\nanonymous\n" if chosen["anonymous"] else ""
    (folder / "users").write_text(users, encoding="ascii")
    config = folder / "vsftpd.conf"
    # seccomp: it stops under kernels newer than the program. daemon: its home is there on every Debian, and vsftpd goes there
    # first. The list of users: whoever is not on it is refused
    # before a password.
    config.write_text(
        f"listen=YES\nbackground=NO\nlisten_port={chosen['port']}\nseccomp_sandbox=NO\nsecure_chroot_dir={folder}/empty\n"
        f"anonymous_enable={'YES' if chosen['anonymous'] else 'NO'}\nanon_root={folder}/files\nlocal_enable=YES\n"
        f"userlist_enable=YES\nuserlist_deny=NO\nuserlist_file={folder}/users\nftp_username=daemon\nftpd_banner={chosen['banner']}\n",
        encoding="ascii",
    )
    return (Daemon((need_program("vsftpd"), str(config)), ready=("tcp", chosen["port"])),)


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("tcp", settle("ftp", options, _DEFAULTS)["port"], "plain-text-login"),)


SERVICE = Service(
    name="ftp",
    programs={"vsftpd": "vsftpd"},
    prepare=_prepare,
    listens=_listens,
    shows={"vsftpd.conf": "ftp/vsftpd.conf"},
)
