"""OpenSSH's server. Only the key the lab was given may log in, as root.

`weak` offers what old devices do: SHA-1 key exchange, CBC and 3DES, a short RSA key, passwords for root (that nobody knows).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS = {"port": 22, "weak": False}
_SHORT = 1024
"""Bits of the weak RSA key: the shortest OpenSSH still takes."""
_STRONG = "PermitRootLogin prohibit-password\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
_WEAK = (
    "PermitRootLogin yes\nPasswordAuthentication yes\n"
    "KexAlgorithms +diffie-hellman-group1-sha1,diffie-hellman-group14-sha1\nCiphers +3des-cbc,aes128-cbc\nMACs +hmac-md5\n"
    "HostKeyAlgorithms +ssh-rsa\nPubkeyAcceptedAlgorithms +ssh-rsa\n"
)


def host_keys(folder: Path) -> list[str]:
    """Return the public host keys (`TYPE BASE64`) of the SSH server whose place has this folder, for a known_hosts file."""
    return [file.read_text(encoding="ascii").strip() for file in sorted((folder / "ssh").glob("host_*.pub"))]


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("ssh", options, _DEFAULTS)
    folder = place.folder / "ssh"
    folder.mkdir(exist_ok=True)
    keys: dict[str, Ed25519PrivateKey | RSAPrivateKey] = {"host_ed25519": Ed25519PrivateKey.generate()}
    if chosen["weak"]:
        keys["host_rsa"] = generate_private_key(65537, _SHORT)
    for name, key in keys.items():
        _write(folder / name, key)
    lines = "".join(f"HostKey {folder / name}\n" for name in keys)
    (folder / "authorized").write_text(f"{place.authorized}\n", encoding="ascii")
    config = (
        f"Port {chosen['port']}\n{lines}PidFile none\nUsePAM no\nStrictModes no\nLogLevel VERBOSE\n"
        f"AuthorizedKeysFile {folder}/authorized\nUseDNS no\n{_WEAK if chosen['weak'] else _STRONG}"
    )
    (folder / "sshd_config").write_text(config, encoding="ascii")
    # It starts itself anew for every connection and so wants to be called by its full name.
    argv = (need_program("sshd"), "-D", "-e", "-f", str(folder / "sshd_config"))
    return (Daemon(argv, ready=("tcp", chosen["port"]), run=("sshd",)),)


def _write(file: Path, key: Ed25519PrivateKey | RSAPrivateKey) -> None:
    form = serialization.PrivateFormat.OpenSSH
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    file.touch(mode=0o600)
    file.write_bytes(private)
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    file.with_suffix(".pub").write_bytes(public + b"\n")


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    return (Port("tcp", settle("ssh", options, _DEFAULTS)["port"], "remote-shell"),)


SERVICE = Service(
    name="ssh",
    programs={"sshd": "openssh-server"},
    prepare=_prepare,
    listens=_listens,
    shows={"ssh/sshd_config": "ssh/sshd_config"},
)
