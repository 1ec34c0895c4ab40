"""A kit result sealed for one site: only the holder of the site's private key can read it. See docs/decisions/0016.

    OMAMORI-SEALED 1 KEYID          first 16 hex digits of SHA-256 over the DER SubjectPublicKeyInfo
    base64                          RSA-OAEP (SHA-1, MGF1 with SHA-1; RFC 8017 7.1) of 64 random bytes: AES key, MAC key
    base64                          16 bytes initialisation vector
    base64                          HMAC-SHA256 (RFC 2104) over the three lines above, each with a line feed, and the ciphertext
    base64, wrapped                 AES-256-CBC with PKCS #7 padding (NIST SP 800-38A, RFC 5652 6.3) of the gzipped result

The MAC is checked before anything is decrypted. OAEP uses SHA-1 because the .NET that Windows 7 has knows no other.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import hmac
import io
import os
import re
import zlib
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from omamori.model.text import Text
from omamori.parse.interface import EvidenceError

MAGIC = b"OMAMORI-SEALED "
MAX_BYTES = 256 * 1024 * 1024
"""Longest result, sealed or unpacked."""
_HEAD = re.compile(rb"OMAMORI-SEALED (\d{1,3}) ([0-9a-f]{16})[ \t]*\r?\n")
_BLOCK = 16
_LINE = 76
# OAEP with SHA-1 rests on the random function, not on collisions (RFC 8017, appendix B.1).
_OAEP = padding.OAEP(mgf=padding.MGF1(algorithm=hashes.SHA1()), algorithm=hashes.SHA1(), label=None)  # noqa: S303


@dataclass(frozen=True, slots=True)
class Sealed:
    """The parts of a sealed file. `signed` are the lines the MAC covers besides the ciphertext."""

    key_id: str
    wrapped: bytes
    vector: bytes
    mac: bytes
    signed: bytes
    ciphertext: bytes


def is_sealed(head: bytes) -> bool:
    """Return True when a file begins like a sealed kit result."""
    return head.startswith(MAGIC)


def key_id(public: rsa.RSAPublicKey) -> str:
    """Return the name of a key: 16 hex digits."""
    return hashlib.sha256(public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)).hexdigest()[:16]


def read_sealed(data: bytes) -> Sealed:
    """Split a sealed file into its parts. Raises EvidenceError where it is no such file or is cut off."""
    if len(data) > 2 * MAX_BYTES:
        raise _damaged("the file is too large", "ファイルが大きすぎます")
    head = _HEAD.match(data)
    if head is None or head[1] != b"1":
        raise _damaged("line 1: expected `OMAMORI-SEALED 1 KEY`", "1行目に「OMAMORI-SEALED 1 鍵の番号」が必要です")
    lines = data[head.end() :].replace(b"\r", b"").split(b"\n", 3)
    if len(lines) < 4:
        raise _damaged("the file is cut off before its content", "中身の前でファイルが途切れています")
    signed = b"\n".join((data[: head.end()].strip(), lines[0].strip(), lines[1].strip())) + b"\n"
    wrapped, vector, mac, ciphertext = (_base64(part) for part in lines)
    if len(vector) != _BLOCK or len(mac) != 32 or not ciphertext or len(ciphertext) % _BLOCK:
        raise _damaged("the file is cut off or altered", "ファイルが途切れているか書き換わっています")
    return Sealed(head[2].decode(), wrapped, vector, mac, signed, ciphertext)


def unseal(sealed: Sealed, private: rsa.RSAPrivateKey) -> bytes:
    """Return the kit result. Raises EvidenceError where the key does not fit or a byte was altered."""
    try:
        keys = private.decrypt(sealed.wrapped, _OAEP)
    except ValueError:
        raise _damaged("the key does not open it, or its second line was altered", "鍵が合わないか、2行目が書き換わっています") from None
    if len(keys) != 64:
        raise _damaged("its keys have the wrong length", "中の鍵の長さが違います")
    expected = hmac.new(keys[32:], sealed.signed + sealed.ciphertext, hashlib.sha256).digest()
    if not hmac.compare_digest(expected, sealed.mac):
        raise _damaged("it was altered or cut off after it was sealed", "封をした後に書き換わったか、途切れています")
    decryptor = Cipher(algorithms.AES(keys[:32]), modes.CBC(sealed.vector)).decryptor()
    unpadder = PKCS7(8 * _BLOCK).unpadder()
    try:
        packed = unpadder.update(decryptor.update(sealed.ciphertext) + decryptor.finalize()) + unpadder.finalize()
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
            plain = stream.read(MAX_BYTES + 1)
    except (ValueError, OSError, EOFError, zlib.error):
        raise _damaged("what is inside cannot be unpacked", "中身を展開できません") from None
    if len(plain) > MAX_BYTES:
        raise _damaged("what is inside is too large", "中身が大きすぎます")
    return plain


def seal(data: bytes, public: rsa.RSAPublicKey) -> bytes:
    """Return `data` sealed for the holder of the private key, as the kit does it on Windows."""
    keys, vector = os.urandom(64), os.urandom(_BLOCK)
    padder = PKCS7(8 * _BLOCK).padder()
    encryptor = Cipher(algorithms.AES(keys[:32]), modes.CBC(vector)).encryptor()
    padded = padder.update(gzip.compress(data)) + padder.finalize()
    ciphertext = encryptor.update(padded) + encryptor.finalize()
    lines = [f"OMAMORI-SEALED 1 {key_id(public)}".encode(), base64.b64encode(public.encrypt(keys, _OAEP)), base64.b64encode(vector)]
    signed = b"".join(line + b"\n" for line in lines)
    mac = hmac.new(keys[32:], signed + ciphertext, hashlib.sha256).digest()
    text = base64.b64encode(ciphertext)
    wrapped = b"\r\n".join(text[at : at + _LINE] for at in range(0, len(text), _LINE))
    return b"\r\n".join((*lines, base64.b64encode(mac), wrapped, b""))


def public_xml(public: rsa.RSAPublicKey) -> str:
    """Return a public key as .NET reads it (RSACryptoServiceProvider.FromXmlString)."""
    numbers = public.public_numbers()

    def text(number: int) -> str:
        return base64.b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).decode()

    return f"<RSAKeyValue><Modulus>{text(numbers.n)}</Modulus><Exponent>{text(numbers.e)}</Exponent></RSAKeyValue>"


def _base64(text: bytes) -> bytes:
    try:
        return base64.b64decode(re.sub(rb"\s", b"", text), validate=True)
    except binascii.Error:
        raise _damaged(
            "a line is no base64: the file is cut off or altered", "base64でない行があります。途切れたか書き換わっています"
        ) from None


def _damaged(en: str, ja: str) -> EvidenceError:
    return EvidenceError(
        Text(
            f"{ja}。元のファイルをもう一度写すか、キットをもう一度実行してください",
            f"{en}; copy the original file again or run the kit again",
        )
    )
