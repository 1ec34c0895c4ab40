"""The site's keys for sealed kit results: `keys/kit-<id>.pem`, readable only by the owner of the site folder."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from omamori.parse.sealed import key_id
from omamori.snapshot.files import private_folder, write_whole

_BITS = 3072


class KitKeys:
    """The private keys of one site folder. Old ones are kept: a kit made with one may still be on its way."""

    def __init__(self, site: Path) -> None:
        """`site` is the site folder; nothing is made before a key is asked for."""
        self._folder = site / "keys"

    def public(self) -> rsa.RSAPublicKey:
        """Return the public key for a new kit; made the first time. Raises OSError when the site cannot be written."""
        known = sorted(self._folder.glob("kit-*.pem"), key=lambda path: (path.stat().st_mtime, path.name))
        for path in reversed(known):
            private = _load(path)
            if private is not None:
                return private.public_key()
        private = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
        pem = private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        private_folder(self._folder)
        write_whole(self._folder / f"kit-{key_id(private.public_key())}.pem", pem, workshop=self._folder)
        return private.public_key()

    def private(self, name: str) -> rsa.RSAPrivateKey | None:
        """Return the key of this id (16 hex digits); None when the site has no such key."""
        return _load(self._folder / f"kit-{name}.pem")


def _load(path: Path) -> rsa.RSAPrivateKey | None:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        return None
    return key if isinstance(key, rsa.RSAPrivateKey) else None
