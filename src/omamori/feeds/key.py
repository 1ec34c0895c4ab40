"""The private key a maker signs packs with: one file, for its owner only, with a passphrase where one is wanted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from omamori.feeds.error import FeedsError
from omamori.knowledge.packkey import PackKey, key_of
from omamori.snapshot.files import write_whole

_MAX_BYTES = 16 * 1024
_LATEST = 2**45


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A maker's private key and the file it lies in."""

    path: Path
    private: Ed25519PrivateKey

    @property
    def public(self) -> PackKey:
        """What the hospitals compare."""
        return key_of(self.private.public_key())

    def sign(self, data: bytes) -> bytes:
        """Return the signature over exactly these bytes."""
        return self.private.sign(data)


def new_key(path: Path, passphrase: str = "") -> SigningKey:
    """Make a key and write it (mode 0600; on Windows the folder's own rights count); FeedsError when a file is there already."""
    if path.exists():
        raise FeedsError(
            f"「{path}」はすでにあります。鍵は上書きしません。別の名前を指定するか、この鍵をそのまま使ってください",
            f"{path} is there already, and no key is overwritten: name another file, or use this key",
        )
    private = Ed25519PrivateKey.generate()
    lock: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        lock = serialization.BestAvailableEncryption(passphrase.encode())
    write_whole(path, private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock))
    return SigningKey(path, private)


def needs_passphrase(path: Path) -> bool:
    """Return whether a key file is locked with a passphrase; OSError when it cannot be read."""
    return b"ENCRYPTED" in path.read_bytes()[:_MAX_BYTES]


def load_key(path: Path, passphrase: str = "") -> SigningKey:
    """Read a key; FeedsError when it is none, or the passphrase does not open it."""
    try:
        with path.open("rb") as stream:
            pem = stream.read(_MAX_BYTES)
    except FileNotFoundError as error:
        raise FeedsError(
            f"署名の鍵「{path}」がありません。先に omamori feeds key new で作ってください",
            f"there is no key {path} to sign with: make one first with omamori feeds key new",
        ) from error
    except IsADirectoryError as error:
        raise FeedsError(
            f"「{path}」はフォルダです。鍵のファイルを指定してください", f"{path} is a folder: name the file of the key"
        ) from error
    try:
        private = serialization.load_pem_private_key(pem, passphrase.encode() if passphrase else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise FeedsError(
            f"署名の鍵「{path}」を開けません。パスフレーズか、ファイルを確かめてください",
            f"the key {path} cannot be opened: check the passphrase and the file",
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise FeedsError(f"「{path}」は知識パックの鍵(Ed25519)ではありません", f"{path} is no key of packs (Ed25519)")
    return SigningKey(path, private)


def next_serial(key: Path, now: float | None = None) -> int:
    """Return the number of the next pack: the seconds since 1970, or one more than the last where a clock was set back.

    It is kept beside the key once `keep_serial` was called. A file that cannot be read counts as none.
    """
    try:
        last = int(_beside(key).read_text(encoding="ascii")[:20])
    except (OSError, ValueError):
        last = 0
    present = int(time.time() if now is None else now)
    return max(present, last + 1) if 0 <= last < _LATEST else present


def keep_serial(key: Path, serial: int) -> None:
    """Remember the number of a pack that was made."""
    write_whole(_beside(key), f"{serial}\n".encode())


def _beside(key: Path) -> Path:
    return key.with_name(f"{key.name}.serial")
