from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from omamori.lab.certificate import make_certificate


def test_a_modern_one_holds_now_and_names_the_host(tmp_path: Path) -> None:
    file, key = make_certificate(tmp_path, "nas", ["10.0.0.9"], old=False)
    made = x509.load_pem_x509_certificate(file.read_bytes())
    assert made.not_valid_before_utc < datetime.now(UTC) < made.not_valid_after_utc
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["nas"]
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == ["10.0.0.9"]
    assert key.stat().st_mode & 0o077 == 0


def test_an_old_one_is_expired_and_short_and_is_made_once(tmp_path: Path) -> None:
    file, _ = make_certificate(tmp_path, "nas", [], old=True)
    made = x509.load_pem_x509_certificate(file.read_bytes())
    assert made.not_valid_after_utc < datetime.now(UTC)
    key = made.public_key()
    assert isinstance(key, RSAPublicKey)
    assert key.key_size == 1024
    before = file.read_bytes()
    assert make_certificate(tmp_path, "nas", [], old=True)[0].read_bytes() == before
