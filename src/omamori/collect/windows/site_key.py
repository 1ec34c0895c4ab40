"""The site's public key as the kit carries it, for PowerShell 2.0 to encrypt with."""

from __future__ import annotations

import base64
import hashlib

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def site_key_xml(key: rsa.RSAPublicKey) -> bytes:
    """Return the key as .NET reads it (`RSAKeyValue`, big-endian base64) with its id: the first 16 hex digits of the SHA-256 of its DER form.

    Source: Microsoft Learn, RSA.FromXmlString; W3C XML Signature, `RSAKeyValue`.
    """
    numbers = key.public_numbers()
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    modulus, exponent = (base64.b64encode(one.to_bytes((one.bit_length() + 7) // 8, "big")).decode() for one in (numbers.n, numbers.e))
    name = hashlib.sha256(der).hexdigest()[:16]
    text = f'<OmamoriSiteKey id="{name}"><RSAKeyValue><Modulus>{modulus}</Modulus><Exponent>{exponent}</Exponent></RSAKeyValue></OmamoriSiteKey>'
    return f"{text}\r\n".encode("ascii")
