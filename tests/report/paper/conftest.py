"""What the tests of papers look at: the PDF's pages, its text, and letters that lie on others or outside the paper."""

from __future__ import annotations

import dataclasses
import io
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pypdfium2
import pytest

from omamori.model.backup import BackupRepository, RestoreProof
from omamori.model.declared import (
    Contact,
    CutPoint,
    DeclaredBackup,
    LedgerAsset,
    RecoveryNeed,
    RemoteLine,
    Site,
    Training,
    Vendor,
    Zone,
)
from omamori.model.derived import Question, RemoteAccess
from omamori.model.look import EVERYWHERE, Collected
from omamori.report.paper.declared import Declared, read_declared
from omamori.report.shape import Report
from omamori.snapshot.database import Database

MOMENT = datetime(2026, 6, 1, 9, 0)

HOSTILE = (
    '#import "@preview/cetz:0.3.0": *',
    '#read("/etc/passwd") #eval("1+1") ]] } $x$ \\ \\u{0} `raw` *b* _i_ <label> @ref // /* ~ --- \'"',
    "A" * 10_000,
    "電子カルテ" * 2_000,
    "\x00\x1b[31mred\x07\u202eabc\u2066\u200b",
    "مرحبا שלום हिन्दी 😀 \ue000 \ud800",
    "=cmd|' /C calc'!A0",
    "#" * 300,
    "https://example.invalid/" + "very-long-path-without-blank/" * 60,
    " \n\t\r ",
)


class Pdf:
    """A PDF as a reader sees it."""

    def __init__(self, data: bytes) -> None:
        self.document = pypdfium2.PdfDocument(io.BytesIO(data))

    @property
    def count(self) -> int:
        return len(self.document)

    def text(self) -> str:
        """All text without blanks: where lines break does not matter."""
        return "".join("".join(self._page(number).get_text_bounded().split()) for number in range(self.count))

    def _page(self, number: int) -> Any:
        return self.document[number].get_textpage()

    def misplaced(self) -> list[str]:
        """Letters outside the paper, or on top of another letter."""
        found = []
        for number in range(self.count):
            width, height = self.document[number].get_size()
            page = self._page(number)
            held: dict[tuple[int, int], list[tuple[str, tuple[float, ...]]]] = defaultdict(list)
            for place in range(page.count_chars()):
                letter = chr(pypdfium2.raw.FPDFText_GetUnicode(page, place))
                left, bottom, right, top = box = page.get_charbox(place)
                if not letter.strip() or right - left < 0.5 or top - bottom < 0.5:
                    continue
                if left < 20 or right > width - 20 or bottom < 15 or top > height - 15:
                    found.append(f"page {number + 1}: {letter!r} at {left:.0f},{bottom:.0f}")
                cell = (int((left + right) / 12), int((bottom + top) / 12))
                near = [one for x in (-1, 0, 1) for y in (-1, 0, 1) for one in held[(cell[0] + x, cell[1] + y)]]
                found += [f"page {number + 1}: {letter!r} on {other!r}" for other, place_of in near if _share(box, place_of) > 0.4]
                held[cell].append((letter, box))
        return found


def _share(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """The same data with other names, wherever they stand."""
    if isinstance(value, str):
        return names.get(value, value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: renamed(getattr(value, field.name), names) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(renamed(one, names) for one in value)
    if isinstance(value, Mapping):
        return {key: renamed(one, names) for key, one in value.items()}
    return value


@pytest.fixture
def pdf() -> type[Pdf]:
    return Pdf


@pytest.fixture
def hostile() -> tuple[str, ...]:
    return HOSTILE


@pytest.fixture
def report(hospital: Any) -> Report:
    return hospital.report()


@pytest.fixture
def hostile_report(report: Report) -> Report:
    """The made-up hospital whose machines, vendors, purposes and messages come from somebody who means harm."""
    words = [report.site.name, *(machine.name for machine in report.machines), *(vendor.name for vendor in report.vendors)]
    words += sorted({machine.purpose for machine in report.machines} | {machine.zone for machine in report.machines})
    words += [finding.message.ja for finding in report.findings[:20]]
    return renamed(report, {word: HOSTILE[number % len(HOSTILE)] for number, word in enumerate(dict.fromkeys(words))})


def rows() -> list[Any]:
    """A workbook with something in every sheet."""
    return [
        Site(name="おまもり市民病院(架空)", beds=199, officer="副院長", prepared_by="医療情報係 福井"),
        LedgerAsset(asset="PACS", role="server", purpose="画像管理", zone="画像系LAN", vendor="みどり画像", important="yes", os="Linux"),
        LedgerAsset(asset="カルテDB", role="server", purpose="電子カルテ", zone="カルテLAN", vendor="つばめシステム", important="yes"),
        LedgerAsset(asset="AD", role="server", purpose="認証", zone="カルテLAN", important="yes"),
        LedgerAsset(asset="受付PC", role="client", purpose="受付", zone="カルテLAN", important="no"),
        Vendor(vendor="つばめシステム", contact="保守窓口", phone="00-0000-0101"),
        Vendor(vendor="みどり画像"),
        RemoteLine(
            line="PACS保守VPN", kind="ssl-vpn", vendor="みどり画像", device="FortiGate 60F", two_factor="no", last_used=date(2026, 5, 1)
        ),
        Zone(zone="カルテLAN", kind="ehr"),
        DeclaredBackup(asset="カルテDB", job="毎晩", medium="other-server", target="NAS1", every_days=1, generations=7, offline="no"),
        DeclaredBackup(asset="AD", job="自機へ", medium="same-server", target="D:", offline="no"),
        Contact(duty="警察(サイバー)", name="県警 サイバー犯罪対策課", phone="00-0000-0110", on_paper="yes", checked=date(2026, 4, 1)),
        Contact(duty="院長", name="院長 山田", phone="00-0000-0001"),
        Contact(duty="医療情報システム安全管理責任者", name="副院長 川", phone="00-0000-0002"),
        Training(title="標的型メール訓練", kind="drill", held=date(2026, 2, 1), participants=120),
        Question(
            question="who-may-cut",
            topic="incident",
            text_ja="誰が切ってよいか",
            text_en="Who may cut",
            answer="yes",
            answered_by="院長",
            answered_on=date(2026, 5, 1),
            remark="当直の責任者(規程第7号)",
        ),
        Question(question="officer-named", topic="people", text_ja="任命しましたか", text_en="Appointed?", answer="no"),
        Question(question="alerts-looked-at", topic="protection", text_ja="警告", text_en="Alerts"),
        RemoteAccess(asset="受付PC", product="anydesk", kind="remote-control", running=True, declared=False, evidence="abcabcabcabcabca:7"),
        RemoteAccess(asset="受付PC", product="ssh", kind="shell", running=True, declared=False),
        Collected(
            asset=EVERYWHERE,
            table_name="site",
            source="ledger.workbook",
            seen=MOMENT,
            received=MOMENT,
            complete=True,
            evidence="ed9dbf980fab8044",
        ),
    ]


def recovery_rows() -> list[Any]:
    """What the ledger of a hospital that is ready for the day says besides, and what was really read and restored."""
    held = [row for row in rows() if not isinstance(row, (LedgerAsset, DeclaredBackup, Training))]
    machines = [
        LedgerAsset(
            asset=name, role="server", purpose=purpose, place="3階サーバ室", vendor="つばめシステム", important="yes",
            recovery_hours=hours, loss_hours=24, recovery_order=order, instead="紙で",
        )
        for name, purpose, hours, order in (
            ("画像1", "画像管理", 72, 1), ("AD", "認証", 8, 3), ("カルテDB", "電子カルテ", 24, 2), ("カルテAP", "電子カルテ", 30, 4)
        )
    ]  # fmt: skip
    backups = [
        DeclaredBackup(
            asset="カルテDB", job="毎晩NASへ", medium="other-server", target="NAS1", every_days=1, generations=7, offline="no",
            other_building="no", restore_steps="赤いファイル",
        ),
        DeclaredBackup(
            asset="カルテDB", job="毎週RDXへ", medium="disk", target="事務棟の金庫", every_days=7, generations=4, offline="yes",
            last_offline=date(2026, 5, 29), other_building="yes", restore_steps="赤いファイル",
        ),
    ]  # fmt: skip
    cuts = [
        CutPoint(
            place="画像系の境目",
            kind="border",
            position=3,
            device="core-sw",
            port="48",
            cable="青 Z-01",
            room="3階",
            who="福井",
            stops="画像",
        ),
        CutPoint(
            place="NASの線",
            kind="backup",
            position=1,
            device="BK-SW",
            port="24",
            cable="赤 B-01",
            room="3階",
            who="当直",
            stops="夜間の控え",
        ),
        CutPoint(place="保守回線", kind="line", position=2, device="FortiGate 60F", port="wan1", room="3階", who="当直", stops="遠隔保守"),
    ]
    needs = [
        RecoveryNeed(need="resticのパスワード", kind="key", kept_at="院長室の金庫", apart="yes", hours=1),
        RecoveryNeed(need="Veeamのカタログ", kind="catalogue", kept_at="バックアップサーバの中", apart="no", hours=8),
        RecoveryNeed(need="予備機", kind="clean-machine", kept_at="倉庫", hours=0),
        RecoveryNeed(need="発電機の鍵", kept_at="守衛室", apart="yes", hours=72),
    ]
    drills = [
        Training(title="サーバ復旧訓練(業者と)", kind="drill", planned=date(2026, 11, 20)),
        Training(title="ファイルの復元", kind="drill", held=date(2026, 4, 10), planned=date(2026, 5, 1), participants=2),
        Training(title="標的型メール訓練", kind="drill", held=date(2026, 2, 1), planned=date(2027, 2, 1)),
        Training(title="新人研修", kind="training", held=date(2026, 4, 1)),
    ]
    seen = [
        RestoreProof(asset="カルテDB", ended=datetime(2026, 5, 20, 3), result="whole"),
        RestoreProof(asset="カルテDB", ended=datetime(2026, 3, 1, 3), result="failed"),
        BackupRepository(asset="カルテDB", looked_into=True, clean_finished=datetime(2026, 5, 30, 2, 10)),
        BackupRepository(asset="カルテDB", looked_into=None, clean_finished=datetime(2026, 5, 31, 2, 10)),
    ]
    who = [
        Question(question="second-person", topic="people", text_ja="代わりの人", text_en="Who stands in", answer="yes", remark="総務課 森"),
        Contact(duty="総務", name="総務課 森", phone="00-0000-0009"),
        Contact(duty="当直の責任者", name="当直室", phone="00-0000-0003"),
    ]
    return [*held, *machines, *backups, *cuts, *needs, *drills, *seen, *who]


@pytest.fixture
def ready(read: Callable[..., Declared]) -> Declared:
    return read(*recovery_rows())


@pytest.fixture
def read() -> Callable[..., Declared]:
    def reader(*given: Any) -> Declared:
        with Database() as database:
            database.insert(given)
            return read_declared(database)

    return reader


@pytest.fixture
def declared(read: Callable[..., Declared]) -> Declared:
    return read(*rows())
