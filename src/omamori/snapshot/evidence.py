"""The evidence store: what came in, kept for ever, addressed by its content.

`evidence/blobs/ab/<sha256>.gz` holds an output (the hash is of the redacted bytes),
`evidence/receipts/<id>.json` says which outputs came in together, from where and when. The receipt is
written last: without it nothing has come in.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from isal import igzip, isal_zlib

from omamori.model.text import Text
from omamori.parse.redact import redact
from omamori.snapshot.clock import plain, read_stamp, stamp
from omamori.snapshot.files import private_folder, remove_leftovers, write_whole

_FORMAT = 1
MAX_BLOB = 1024**3
"""Bytes of one output at most."""
_STDERR = 2000
_LEVEL = 2
"""Of ISA-L's compression: a twelfth more bytes than gzip's usual 6, in a sixteenth of the time."""
GZIP = 31
"""How zlib is told that a gzip header comes first."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LIVE = ("local", "ssh", "winrm")


@dataclass(frozen=True, slots=True)
class Visit:
    """Where evidence came from: how (local, ssh, winrm, kit, file), the machine's own name, its clock (UTC) and the version that collected it.

    `built` is the day the collecting kit was made: a clock before it is not believed.
    """

    how: str
    host: str
    started: datetime | None
    version: str
    built: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One output to store: its kind, the redacted bytes and how it was obtained."""

    kind: str
    data: bytes
    seen: datetime | None
    exit_code: int | None = 0
    stderr: str = ""
    privileged: bool | None = None
    file_name: str = ""
    complete: bool = True
    secrets: int = 0


@dataclass(frozen=True, slots=True)
class StoredItem:
    """One output in the store; the bytes are read with `EvidenceStore.read(sha256)`."""

    kind: str
    sha256: str
    size: int
    seen: datetime | None
    exit_code: int | None
    stderr: str
    privileged: bool | None
    file_name: str
    complete: bool
    secrets: int


@dataclass(frozen=True, slots=True)
class PackedItem:
    """An output ready to be stored: what the receipt says of it, and its bytes as they lie in the store."""

    stored: StoredItem
    packed: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came in together: one visit of one machine, or one file. `received` is our clock, UTC."""

    id: str
    visit: Visit
    received: datetime
    items: tuple[StoredItem, ...]


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of the store that is altered, missing or unreadable, and what that means."""

    path: Path
    text: Text


class EvidenceDamagedError(ValueError):
    """A stored output is missing or not what was stored."""

    def __init__(self, path: Path, ja: str, en: str) -> None:
        """Keep the file and the words."""
        self.path, self.text = path, Text(ja, en)
        super().__init__(f"{path}: {en}")


class EvidenceStore:
    """The evidence of one site folder. Two processes may add at once: files are only ever added, each whole."""

    def __init__(self, site: Path) -> None:
        """`site` is the site folder; nothing is made before something is added."""
        self.site = site
        self._blobs = site / "evidence" / "blobs"
        self._receipts = site / "evidence" / "receipts"
        self.workshop = site / "evidence" / "unfinished"

    def add(self, visit: Visit, items: Sequence[Item | PackedItem], received: datetime) -> Receipt | None:
        """Store outputs and, last, their receipt; None when the same content is already here.

        An output that another process packed already need not be packed again. Raises OSError when the site cannot be written.
        """
        ready = [pack(item) if isinstance(item, Item) else item for item in items]
        stored = tuple(item.stored for item in ready)
        receipt = Receipt(_identity(visit, stored, plain(received)), visit, plain(received), stored)
        path = self._receipts / f"{receipt.id}.json"
        private_folder(self.workshop)
        remove_leftovers(self.workshop, older_than_seconds=3600)
        # Before the receipt is looked for: a blob that got lost is healed by importing the same file again.
        for item in ready:
            self._keep(item)
        if path.exists() and _try_receipt(path) is not None:
            return None
        private_folder(self._receipts)
        write_whole(path, receipt_json(receipt), workshop=self.workshop)
        return receipt

    def receipts(self) -> tuple[Receipt, ...]:
        """Return every receipt that can be read, oldest first; `verify` names the others."""
        found = [_try_receipt(path) for path in sorted(self._receipts.glob("*.json"))]
        return tuple(sorted((receipt for receipt in found if receipt is not None), key=lambda receipt: (receipt.received, receipt.id)))

    def unreadable_receipts(self) -> tuple[Damage, ...]:
        """Name the receipts that `receipts` has to leave out."""
        text = Text("受領記録が読めないか書き換わっています", "the receipt cannot be read or was altered")
        return tuple(Damage(path, text) for path in sorted(self._receipts.glob("*.json")) if _try_receipt(path) is None)

    def read(self, sha256: str) -> bytes:
        """Return a stored output; `EvidenceDamagedError` (a ValueError) when it is missing or altered."""
        path = self._path(sha256)
        try:
            data = isal_zlib.decompressobj(wbits=GZIP).decompress(path.read_bytes(), MAX_BLOB + 1)
        except FileNotFoundError:
            raise EvidenceDamagedError(
                path, "保存した情報がありません。もう一度集めてください", "stored evidence is missing: collect again"
            ) from None
        except (OSError, EOFError, isal_zlib.error):  # type: ignore[misc]  # its stub calls the class a variable
            data = b""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise EvidenceDamagedError(
                path,
                "保存した情報が書き換わっています。バックアップから戻すか、もう一度集めてください",
                "stored evidence was altered: restore it from a backup or collect again",
            )
        return data

    def whole(self, receipt: Receipt) -> bool:
        """Return whether every output of a receipt is there as it was stored."""
        try:
            for item in receipt.items:
                self.read(item.sha256)
        except EvidenceDamagedError:
            return False
        return True

    def verify(self) -> tuple[Damage, ...]:
        """Read everything and name each file that is missing or altered; the others stay usable."""
        damage = list(self.unreadable_receipts())
        for sha256 in sorted({item.sha256 for receipt in self.receipts() for item in receipt.items}):
            try:
                self.read(sha256)
            except EvidenceDamagedError as error:
                damage.append(Damage(error.path, error.text))
        return tuple(damage)

    def _keep(self, item: PackedItem) -> None:
        sha256 = item.stored.sha256
        path = self._path(sha256)
        if path.exists():
            try:
                self.read(sha256)
            except EvidenceDamagedError:
                path.unlink(missing_ok=True)
            else:
                return
        private_folder(path.parent)
        write_whole(path, item.packed, workshop=self.workshop)

    def _path(self, sha256: str) -> Path:
        # A receipt may come from anywhere: its hash must not become a way out of the folder.
        if not _SHA256.fullmatch(sha256):
            raise EvidenceDamagedError(self._receipts, "受領記録のハッシュが不正です", "a receipt names something that is no hash")
        return self._blobs / sha256[:2] / f"{sha256}.gz"


def pack(item: Item) -> PackedItem:
    """Return an output as it is stored; the same bytes give the same."""
    return PackedItem(_stored(item), igzip.compress(item.data, _LEVEL, mtime=0))


def _stored(item: Item) -> StoredItem:
    stderr = redact(item.stderr[:_STDERR].encode("utf-8", "replace")).data.decode("utf-8", "replace")
    name = re.split(r"[/\\]", item.file_name)[-1][:200]
    name = "".join(char if char.isprintable() else "?" for char in name)
    seen = None if item.seen is None else plain(item.seen)
    digest = hashlib.sha256(item.data).hexdigest()
    return StoredItem(item.kind, digest, len(item.data), seen, item.exit_code, stderr, item.privileged, name, item.complete, item.secrets)


def _identity(visit: Visit, items: Sequence[StoredItem], received: datetime) -> str:
    """Return the receipt's id: the same content brought twice has one.

    A file has no clock of its own, so for what was carried in the moment of receipt says nothing new.
    """
    dated = visit.how in _LIVE or (visit.started is not None and plain(visit.started) != received)
    words = [
        visit.how,
        visit.host,
        (stamp(visit.started) or "") if dated else "",
        [[item.kind, item.sha256, item.exit_code, item.privileged, item.complete] for item in items],
    ]
    return hashlib.sha256(json.dumps(words, ensure_ascii=True).encode()).hexdigest()[:32]


def receipt_json(receipt: Receipt) -> bytes:
    """Return a receipt as its file holds it."""
    visit = asdict(receipt.visit) | {
        "started": stamp(receipt.visit.started),
        "built": receipt.visit.built.isoformat() if receipt.visit.built else None,
    }
    items = [asdict(item) | {"seen": stamp(item.seen)} for item in receipt.items]
    content = {"format": _FORMAT, "id": receipt.id, "received": stamp(receipt.received), "visit": visit, "items": items}
    # The checksum finds a receipt that was altered; it is no signature.
    text = json.dumps(content, ensure_ascii=True, sort_keys=True)
    content["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8", "backslashreplace")


def _try_receipt(path: Path) -> Receipt | None:
    """Return a receipt, or None when its file is damaged, altered or of another format."""
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
        told = content.pop("sha256")
        text = json.dumps(content, ensure_ascii=True, sort_keys=True)
        if content["format"] != _FORMAT or hashlib.sha256(text.encode()).hexdigest() != told or content["id"] != path.stem:
            return None
        built = content["visit"]["built"]
        changes = {"started": read_stamp(content["visit"]["started"]), "built": date.fromisoformat(built) if built else None}
        items = tuple(StoredItem(**(item | {"seen": read_stamp(item["seen"])})) for item in content["items"])
        received = read_stamp(content["received"])
        return Receipt(content["id"], Visit(**(content["visit"] | changes)), received, items) if received else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
