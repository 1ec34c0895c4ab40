"""Puts the parts of a finished workbook in an order by which an import recognises it from its first bytes."""

from __future__ import annotations

import io
import zipfile

_FIRST = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml")
_MOMENT = (1980, 1, 1, 0, 0, 0)


def pack(workbook: bytes) -> bytes:
    """Return the same workbook with the list of sheets and the words first, and without moments.

    In: bytes of a workbook we wrote. The same workbook gives the same bytes.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        names = archive.namelist()
        for name in sorted(names, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST)):
            info = zipfile.ZipInfo(name, _MOMENT)
            info.create_system = 3  # the same bytes on Windows and Linux
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, archive.read(name))
    return out.getvalue()
