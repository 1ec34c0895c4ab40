"""Which certificates a WinRM host may show: those named in a file, else those this system trusts. There is no third way."""

from __future__ import annotations

import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from omamori.gate.error import GateError

_MAX_BYTES = 4 * 1024 * 1024


@contextmanager
def trusted(certificates: Path | None) -> Iterator[str]:
    """Yield the path of a PEM file with the trusted certificates, for as long as it is needed.

    In: `certificates`: a file with certificates of hosts or of the hospital's own authority (PEM or DER, as Windows
    exports them); only these count then. None: the system's (on Windows with the domain's authorities). GateError when the
    file cannot be read as certificates, or when the system trusts nobody.
    """
    found = _system() if certificates is None else _read(certificates)
    if not found:
        raise GateError(
            "このPCには信頼する認証局が登録されていません。病院の認証局か機器の証明書を --winrm-certificate で指定してください。",
            "This machine trusts no certificate authority. Name the hospital's authority or the machine's certificate with --winrm-certificate.",
        )
    with tempfile.TemporaryDirectory(prefix="omamori-") as folder:
        path = Path(folder) / "trusted.pem"
        path.write_text("".join(found), encoding="ascii")
        yield str(path)


def _system() -> list[str]:
    return [ssl.DER_cert_to_PEM_cert(one) for one in ssl.create_default_context().get_ca_certs(binary_form=True)]


def _read(path: Path) -> list[str]:
    with path.open("rb") as file:
        data = file.read(_MAX_BYTES)
    try:
        found = x509.load_pem_x509_certificates(data) if b"-----BEGIN" in data else [x509.load_der_x509_certificate(data)]
        return [one.public_bytes(Encoding.PEM).decode("ascii") for one in found]
    except ValueError as error:
        raise GateError(
            f"{path} は証明書として読めません。Windowsの「証明書のエクスポート」で作った .cer か、PEM形式のファイルを指定してください。",
            f"{path} cannot be read as a certificate. Name a .cer file as Windows exports it, or a PEM file.",
        ) from error
