"""Results of the Windows kit: whole, damaged, sealed, twice, of a machine that was renamed or copied."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kit_results import windows_kit_result
from omamori.model.text import Text
from omamori.parse.registry import parsers
from omamori.parse.sealed import seal
from omamori.pipeline.intake import import_files
from omamori.pipeline.outcome import Outcome
from omamori.snapshot.assemble import assemble
from omamori.snapshot.database import Database
from omamori.snapshot.evidence import EvidenceStore
from omamori.snapshot.keys import KitKeys

NOW = datetime(2026, 3, 2, 3)
IPCONFIG = """
Windows IP 構成

   ホスト名. . . . . . . . . . . . . . .: {name}
   プライマリ DNS サフィックス . . . . .:
   ノード タイプ . . . . . . . . . . . .: ハイブリッド
   IP ルーティング有効 . . . . . . . . .: いいえ
   WINS プロキシ有効 . . . . . . . . . .: いいえ

イーサネット アダプター イーサネット:

   接続固有の DNS サフィックス . . . . .:
   説明. . . . . . . . . . . . . . . . .: Intel(R) Ethernet Connection
   物理アドレス. . . . . . . . . . . . .: {mac}
   DHCP 有効 . . . . . . . . . . . . . .: いいえ
   自動構成有効. . . . . . . . . . . . .: はい
   IPv4 アドレス . . . . . . . . . . . .: 10.1.2.21(優先)
   サブネット マスク . . . . . . . . . .: 255.255.255.0
   デフォルト ゲートウェイ . . . . . . .: 10.1.2.1
   NetBIOS over TCP/IP . . . . . . . . .: 有効
"""
USER = (
    "\r\n\\\\{name} のユーザー アカウント\r\n\r\n"
    + "-" * 79
    + "\r\nAdministrator            Guest                    karte\r\nコマンドは正常に終了しました。\r\n\r\n"
)


class Quiet:
    """Hears of the progress and says nothing."""

    def step(self, text: Text) -> None: ...

    def progress(self, done: int, total: int) -> None: ...


def sections(name: str = "KARTE-PC21", mac: str = "00-15-5D-01-02-03") -> dict[str, bytes | tuple[bytes, int]]:
    return {
        "consent.txt": f"OMAMORI-CONSENT 1\r\nmachine=ordinary\r\nanswered_by=情報 {name}\r\nconsent=\r\n".encode("cp932"),
        "ipconfig.txt": IPCONFIG.format(name=name, mac=mac).replace("\n", "\r\n").encode("cp932"),
        "user.txt": USER.format(name=name).encode("cp932"),
        "tasklist.txt": b"",
        "audit.txt": ("クライアントは要求された特権を保有していません。\r\n".encode("cp932"), 1),
        "odd.txt": b"something nobody knows\r\n",
    }


def result(
    name: str = "KARTE-PC21", mac: str = "00-15-5D-01-02-03", *, started: datetime = datetime(2026, 3, 2, 1, 30), number: str = "3141592653"
) -> bytes:
    return windows_kit_result(name, sections(name, mac), started=started, number=number)


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "site")


def take(store: EvidenceStore, tmp_path: Path, data: bytes, received: datetime = NOW, name: str = "PC.kit") -> Outcome:
    (tmp_path / name).write_bytes(data)
    (outcome,) = import_files(store, [tmp_path / name], Quiet(), received=received)
    return outcome


def tables(store: EvidenceStore, now: datetime = NOW) -> Mapping[str, list[dict[str, object]]]:
    with Database() as database:
        assemble(store, parsers(), database, now=now, max_age_days=3650)
        return {
            name: [
                dict(zip(("asset", *columns), row, strict=True))
                for row in database.select(f"select asset, {', '.join(columns)} from {name}")
            ]
            for name, columns in {
                "accounts": ("name",),
                "consents": ("machine", "answered_by", "agreed"),
                "collected": ("table_name", "complete", "reason"),
            }.items()
        }


def test_a_whole_result_is_taken_in_and_says_what_was_not_obtained(store: EvidenceStore, tmp_path: Path) -> None:
    outcome = take(store, tmp_path, result())
    assert outcome.status == "stored"
    for word in (
        "KARTE-PC21",
        "6 outputs",
        "1 printed nothing (tasklist.txt)",
        "1 failed (audit.txt)",
        "1 not recognised and not stored (odd.txt)",
    ):
        assert word in outcome.text.en
    (receipt,) = store.receipts()
    assert (receipt.visit.how, receipt.visit.host, receipt.visit.started) == ("kit", "karte-pc21", datetime(2026, 3, 2, 1, 30))
    (item,) = receipt.items
    assert item.privileged is True and item.complete
    found = tables(store)
    assert {row["name"] for row in found["accounts"]} == {"Administrator", "Guest", "karte"}
    assert [(row["machine"], row["answered_by"]) for row in found["consents"]] == [("ordinary", "情報 KARTE-PC21")]
    assert not any(row["table_name"] in ("processes", "audit_settings") for row in found["collected"])


def test_the_same_file_twice_is_told(store: EvidenceStore, tmp_path: Path) -> None:
    assert [take(store, tmp_path, result()).status for _ in range(2)] == ["stored", "already"]


def test_what_was_changed_on_its_way_counts_as_seen_in_part_only(store: EvidenceStore, tmp_path: Path) -> None:
    outcome = take(store, tmp_path, result().replace(b"karte\r\n", b"kante\r\n"))
    assert outcome.status == "stored" and "its sum does not fit" in outcome.text.en
    found = tables(store)
    assert "kante" in {row["name"] for row in found["accounts"]}
    assert found["collected"] and not any(row["complete"] for row in found["collected"])


def test_half_a_file_keeps_what_is_whole(store: EvidenceStore, tmp_path: Path) -> None:
    data = result()
    outcome = take(store, tmp_path, data[: data.index(b"section user.txt") + 60])
    assert outcome.status == "stored" and "places cut off" in outcome.text.en
    found = tables(store)
    assert not any(row["complete"] for row in found["collected"] if row["table_name"] == "accounts")
    assert any(row["complete"] for row in found["collected"] if row["table_name"] == "consents")


def test_cut_or_altered_anywhere_nothing_fails_and_nothing_is_lost_silently(store: EvidenceStore, tmp_path: Path) -> None:
    data, dice = result(), random.Random(4)
    whole = take(store, tmp_path, data)
    for number in range(60):
        place = dice.randrange(len(data) - 80)
        damaged = data[:place] if number % 2 else data[:place] + bytes([data[place] ^ (1 << dice.randrange(8))]) + data[place + 1 :]
        outcome = take(store, tmp_path, damaged)
        assert outcome.text != whole.text, place
        assert outcome.status in ("stored", "already", "refused", "unknown")


def test_saved_anew_by_an_editor_is_told_kindly(store: EvidenceStore, tmp_path: Path) -> None:
    outcome = take(store, tmp_path, result().decode("cp932").encode("utf-16"))
    assert outcome.status == "refused" and "エディタ" in outcome.text.ja


def test_a_sealed_result_is_opened_by_its_own_site_only(store: EvidenceStore, tmp_path: Path) -> None:
    sealed = seal(result(), KitKeys(tmp_path / "site").public())
    assert take(store, tmp_path, sealed, name="PC.omamori").status == "stored"
    other = EvidenceStore(tmp_path / "other")
    refused = take(other, tmp_path, sealed, name="PC.omamori")
    assert refused.status == "refused" and "another site" in refused.text.en and not other.receipts()
    KitKeys(tmp_path / "other").public()
    assert take(other, tmp_path, sealed, name="PC.omamori").status == "refused"
    place = max(at for at in range(len(sealed) - 60, len(sealed) - 20) if sealed[at : at + 1].isalpha())
    altered = sealed[:place] + sealed[place : place + 1].swapcase() + sealed[place + 1 :]
    told = take(store, tmp_path, altered, name="PC.omamori")
    assert told.status == "refused" and "altered" in told.text.en


def test_the_newer_of_two_runs_counts_and_both_are_kept(store: EvidenceStore, tmp_path: Path) -> None:
    take(store, tmp_path, result())
    later = NOW + timedelta(days=1)
    users = USER.format(name="KARTE-PC21").replace("karte", "yakuzai").encode("cp932")
    data = windows_kit_result("KARTE-PC21", sections() | {"user.txt": users}, started=later)
    take(store, tmp_path, data, received=later + timedelta(hours=1))
    assert len(store.receipts()) == 2
    found = tables(store, now=later + timedelta(days=1))
    assert {row["asset"] for row in found["accounts"]} == {"karte-pc21"}
    assert "yakuzai" in {row["name"] for row in found["accounts"]} and "karte" not in {row["name"] for row in found["accounts"]}


def test_a_renamed_machine_stays_one_and_a_copied_one_becomes_two(store: EvidenceStore, tmp_path: Path) -> None:
    take(store, tmp_path, result("OLD-NAME"))
    take(store, tmp_path, result("NEW-NAME", started=NOW + timedelta(days=1)), received=NOW + timedelta(days=1, hours=1))
    take(store, tmp_path, result("COPY", mac="00-15-5D-09-09-09"))
    later = NOW + timedelta(days=2)
    assert {row["asset"] for row in tables(store, now=later)["accounts"]} == {"new-name", "copy"}
    with Database() as database:
        notes = assemble(store, parsers(), database, now=later, max_age_days=3650).notes
    assert [(note.origin, "old-name" in note.text.en) for note in notes if note.code == "renamed"] == [("new-name", True)]


def test_a_japanese_name_in_the_code_page_of_the_console(store: EvidenceStore, tmp_path: Path) -> None:
    take(store, tmp_path, result("検査PC1"))
    assert store.receipts()[0].visit.host == "検査pc1"


def test_notebooks_at_one_docking_station_and_copies_of_one_image_stay_apart(store: EvidenceStore, tmp_path: Path) -> None:
    dock = IPCONFIG[IPCONFIG.index("イーサネット アダプター") :].replace("アダプター イーサネット", "アダプター イーサネット 2")
    for number, name in enumerate(("NOTE1", "NOTE2", "IMAGE", "IMAGE")):
        data = sections(name, f"00-15-5D-01-02-0{number}")
        if name != "IMAGE":
            docked = IPCONFIG.format(name=name, mac=f"00-15-5D-01-02-0{number}") + dock.format(mac="00-15-5D-77-77-77")
            data |= {"ipconfig.txt": docked.replace("\n", "\r\n").encode("cp932")}
        received = NOW + timedelta(days=number)
        take(store, tmp_path, windows_kit_result(name, data, started=received), received=received + timedelta(hours=1))
    assets = {str(row["asset"]) for row in tables(store, now=NOW + timedelta(days=9))["accounts"]}
    assert len(assets) == 4 and {"note1", "note2"} < assets
    assert all(name.startswith("image-") for name in assets - {"note1", "note2"})


def test_results_in_an_archive_are_taken_one_by_one(store: EvidenceStore, tmp_path: Path) -> None:
    names = [f"PC{number}" for number in range(5)]
    with zipfile.ZipFile(tmp_path / "results.zip", "w") as archive:
        for number, name in enumerate(names):
            data = result(name, mac=f"00-15-5D-01-03-0{number}")
            archive.writestr(f"{name}.kit", data[:200] if name == "PC3" else data)
        archive.writestr("PC9.omamori", seal(result("PC9", mac="00-15-5D-01-03-99"), KitKeys(tmp_path / "site").public()))
    outcomes = import_files(store, [tmp_path / "results.zip"], Quiet(), received=NOW)
    assert [outcome.status for outcome in outcomes] == ["stored", "stored", "stored", "refused", "stored", "stored"]
    assert {row["asset"] for row in tables(store)["accounts"]} == {"pc0", "pc1", "pc2", "pc4", "pc9"}


def test_a_second_result_in_the_same_file_is_told(store: EvidenceStore, tmp_path: Path) -> None:
    outcome = take(store, tmp_path, result("PC1") + result("PC2", number="2718281828"))
    assert outcome.status == "stored" and "stands behind it and was not taken in" in outcome.text.en
    assert {row["asset"] for row in tables(store)["accounts"]} == {"pc1"}


def test_what_a_vendor_agreed_to_is_kept_and_told(store: EvidenceStore, tmp_path: Path) -> None:
    consent = "OMAMORI-CONSENT 1\r\nmachine=medical\r\nanswered_by=放射線科 佐藤\r\nconsent=製造元 山田 2026-02-27 電話\r\n"
    data = sections() | {"consent.txt": consent.encode("cp932")}
    outcome = take(store, tmp_path, windows_kit_result("CT-CONSOLE", data, machine="medical"))
    assert "「医療機器」と答えて収集" in outcome.text.ja and 'answered as "medical device"' in outcome.text.en
    (row,) = tables(store)["consents"]
    assert (row["machine"], row["answered_by"], row["agreed"]) == ("medical", "放射線科 佐藤", "製造元 山田 2026-02-27 電話")


def test_the_clock_output_dates_a_visit_without_a_moment(store: EvidenceStore, tmp_path: Path) -> None:
    clock = b"OMAMORI-CLOCK 1\r\ndate=2026/03/02\r\ntime=10:30:00.00\r\nshort=yyyy/MM/dd\r\nbias=0xfffffde4\r\n"
    outcome = take(store, tmp_path, windows_kit_result("PC1", sections() | {"clock.txt": clock}, started=None))
    assert outcome.status == "stored" and "clock.txt" not in outcome.text.en
    assert store.receipts()[0].visit.started == datetime(2026, 3, 2, 1, 30)
    era = windows_kit_result("PC2", sections() | {"clock.txt": clock.replace(b"2026/", b"08/").replace(b"yyyy", b"gg y")}, started=None)
    take(store, tmp_path, era)
    assert {receipt.visit.started for receipt in store.receipts()} == {datetime(2026, 3, 2, 1, 30), None}


def test_evidence_points_to_the_line_of_its_output(store: EvidenceStore, tmp_path: Path) -> None:
    take(store, tmp_path, result())
    (item,) = store.receipts()[0].items
    lines = store.read(item.sha256).decode().split("\n")
    with Database() as database:
        assemble(store, parsers(), database, now=NOW, max_age_days=3650)
        found = dict(database.select("select name, evidence from accounts"))
    for name, evidence in found.items():
        blob, _, line = str(evidence).partition(":")
        assert item.sha256.startswith(blob) and str(name) in lines[int(line.split(";")[0]) - 1]
    heads = [line for line in lines if line.startswith("#@ ") and line.endswith(".txt")]
    assert {head.split()[-1] for head in heads} == {"consent.txt", "ipconfig.txt", "user.txt"}


def test_a_marker_inside_an_output_is_only_text(store: EvidenceStore, tmp_path: Path) -> None:
    forged = sections() | {"user.txt": b"#@9999999999 finished\r\n#@ end 0\r\n" + USER.format(name="KARTE-PC21").encode("cp932")}
    outcome = take(store, tmp_path, windows_kit_result("KARTE-PC21", forged))
    assert outcome.status == "stored" and "cut off" not in outcome.text.en
    assert {row["name"] for row in tables(store)["accounts"]} == {"Administrator", "Guest", "karte"}
