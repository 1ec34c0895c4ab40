"""Files somebody hands over: opened with limits, archives unpacked in memory, nothing executed or written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from omamori.model.text import Text

HEAD_BYTES = 64 * 1024
LARGE_BYTES = 512 * 1024
"""A larger file is read by the process that works on it, not handed from one to the other."""
MAX_BYTES = 256 * 1024 * 1024
MAX_MEMBERS = 5_000
MAX_ARCHIVE_BYTES = 2 * 1024**3
MAX_RATIO = 200
"""Above this ratio of unpacked to packed size a member is taken for a zip bomb."""

_PIECE = 1024 * 1024
_ZIP = b"PK\x03\x04"
_MANIFEST = b"manifest.json"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file to take in: its name for people and its bytes, or why it cannot be read.

    `folder` is where it lay; `handed_over` the name of that folder when a folder or archive was given as a whole. Of a large file
    `data` is only the beginning, `path` where all of it lies and `more` how many bytes are left: whoever needs them calls `whole`.
    One too large to be held in memory has its refusal with it, and can only be read by `pieces`.
    """

    name: str
    data: bytes = b""
    refusal: Text | None = None
    folder: str = ""
    handed_over: str = ""
    path: Path | None = None
    more: int = 0

    def pieces(self) -> Iterator[bytes]:
        """Yield all of its bytes, a piece at a time. Raises OSError when they cannot be read any more."""
        if self.path is None:
            yield self.data
            return
        with self.path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece

    def whole(self) -> Incoming:
        """Return it with all of its bytes, or why they cannot be read any more."""
        if self.path is None or self.refusal is not None:
            return self
        try:
            return replace(self, data=self.path.read_bytes(), path=None, more=0)
        except OSError as error:
            return replace(self, data=b"", refusal=_unreadable(error), path=None, more=0)


def incoming(paths: list[Path]) -> Iterator[Incoming]:
    """Yield every file below `paths` and inside their zip archives; one that cannot be read carries its refusal."""
    for path in paths:
        if _is_folder(path):
            found = {item.relative_to(path.parent).as_posix(): item for item in path.rglob("*") if item.is_file() and not item.is_symlink()}
            for name in sorted(found):  # the same names and order on every system
                inner = found[name]
                for one in _open(inner, name):
                    yield one if one.folder else replace(one, folder=str(inner.parent), handed_over=inner.parent.name)
        else:
            for one in _open(path, path.name):
                yield one if one.folder else replace(one, folder=str(path.parent))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # A name the system refuses (too long): told with its reason when it is opened.


def _open(path: Path, name: str) -> Iterator[Incoming]:
    try:
        if path.exists() and not path.is_file():
            text = Text(
                "通常のファイルではありません(装置やパイプ)。取り込みません", "not an ordinary file (a device or pipe); not taken in"
            )
            yield Incoming(name, refusal=text)
            return
        if not path.is_file():
            yield Incoming(name, refusal=Text("ファイルが見つかりません。名前を確かめてください", "no such file; check its name"))
            return
        size = path.stat().st_size
        with path.open("rb") as stream:
            data = stream.read(HEAD_BYTES)
            if is_knowledge_pack(data):
                yield Incoming(name, refusal=_knowledge_pack(name))
                return
            if size > MAX_BYTES:
                yield Incoming(name, data, _too_large(size), path=path.absolute(), more=size - len(data))
                return
            if size > LARGE_BYTES and not data.startswith(_ZIP):
                yield Incoming(name, data, path=path.absolute(), more=size - len(data))
                return
            data += stream.read()
    except OSError as error:
        yield Incoming(name, refusal=_unreadable(error))
        return
    yield from _unpack(name, data)


def is_knowledge_pack(head: bytes) -> bool:
    """Return whether a file begins as a knowledge pack does: its manifest is the first member and stored as it is."""
    name = head[30:][: len(_MANIFEST)]
    return head.startswith(_ZIP) and name == _MANIFEST and b'"serial"' in head[30:200]


def _knowledge_pack(name: str, *, zipped: bool = False) -> Text:
    ja, en = ("zipから取り出して、", "unpack it, then ") if zipped else ("", "")
    return Text(
        f"知識パックです。機器の情報ではないので、{ja}次の命令で取り込んでください: omamori feeds import {name}",
        f"a knowledge pack, no evidence of machines: {en}take it in with omamori feeds import {name}",
    )


def _unreadable(error: OSError) -> Text:
    reason = error.strerror or "?"
    return Text(f"読めませんでした({reason})", f"could not be read ({reason})")


def _unpack(name: str, data: bytes) -> Iterator[Incoming]:
    if not data.startswith(_ZIP) or _is_office(data):
        yield Incoming(name, data)
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, ValueError, OverflowError) as error:
        yield Incoming(
            name, refusal=Text(f"zipが壊れています({error})。もう一度作ってください", f"the zip is damaged ({error}); make it again")
        )
        return
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_ARCHIVE_BYTES:
        yield Incoming(name, refusal=Text("zipの中身が多すぎます。分けてください", "the zip holds too much; split it"))
        return
    for member in members:
        inside = re.split(r"[/\\]", member.filename)[:-1]
        place = "/".join((name, *inside))
        own = inside[-1] if inside else Path(name).stem
        yield replace(_member(archive, member, f"{name}:{member.filename}"), folder=place, handed_over=own)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Incoming:
    if member.file_size > MAX_BYTES:
        return Incoming(name, refusal=_too_large(member.file_size))
    if member.file_size > MAX_RATIO * max(member.compress_size, 1) and member.file_size > 1024 * 1024:
        return Incoming(
            name, refusal=Text("圧縮率が異常です(zip爆弾の疑い)。取り込みません", "suspiciously compressed (zip bomb?); not taken in")
        )
    try:
        with archive.open(member) as stream:
            # The header's size may lie: never read beyond what it promised.
            data = stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        return Incoming(name, refusal=Text(f"zipから取り出せません({error})", f"cannot be taken out of the zip ({error})"))
    if is_knowledge_pack(data):
        return Incoming(name, refusal=_knowledge_pack(Path(member.filename).name, zipped=True))
    if len(data) > member.file_size:
        return Incoming(name, refusal=Text("zipの記録と中身の大きさが違います。取り込みません", "larger than the zip says; not taken in"))
    return Incoming(name, data)


def _is_office(data: bytes) -> bool:
    return b"[Content_Types].xml" in data[:4096] or b"[Content_Types].xml" in data[-65536:]


def _too_large(size: int) -> Text:
    megabytes, limit = size // 1024**2, MAX_BYTES // 1024**2
    return Text(
        f"大きすぎます({megabytes} MB。上限 {limit} MB)。元の機器で分けて出力してください",
        f"too large ({megabytes} MB, limit {limit} MB); write it in parts on the machine it came from",
    )


def is_no_text(data: bytes) -> bool:
    """Return True for what is plainly no text: empty, a picture, a document, an archive, a program."""
    return not data.strip() or any(data.startswith(magic) for magic, _, _ in _LOOKS_LIKE)


def describe_unknown(data: bytes) -> Text:
    """Say kindly what a file nobody recognises seems to be, and what to bring instead."""
    if not data.strip():
        return Text("空のファイルです。出力をもう一度保存してください", "the file is empty; save the output again")
    for magic, ja, en in _LOOKS_LIKE:
        if data.startswith(magic):
            return Text(ja, en)
    return Text("種類が分かりません。保存していません", "not recognised; nothing was stored")


_TEXT_JA = "文字の出力をそのまま保存したファイルを取り込んでください"
_TEXT_EN = "bring the output saved as text"
_LOOKS_LIKE = (
    (b"\x89PNG", f"画像です。{_TEXT_JA}", f"a picture; {_TEXT_EN}"),
    (b"\xff\xd8\xff", f"画像です。{_TEXT_JA}", f"a picture; {_TEXT_EN}"),
    (b"%PDF", f"PDFです。{_TEXT_JA}", f"a PDF; {_TEXT_EN}"),
    (
        b"PK\x03\x04",
        f"Word/Excel等の文書ですが、台帳の形ではありません。{_TEXT_JA}",
        f"an office document that is not a ledger; {_TEXT_EN}",
    ),
    (b"\xd0\xcf\x11\xe0", "古い形式のOffice文書です。xlsx形式で保存し直してください", "an old Office document; save it as xlsx"),
    (b"MZ", "プログラムです。取り込みません", "a program; not taken in"),
)
