"""Certificates of the lab's servers: signed by themselves, as devices come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

_OLD_BITS = 1024
_OLD_DAYS = (datetime(2012, 4, 1, tzinfo=UTC), datetime(2022, 3, 31, tzinfo=UTC))


def make_certificate(folder: Path, host: str, addresses: Sequence[str], *, old: bool) -> tuple[Path, Path]:
    """Write a certificate and its key into the folder (once) and return their files.

    `old`: a short RSA key, and expired, as on a device that was set up once; otherwise an elliptic key and one year from now.
    """
    name = "old" if old else "modern"
    certificate, secret = folder / f"{name}.pem", folder / f"{name}.key"
    if certificate.is_file():
        return certificate, secret
    key = rsa.generate_private_key(65537, _OLD_BITS) if old else ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    since, until = _OLD_DAYS if old else (now - timedelta(days=1), now + timedelta(days=365))
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    names = [x509.DNSName(host), *(x509.IPAddress(ip_address(address)) for address in addresses)]
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)
    signed = builder.add_extension(x509.SubjectAlternativeName(names), critical=False).sign(key, hashes.SHA256())
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    secret.touch(mode=0o600)
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    return certificate, secret
