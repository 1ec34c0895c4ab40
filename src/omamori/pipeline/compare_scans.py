"""What changed between two scan files: opened with limits, compared block by block where that is enough."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from omamori.model.text import Text
from omamori.parse.interface import EvidenceError
from omamori.parse.nmap.plain import MAX_PLAIN_BYTES, plain
from omamori.parse.nmap.reader import read
from omamori.parse.nmap.scan_file import recognise
from omamori.pipeline.error import UserError
from omamori.pipeline.observer import Observer, Silent
from omamori.report.network_changes import difference_json, difference_lines
from omamori.snapshot.network_diff import difference
from omamori.snapshot.network_state import NetworkDifference, NetworkState
from omamori.snapshot.scan_blocks import read_pair
from omamori.snapshot.scan_state import state_of

_HEAD = 64 * 1024
_NOT_PLAIN = (b"\x1f\x8b", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


@dataclass(frozen=True, slots=True)
class ScanComparison:
    """Two scan files, when they were made and whether they ended, and what changed between them."""

    before: Path
    after: Path
    times: tuple[datetime | None, datetime | None]
    finished: tuple[bool, bool]
    difference: NetworkDifference


def is_scan_file(text: str | None) -> bool:
    """Return whether what a user named is meant as a scan file: it is called XML, or there is such a file and it begins like one."""
    if text is None:
        return False
    if text.lower().endswith((".xml", ".xml.gz")):
        return True
    try:
        with Path(text).open("rb") as stream:
            return recognise(stream.read(_HEAD), text)
    except (OSError, ValueError):
        return False


def compare_scans(before: str, after: str, observer: Observer | None = None) -> ScanComparison:
    """Return the difference of two scan files; UserError where one is none."""
    hears = observer or Silent()
    paths = Path(before), Path(after)
    with _opened(paths[0]) as one, _opened(paths[1]) as other:
        hears.step(Text("2つの結果を比べています", "Comparing the two scans"))
        pair = read_pair(one, other, hears.progress)
        if pair is not None:
            first, second, stayed = pair.before, pair.after, pair.stayed
        else:
            first, second, stayed = _whole(paths[0], one), _whole(paths[1], other), frozenset()
    found = difference(first, second, stayed=stayed)
    return ScanComparison(*paths, (first.began, second.began), (first.finished, second.finished), found)


def _opened(path: Path) -> BinaryIO:
    """Return the plain XML of a scan file, from its beginning."""
    try:
        if not path.is_file():
            raise UserError(
                f"{path}: ファイルが見つかりません。名前を確かめてください(nmapのXMLどうし、または時点どうしを比べます)",
                f"{path}: no such file; check its name (two nmap XML files are compared, or two snapshots)",
            )
        stream = path.open("rb")
        head = stream.read(_HEAD)
        if not recognise(head, path.name):
            stream.close()
            raise UserError(
                f"{path}: nmapのXMLではありません。nmap -oX で保存したファイルを指定してください",
                f"{path}: not nmap's XML; name a file written by nmap -oX",
            )
        stream.seek(0)
        if not head.startswith(_NOT_PLAIN):
            return stream
        with stream:
            return io.BytesIO(plain(stream.read(MAX_PLAIN_BYTES)))
    except EvidenceError as error:
        raise _unreadable(path, error) from error


def _whole(path: Path, stream: BinaryIO) -> NetworkState:
    """Parse a whole file."""
    stream.seek(0)
    data = stream.read(MAX_PLAIN_BYTES + 1)
    if len(data) > MAX_PLAIN_BYTES:
        megabytes = MAX_PLAIN_BYTES // 1024**2
        raise UserError(
            f"{path}: {megabytes} MBを超え、途中で終わっているか複数の結果が続いているため比べられません。分けてください",
            f"{path}: over {megabytes} MB and cut off, or several results in one: cannot be compared; split it",
        )
    try:
        return state_of(*read(data))
    except EvidenceError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: EvidenceError) -> UserError:
    return UserError(f"{path}: {error.text.ja}", f"{path}: {error.text.en}")


def scan_comparison_lines(comparison: ScanComparison) -> list[Text]:
    """Return the comparison as lines for people."""
    before, after = (f"{moment:%Y-%m-%d %H:%M}" if moment is not None else "?" for moment in comparison.times)
    lines = [Text(f"{before} → {after} (UTC)", f"{before} → {after} (UTC)")]
    for path, finished in zip((comparison.before, comparison.after), comparison.finished, strict=True):
        if not finished:
            lines.append(
                Text(
                    f"{path.name}: 調査が最後まで終わっていないか、ファイルが壊れています",
                    f"{path.name}: this scan did not run to its end, or the file is damaged",
                )
            )
    began = comparison.times
    if began[0] is not None and began[1] is not None and began[0] > began[1]:
        lines.append(Text("最初のファイルの方が新しい結果です。順序を確かめてください", "the first file is the later one; check the order"))
    return [*lines, *difference_lines(comparison.difference)]


def scan_comparison_json(comparison: ScanComparison) -> dict[str, Any]:
    """Return the comparison for programs."""
    sides = [
        {"file": path.name, "began": moment.isoformat() if moment is not None else None, "finished": finished}
        for path, moment, finished in zip((comparison.before, comparison.after), comparison.times, comparison.finished, strict=True)
    ]
    return {"before": sides[0], "after": sides[1], "network": difference_json(comparison.difference)}
