"""Writes the collection kit: a folder to carry to machines that install nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from cryptography.hazmat.primitives.asymmetric import rsa

from omamori.collect.linux.script import collection_script
from omamori.collect.windows.guide import guide_page, pages
from omamori.collect.windows.script import collection_files
from omamori.gate.error import GateError
from omamori.parse.sealed import key_id, public_xml

_README = Path(__file__).parent / "linux" / "README.kit.txt"


def write_kit(
    directory: Path, *, version: str, built: date, key: rsa.RSAPublicKey | None = None, more: Mapping[str, bytes] = MappingProxyType({})
) -> list[Path]:
    """Write what looks at Linux and at Windows, the pages and `SHA256SUMS` into a folder (made when missing); returns the files.

    `key`: the site's, to which the Windows kit encrypts its results; `more`: pages about this site by name. The same version, day and key give the same bytes.
    GateError when the folder cannot be written to.
    """
    contents = {
        **collection_files(version, built.isoformat()),
        **pages(version),
        # For machines on which no script may run: what to type by hand.
        "Windows-by-hand.ja.html": guide_page("ja").encode(),
        "Windows-by-hand.en.html": guide_page("en").encode(),
        **more,
        "collect-linux.sh": collection_script(version, built.isoformat()),
        # With a byte-order mark: the notepad of old Windows shows the Japanese right.
        "README.txt": _README.read_text(encoding="utf-8").replace("@VERSION@", version).replace("\n", "\r\n").encode("utf-8-sig"),
    }
    if key is not None:
        contents["site-key.xml"] = f'<OmamoriSiteKey id="{key_id(key)}">{public_xml(key)}</OmamoriSiteKey>\r\n'.encode("ascii")
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(contents.items()))
    contents["SHA256SUMS"] = sums.encode()
    written = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, data in contents.items():
            path = directory / name
            path.write_bytes(data)
            written.append(path)
        (directory / "collect-linux.sh").chmod(0o755)
    except OSError as error:
        raise GateError(
            f"{directory} に収集キットを書けません({error.strerror})。書き込めるフォルダを指定してください。",
            f"The kit cannot be written to {directory} ({error.strerror}). Name a folder that can be written to.",
        ) from error
    return written
