"""The key that may log in to the lab's hosts over SSH, and what their host keys are: so that a person or a program can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from omamori.lab.services.ssh import host_keys


@dataclass(frozen=True, slots=True)
class SshAccess:
    """The private key's file, the public key as one line, and the file of known hosts."""

    key: Path
    public: str
    known_hosts: Path


def make_access(folder: Path) -> SshAccess:
    """Make the lab's key in its folder, readable by its owner alone."""
    key = Ed25519PrivateKey.generate()
    file = folder / "ssh_key"
    file.touch(mode=0o600)
    no_password = serialization.NoEncryption()
    file.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, no_password))
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).decode()
    return SshAccess(file, f"{public} omamori-lab", folder / "known_hosts")


def known_hosts(access: SshAccess, hosts: Iterable[tuple[str, Path]]) -> None:
    """Write the file of known hosts. In: the addresses of the SSH servers, each with the folder of its host."""
    lines = [f"{address} {key}\n" for address, folder in hosts for key in host_keys(folder)]
    access.known_hosts.write_text("".join(lines), encoding="ascii")
