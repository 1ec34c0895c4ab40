from __future__ import annotations

import base64
import gzip
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.interface import EvidenceError
from omamori.parse.sealed import is_sealed, key_id, public_xml, read_sealed, seal, unseal

KEY = rsa.generate_private_key(public_exponent=65537, key_size=3072)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=3072)
PLAIN = b"OMAMORI-KIT-RESULT 1 77\r\n" + bytes(range(256)) * 40
SEALED = seal(PLAIN, KEY.public_key())


def test_the_holder_of_the_key_reads_what_was_sealed() -> None:
    sealed = read_sealed(SEALED)
    assert is_sealed(SEALED[:64]) and sealed.key_id == key_id(KEY.public_key())
    assert unseal(sealed, KEY) == PLAIN
    assert PLAIN[:20] not in SEALED and seal(PLAIN, KEY.public_key()) != SEALED


def test_line_ends_changed_on_the_way_do_not_matter() -> None:
    assert unseal(read_sealed(SEALED.replace(b"\r\n", b"\n")), KEY) == PLAIN


def test_another_sites_key_does_not_open_it() -> None:
    with pytest.raises(EvidenceError, match="key does not open it"):
        unseal(read_sealed(SEALED), OTHER)


@given(st.data())
def test_an_altered_byte_or_a_cut_is_told(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(SEALED) - 3))
    if data.draw(st.booleans()):
        damaged = SEALED[:place]
    else:
        other = data.draw(st.integers(33, 126).filter(lambda byte: byte != SEALED[place]))
        damaged = SEALED[:place] + bytes([other]) + SEALED[place + 1 :]
        if SEALED[place] in b"\r\n":
            return  # a lost line end alone changes nothing that was sealed
    with pytest.raises(EvidenceError):
        unseal(read_sealed(damaged), KEY)


def test_what_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("omamori.parse.sealed.MAX_BYTES", 100_000)
    with pytest.raises(EvidenceError, match="too large"):
        unseal(read_sealed(seal(bytes(5_000_000), KEY.public_key())), KEY)


def test_dotnet_finds_the_same_numbers_in_the_public_key() -> None:
    xml = public_xml(KEY.public_key())
    modulus = base64.b64decode(xml.split("<Modulus>")[1].split("<")[0])
    assert int.from_bytes(modulus, "big") == KEY.public_key().public_numbers().n and len(modulus) == 384
    assert base64.b64decode(xml.split("<Exponent>")[1].split("<")[0]) == b"\x01\x00\x01"


def test_openssl_reads_the_same_format(tmp_path: Path) -> None:
    """The words of the format are those of the standards: another implementation opens it step by step."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: the sealed format is read by one implementation only")
    (tmp_path / "key.pem").write_bytes(
        KEY.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    lines = SEALED.split(b"\r\n")
    (tmp_path / "wrapped").write_bytes(base64.b64decode(lines[1]))
    options = ["-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha1", "-pkeyopt", "rsa_mgf1_md:sha1"]
    keys = subprocess.run(
        ["openssl", "pkeyutl", "-decrypt", "-inkey", tmp_path / "key.pem", "-in", tmp_path / "wrapped", *options],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    body = base64.b64decode(b"".join(lines[4:]))
    (tmp_path / "body").write_bytes(body)
    plain = subprocess.run(
        ["openssl", "enc", "-d", "-aes-256-cbc", "-K", keys[:32].hex(), "-iv", base64.b64decode(lines[2]).hex(), "-in", tmp_path / "body"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert gzip.decompress(plain) == PLAIN
    (tmp_path / "signed").write_bytes(b"".join(line + b"\n" for line in lines[:3]) + body)
    mac = subprocess.run(
        ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{keys[32:].hex()}", "-binary", tmp_path / "signed"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert mac == base64.b64decode(lines[3]) and len(mac) == hashlib.sha256().digest_size
