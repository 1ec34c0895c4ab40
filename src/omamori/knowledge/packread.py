"""Opens a knowledge pack, as one file or unpacked, and believes none of it before signature, key and hash were compared."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Protocol

from omamori.knowledge.facts import PackError
from omamori.knowledge.pack import FILES, Pack, read_pack, starter_files
from omamori.knowledge.packfile import (
    FACTS,
    KEY,
    LIMITS,
    MANIFEST,
    MEMBERS,
    SIGNATURE,
    SIGNATURE_BYTES,
    PackFileError,
    PackManifest,
    Problem,
    known_tables,
    pack_id,
    read_manifest,
)
from omamori.knowledge.packkey import PackKey, in_groups, read_key
from omamori.knowledge.store import Facts

_CHUNK = 1024 * 1024
_ZIP = b"PK\x03\x04"
_END_BYTES = 65_557 + 76
"""The end record with the longest comment, and before it ZIP64's record and its locator."""
_LONGEST_LIST = 64 * 1024
_HARMED = (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, struct.error)
"""What the library raises for a ZIP that was changed."""


class Members(Protocol):
    """Where the members of a pack lie."""

    def sizes(self) -> Mapping[str, int]:
        """Return every member's size by name."""

    def open(self, name: str) -> IO[bytes]:
        """Open a member."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A manifest whose signature is that of `key`. Whether that key is trusted is another question."""

    manifest: PackManifest
    key: PackKey
    data: bytes
    signature: bytes

    @property
    def id(self) -> str:
        """The pack's name."""
        return pack_id(self.data)


class _Zipped:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def sizes(self) -> Mapping[str, int]:
        return {info.filename: info.file_size for info in self._archive.infolist()}

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(name)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A pack whose members lie in a folder."""

    folder: Path

    def sizes(self) -> Mapping[str, int]:
        """Return every file's size by name."""
        return {path.name: path.stat().st_size for path in self.folder.iterdir()}

    def open(self, name: str) -> IO[bytes]:
        """Open a file of it."""
        return (self.folder / name).open("rb")


@contextmanager
def open_packfile(path: Path) -> Iterator[Members]:
    """Open the one file; PackFileError when it is no pack, is cut off, or holds what a pack does not. OSError of the disk."""
    with path.open("rb") as stream:
        start = stream.read(len(_ZIP))
        if start != _ZIP:
            raise _no_pack(path) if start else _cut_off(path)
        _short_list(path, stream)
        try:
            archive = zipfile.ZipFile(stream)
        except _HARMED as error:
            # The list of members stands at the end: without it the file was cut off, with it a member was changed.
            raise _altered(path.name) if _has_list(path) else _cut_off(path) from error
        with archive:
            _plain(path, archive.infolist())
            yield _Zipped(archive)


def _short_list(path: Path, stream: IO[bytes]) -> None:
    """The library reads the list of members whole before anybody can look at it: one as long as the file would fill the memory.

    APPNOTE 4.3.14 to 4.3.16: the end record, and before it that of ZIP64, say how long the list is.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END_BYTES))
    end = stream.read(_END_BYTES)
    stream.seek(0)
    for mark, place, form in ((b"PK\x05\x06", 12, "<L"), (b"PK\x06\x06", 40, "<Q")):
        at = end.find(mark)
        while at >= 0:
            told = end[at + place : at + place + struct.calcsize(form)]
            if len(told) == struct.calcsize(form) and struct.unpack(form, told)[0] > _LONGEST_LIST:
                raise _strange(path.name)
            at = end.find(mark, at + 1)


def _has_list(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 65_557))
        return b"PK\x05\x06" in stream.read()


def _plain(path: Path, members: list[zipfile.ZipInfo]) -> None:
    names = [one.filename for one in members]
    if len(names) > 2 * len(MEMBERS) or len(set(names)) != len(names) or any(not _name(name) for name in names):
        raise _strange(path.name)
    size = path.stat().st_size
    for one in members:
        stored = one.compress_type == zipfile.ZIP_STORED and one.compress_size == one.file_size and not one.flag_bits & 1
        if not stored or not 0 <= one.header_offset < size or one.file_size > size:
            raise _strange(one.filename)


def _name(name: str) -> bool:
    return name.isascii() and len(name) <= 40 and name.replace("_", "").replace(".", "").isalnum() and not name.startswith(".")


def read_signed(members: Members, *, content: bool = True) -> Signed:
    """Return the manifest with the key that signed it; PackFileError when the signature is not of these bytes or the form is not known.

    `content` False: whether the other members are there is not looked at.
    """
    sizes = members.sizes()
    for name in (MANIFEST, SIGNATURE, KEY):
        if name not in sizes or sizes[name] > LIMITS[name]:
            raise _strange(name)
    data, signature, pem = (_whole(members, name) for name in (MANIFEST, SIGNATURE, KEY))
    key = read_key(pem)
    if key.pem != pem or len(signature) != SIGNATURE_BYTES or not key.signed(signature, data):
        raise _altered(MANIFEST)
    manifest = read_manifest(data)
    if content:
        _all_there(sizes, manifest)
    return Signed(manifest, key, data, signature)


def _all_there(sizes: Mapping[str, int], manifest: PackManifest) -> None:
    wrong = sorted({MANIFEST, SIGNATURE, KEY, *manifest.members} ^ set(sizes))
    if wrong:
        raise _strange(", ".join(wrong))
    for name in manifest.members:
        if sizes[name] > LIMITS[name] or sizes[name] != manifest.members[name][1]:
            raise _altered(name)
    for name, columns in known_tables().items():
        if set(columns) - set(manifest.tables.get(name, ())):
            raise PackFileError(
                "older_format",
                f"この知識パックは古い版のお守り({manifest.program})で作られ、今の版に要る項目がありません。"
                "今の版の omamori feeds build で作り直したものを受け取り、取り込んでください",
                f"this pack was made by an older Omamori ({manifest.program}) and lacks what this version reads: take in one that omamori feeds build of this version made anew",
            )


def _whole(members: Members, name: str) -> bytes:
    with _told(name), members.open(name) as stream:
        return stream.read(LIMITS[name] + 1)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """The zip's own checksum is compared before ours."""
    try:
        yield
    except _HARMED as error:
        raise _altered(name) from error


def trust(signed: Signed, pinned: PackKey) -> None:
    """PackFileError unless the key is the one this site compared."""
    if signed.key.pem != pinned.pem:
        raise PackFileError(
            "other_key",
            f"この知識パックは別の鍵で署名されています。登録済み: {pinned.fingerprint} / このパック: {in_groups(signed.key.fingerprint)}。"
            "作った人に確かめ、鍵を替えたのであれば --replace-key を付けて取り込んでください",
            f"this pack is signed by another key. Known here: {pinned.fingerprint}; of this pack: {in_groups(signed.key.fingerprint)}. "
            "Ask its maker; where the key was changed on purpose, import it with --replace-key",
        )


def copy_member(members: Members, signed: Signed, name: str, target: IO[bytes] | None = None) -> None:
    """Read a member to its end, into `target` where given; PackFileError when its bytes are not those of the manifest."""
    wanted, size = signed.manifest.members[name]
    digest, left = hashlib.sha256(), size
    with _told(name), members.open(name) as stream:
        while left and (chunk := stream.read(min(_CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
            if target is not None:
                target.write(chunk)
        if left or stream.read(1) or digest.hexdigest() != wanted:
            raise _altered(name)


def open_unpacked(folder: Path, pinned: PackKey) -> tuple[Signed, Pack]:
    """Return a pack that lies in a folder, after comparing everything; PackFileError or OSError when it cannot be believed."""
    members = Unpacked(folder)
    signed = read_signed(members)
    trust(signed, pinned)
    for name in signed.manifest.members:
        copy_member(members, signed, name)
    return signed, pack_of(folder, signed)


def pack_of(folder: Path, signed: Signed) -> Pack:
    """Return the pack of a folder whose members were compared; PackFileError when its files cannot be read.

    A file that versions before this one did not know comes from what ships inside.
    """
    own = {name: (folder / name).read_bytes() for name in FILES if name in signed.manifest.members}
    try:
        pack = read_pack({**starter_files(), **own})
    except PackError as error:
        raise PackFileError(
            "strange",
            f"知識パックの中の表を読めません: {error}",
            f"a table of the pack cannot be read: {error}",
        ) from error
    return replace(pack, version=signed.id, facts=Facts(folder / FACTS))


def member_bytes(members: Members, signed: Signed, name: str) -> bytes:
    """Return a small member whose bytes were compared."""
    target = io.BytesIO()
    copy_member(members, signed, name, target)
    return target.getvalue()


def _no_pack(path: Path) -> PackFileError:
    return PackFileError(
        "no_pack",
        f"「{path.name}」は知識パック(.omamori-pack)ではありません。omamori feeds build で作ったファイルを指定してください",
        f"{path.name} is no knowledge pack (.omamori-pack): name a file that omamori feeds build made",
    )


def _cut_off(path: Path) -> PackFileError:
    return PackFileError(
        "cut_off",
        f"「{path.name}」は途中で切れています。コピーし直してください",
        f"{path.name} is cut off: copy it again",
    )


def _altered(name: str) -> PackFileError:
    problem: Problem = "altered"
    return PackFileError(
        problem,
        f"知識パックの中身({name})が、署名されたときと違います。取り込みません。作った人から受け取り直してください",
        f"the pack is not as it was signed ({name}); it is not taken. Fetch it again from its maker",
    )


def _strange(name: str) -> PackFileError:
    return PackFileError(
        "strange",
        f"知識パックにあるはずのないもの、または足りないものがあります({name})。取り込みません。作った人から受け取り直してください",
        f"the pack holds what does not belong into one, or lacks what does ({name}); it is not taken. Fetch it again from its maker",
    )
