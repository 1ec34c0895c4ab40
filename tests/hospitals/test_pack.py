"""The evidence pack of the sick hospital: whole, verifiable, and without a person's name."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path

import pytest
from tests.hospitals.conftest import MOMENT, Judged

from omamori.knowledge.editions import edition_names, load_edition
from omamori.model.standard import ItemAnswer
from omamori.pipeline.checklist import SheetRequest
from omamori.pipeline.observer import Silent
from omamori.pipeline.pack import make_pack, preview_lines, write_pack
from omamori.report.pack_shape import Pack
from omamori.snapshot.database import Database

STANDARD = "checklist/r7-hospital"
REMARK = "予備機に替えるまでのあいだ、別の区画に置いています"
WRITTEN = ("田中", "佐藤", "伊藤", "山田", "高橋")
"""Names people wrote in the ledger, on the sheet and at the machines (the last one only on the sheet)."""


@pytest.fixture(scope="module")
def site(sick: Judged, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site after the last visit, with はい to everything on the sheet, signed and explained."""
    copy = tmp_path_factory.mktemp("pack") / "site"
    shutil.copytree(sick.tables.parents[2], copy)
    tables = copy / "snapshots" / sick.tables.parent.name / sick.tables.name
    with Database(tables) as database:
        database.insert(
            ItemAnswer(
                standard=STANDARD,
                item=item.id,
                answer="yes",
                answered_on=date(2026, 5, 20),
                answered_by="総務課 高橋",
                remark=f"{REMARK}(高橋)",
            )
            for item in load_edition(STANDARD).items()
        )
    return copy


def made(site: Path, *, with_names: bool = False, standard: str = STANDARD) -> Pack:
    request = SheetRequest(site=site, standard=standard, moment=MOMENT, zone=UTC)
    return make_pack(request, "ja", Silent(), with_names=with_names)


@pytest.fixture(scope="module")
def pack(site: Path) -> Pack:
    return made(site)


def inside(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file, and every file of a workbook in it."""
    yield name, data
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            yield from ((f"{name}/{part}", book.read(part)) for part in book.namelist())


def account_names(site: Path) -> set[str]:
    """The accounts people log in with, read without the code that masks them."""
    with Database(next(site.glob("snapshots/20260601*/tables.duckdb")), read_only=True) as database:
        rows = database.select("select name, bool_and(coalesce(system, false)) from accounts group by name")
    known = {"root", "Administrator", "Guest", "guest", "krbtgt", "nobody"}
    return {str(name) for name, system in rows if not system and name not in known}


def holds(text: bytes, name: str) -> bool:
    """Tell whether a name stands in bytes as a word of its own, in any encoding a hospital's files have."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp932"):
        word = re.escape(name.encode(encoding))
        if name.isascii() and not encoding.startswith("utf-16"):
            word = rb"(?<![A-Za-z0-9_])" + word + rb"(?![A-Za-z0-9_])"
        if re.search(word, text):
            return True
    return False


def machine_names(site: Path) -> list[str]:
    """Names of machines, vendors, zones and lines, the longest first: they may hold a word that is an account's name too."""
    columns = ("assets.asset", "assets.hostname", "vendors.vendor", "zones.zone", "remote_lines.line")
    with Database(next(site.glob("snapshots/20260601*/tables.duckdb")), read_only=True) as database:
        found = {str(v) for c in columns for (v,) in database.select(f"select {c.partition('.')[2]} from {c.partition('.')[0]}") if v}
    return sorted(found, key=len, reverse=True)


def without(content: bytes, names: list[str]) -> bytes:
    """Return bytes without these names."""
    return re.sub("|".join(map(re.escape, names)).encode(), b"#", content, flags=re.IGNORECASE)


def ours() -> str:
    """Our own and the official words: what stands there is no account's name, even where one is called so."""
    root = Path(__file__).parents[2] / "src" / "omamori"
    texts = [path.read_text(encoding="utf-8") for path in (*root.glob("standards/**/*.yaml"), *root.glob("checks/**/*.sql"))]
    texts += [path.read_text(encoding="utf-8") for path in (*root.glob("report/*.py"), *root.glob("report/templates/pack*"))]
    return "\n".join(texts)


def test_no_persons_name_is_in_any_byte_of_the_pack(site: Path, pack: Pack) -> None:
    accounts, words = account_names(site), ours().encode()
    names = {name for name in accounts if not holds(words, name)} | set(WRITTEN)
    assert len(names) > 15
    machines = machine_names(site)
    for file, data in pack.files.items():
        for part, content in inside(file, data):
            found = {name for name in names if holds(without(content, machines), name)}
            assert not found, part
        # Where a line of a machine is quoted, nothing is ours: there no account's name may stand, however ordinary a word it is.
        quoted = b"\n".join(line for line in data.splitlines() if line.startswith(b"      | ")) if file.startswith("evidence/") else b""
        assert not {name for name in accounts if holds(without(quoted, machines), name)}, file
    assert pack.persons > 10 and pack.replaced > pack.persons


def test_names_stay_only_where_it_is_asked_for(site: Path) -> None:
    named = made(site, with_names=True)
    everything = b"".join(content for file, data in named.files.items() for _, content in inside(file, data))
    assert all(holds(everything, name) for name in ("田中", "高橋", "ehradmin"))
    assert "--with-names" in "\n".join(line.ja for line in preview_lines(named, Path("x.zip")))


def test_every_item_is_there_in_the_official_order_and_no_contradiction_is_dropped(pack: Pack) -> None:
    assert [one.item.item.id for one in pack.items] == [item.id for item in load_edition(STANDARD).items()]
    differing = [one for one in pack.items if one.item.decision is not None and one.item.decision.decision == "differs"]
    assert len(differing) > 10 and tuple(differing) == pack.differing
    for page in ("index.html", "index.en.html", "sheet.html"):
        text = pack.files[page].decode()
        assert text.count('<div class="box">') == len(differing)
        assert text.count(REMARK) >= len(differing)
    for one in differing:
        told = pack.files[f"evidence/{one.item.evidence_number}.txt"].decode()
        assert "記入と実測が異なります" in told and REMARK in told and "総務課 職員" in told


def test_every_finding_that_says_no_has_its_line_or_says_that_none_shows_it(pack: Pack, sick: Judged) -> None:
    failed = {(one.check_id, one.subject, one.finding_key) for one in sick.verdicts if one.verdict in ("fail", "accepted")}
    for item in pack.items:
        for proof in item.proofs:
            if proof.proof.kind == "check" and proof.proof.says == "no":
                wanted = [key for key in failed if key[0] == proof.proof.name and key[1] in proof.proof.subjects]
                assert len(proof.lines) == len(wanted)
    assert pack.lines > 200


def test_whole_outputs_stay_in_the_hospital(pack: Pack, site: Path) -> None:
    for one in pack.outputs:
        assert (site / "evidence" / "blobs" / one.sha256[:2] / f"{one.sha256}.gz").is_file()
        assert one.sha256 in pack.files["outputs.csv"].decode()
    assert sum(len(data) for data in pack.files.values()) < 2_000_000


def test_the_same_evidence_gives_the_same_bytes_and_the_hashes_can_be_checked(site: Path, pack: Pack, tmp_path: Path) -> None:
    paths = [tmp_path / "a.zip", tmp_path / "b.zip"]
    write_pack(pack, paths[0], replace_it=False)
    write_pack(made(site), paths[1], replace_it=False)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert paths[0].stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(paths[0]) as archive:
        assert archive.testzip() is None
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100600}
        archive.extractall(tmp_path / "out")
    sums = (tmp_path / "out" / "SHA256SUMS").read_text()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in sums.splitlines())}
    assert set(listed) == set(pack.files) - {"SHA256SUMS"}
    assert all(hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())
    tool = shutil.which("sha256sum")
    if tool:
        done = subprocess.run([tool, "-c", "--strict", "SHA256SUMS"], cwd=tmp_path / "out", capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "FAILED" not in done.stdout


def test_the_preview_names_what_leaves(pack: Pack) -> None:
    for language in ("ja", "en"):
        told = "\n".join(getattr(line, language) for line in preview_lines(pack, Path("p.zip")))
        assert str(pack.persons) in told and "linux.accounts" in told and "電子カルテDBサーバ" in told
        assert all(name in told for name in pack.files)


@pytest.mark.parametrize("standard", [name for name in edition_names() if load_edition(name).role == "hospital"])
def test_every_edition_a_hospital_answers_can_be_packed(site: Path, standard: str) -> None:
    made_of = made(site, standard=standard)
    assert [one.item.item.id for one in made_of.items] == [item.id for item in load_edition(standard).items()]
