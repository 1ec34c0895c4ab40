"""A publisher's files of our own, a maker's key, and the packs made of both."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from omamori.feeds.build import Built, build_pack
from omamori.feeds.key import SigningKey, new_key

HEADER = "DatePosted,CVE,BulletinKB,Title,AffectedProduct,AffectedComponent,Severity,Impact,Supersedes,Exploits"
ROWS = (
    "20260512,CVE-2026-1001,5060001,One,Windows 10 Version 22H2 for x64-based Systems,Kernel,Critical,Remote Code Execution,5050001,",
    "20260512,CVE-2026-1002,5060001,Two,Windows 10 Version 22H2 for x64-based Systems,Kernel,Important,Elevation of Privilege,5050001,",
    "20260414,CVE-2026-1003,5050001,Three,Windows Server 2019,Kernel,Important,Spoofing,,",
)
NOW = datetime(2026, 6, 1, 3, 0, 0, tzinfo=UTC)


def quiet(done: int, total: int) -> None:
    """Progress nobody looks at."""


def table(*rows: str) -> bytes:
    """Microsoft's table with these rows."""
    return ("\n".join((HEADER, *rows)) + "\n").encode()


@dataclass(frozen=True)
class Maker:
    """Somebody who makes packs: files, a key, and a way to build with both."""

    folder: Path
    key: SigningKey

    def build(self, name: str = "pack", now: datetime = NOW, *rows: str) -> Built:
        """Build a pack of the table with these rows."""
        files = self.folder / f"files-{name}"
        files.mkdir(exist_ok=True)
        (files / f"CVEs_{now:%Y%m%d}.csv").write_bytes(table(*(rows or ROWS)))
        return build_pack(
            [files], self.folder / f"{name}.omamori-pack", self.key, maker="Support Taro", now=now, progress=quiet, step=lambda text: None
        )


def new_maker(folder: Path) -> Maker:
    """Return a maker with a new key of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    return Maker(folder, new_key(folder / "pack.key"))


def with_members(source: Path, target: Path, changed: dict[str, bytes | None], **more: bytes) -> Path:
    """Write a pack again with some members changed, left out (None), or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for info in old.infolist():
            data = changed.get(info.filename, old.read(info))
            if data is not None:
                new.writestr(info.filename, data)
        for name, data in more.items():
            new.writestr(name, data)
    return target


def member(path: Path, name: str) -> bytes:
    """Return a member of a pack."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)
