"""An evidence pack as one zip: the same content gives the same bytes, and its list of hashes can be checked with `sha256sum -c`."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

SUMS = "SHA256SUMS"
_MOMENT = (1980, 1, 1, 0, 0, 0)
_OWNER_ONLY = 0o100600 << 16
_UNIX = 3


def with_sums(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the files with the list of their hashes, in the order of their names."""
    ordered = dict(sorted(files.items()))
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in ordered.items())
    return {**ordered, SUMS: sums.encode()}


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a zip, each for its owner only."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = _UNIX
            info.external_attr = _OWNER_ONLY
            archive.writestr(info, data)
    return stream.getvalue()
