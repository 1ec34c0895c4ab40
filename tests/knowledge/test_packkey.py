"""The key of a pack and its fingerprint: the same key in the same words, and nothing near it passes."""

from __future__ import annotations

import re

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from omamori.knowledge.packfile import PackFileError
from omamori.knowledge.packkey import key_of, read_key, same_fingerprint

# RFC 8032 7.1, test 2.
KNOWN = Ed25519PublicKey.from_public_bytes(bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def test_the_signature_of_the_standard_is_confirmed_and_no_other() -> None:
    key = key_of(KNOWN)
    assert key.signed(SIGNATURE, b"\x72")
    assert not key.signed(SIGNATURE, b"\x73")
    assert not key.signed(b"", b"\x72") and not key.signed(bytes(64), b"\x72")


def test_a_fingerprint_is_eight_groups_of_four_and_of_one_key_only() -> None:
    assert re.fullmatch(r"([0-9a-f]{4} ){7}[0-9a-f]{4}", key_of(KNOWN).fingerprint)
    assert len({key_of(Ed25519PrivateKey.generate().public_key()).fingerprint for _ in range(20)}) == 20
    assert read_key(key_of(KNOWN).pem) == key_of(KNOWN)


@pytest.mark.parametrize("form", ["{}", " {}\n", "３ｆ"], ids=["as shown", "with blanks", "full width"])
def test_a_fingerprint_is_known_however_it_is_typed(form: str) -> None:
    shown = "3f2a 90c1 1111 2222 3333 4444 5555 6666"
    typed = form.format(shown) if "{" in form else "".join(chr(ord(letter) + 0xFEE0) for letter in shown.replace(" ", ""))
    assert same_fingerprint(typed, shown) and same_fingerprint(typed.upper(), shown) and same_fingerprint(typed.replace(" ", ":"), shown)


@given(st.text(alphabet="0123456789abcdefABCDEF -:", max_size=45))
def test_nothing_else_passes(typed: str) -> None:
    shown = "3f2a 90c1 1111 2222 3333 4444 5555 6666"
    plain = re.sub("[ :-]", "", typed).lower()
    assert same_fingerprint(typed, shown) == (plain == shown.replace(" ", ""))


def test_a_part_of_a_fingerprint_is_none() -> None:
    shown = "3f2a 90c1 1111 2222 3333 4444 5555 6666"
    assert not same_fingerprint("", shown) and not same_fingerprint(shown[:19], shown) and not same_fingerprint(shown + " 7777", shown)


def test_what_is_no_key_of_this_kind_is_told() -> None:
    other = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for pem in (b"", b"x", other):
        with pytest.raises(PackFileError) as caught:
            read_key(pem)
        assert caught.value.problem == "altered"
