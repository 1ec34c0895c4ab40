"""The key a pack is signed with: Ed25519 (RFC 8032), and the fingerprint people compare by eye."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from omamori.knowledge.packfile import PackFileError

_GROUPS, _DIGITS = 8, 4
_HEX = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class PackKey:
    """A maker's public key, as PEM."""

    pem: bytes

    @property
    def fingerprint(self) -> str:
        """The first 128 bits of SHA-256 over the 32 bytes of the key (RFC 8032 5.1.5), in groups: `3f2a 90c1 …`."""
        digest = hashlib.sha256(_load(self.pem).public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()
        return " ".join(digest[at : at + _DIGITS] for at in range(0, _GROUPS * _DIGITS, _DIGITS))

    def signed(self, signature: bytes, data: bytes) -> bool:
        """Return whether the holder of the private key signed exactly these bytes."""
        try:
            _load(self.pem).verify(signature, data)
        except InvalidSignature:
            return False
        return True


def read_key(pem: bytes) -> PackKey:
    """Return the key of a PEM file, in one spelling; PackFileError when it is none of Ed25519."""
    return key_of(_load(pem))


def key_of(public: Ed25519PublicKey) -> PackKey:
    """Return a public key of the library as ours."""
    return PackKey(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def same_fingerprint(said: str, fingerprint: str) -> bool:
    """Return whether a person typed this fingerprint, with or without blanks, hyphens or colons, small or capital, full width or not."""
    plain = re.sub(r"[\s:\-‐－ー]+", "", said.translate(_NARROW)).lower()
    return bool(_HEX.fullmatch(plain)) and hmac.compare_digest(plain, fingerprint.replace(" ", ""))


def in_groups(fingerprint: str) -> str:
    """Return a fingerprint to compare group by group: `[1] 3f2a [2] 90c1 …`. Pasted back it is none: a person types it from the paper."""
    return " ".join(f"[{number}] {group}" for number, group in enumerate(fingerprint.split(), 1))


_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def _load(pem: bytes) -> Ed25519PublicKey:
    try:
        found = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _no_key() from error
    if not isinstance(found, Ed25519PublicKey):
        raise _no_key()
    return found


def _no_key() -> PackFileError:
    return PackFileError(
        "altered",
        "知識パックの公開鍵を読めません。受け取り直してください",
        "the public key of the pack cannot be read: fetch the pack again",
    )
