"""systeminfo in every language and encoding: what is read, what is told as not read, and what never breaks it.

Rows and values of real captures stand in ../captures/systeminfo.tsv.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.model.host import Host, Patch
from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.windows.commands import read_piece
from omamori.parse.windows.decode import decode
from omamori.parse.windows.session import read_session

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "windows"
NOW = datetime(2026, 11, 23)
CONTEXT = Context(kind="windows.commands", seen=NOW, received=NOW)
CAPTURES = [
    line.split("\t")[0]
    for line in (Path(__file__).parent.parent / "captures" / "systeminfo.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
CUT_SHORT = frozenset(
    {
        "wesng-validation/7_sp1_x64_enterprise_en-us_20190305_systeminfo.txt",
        "wesng-validation/7_sp1_x64_enterprise_en-us_B_systeminfo.txt",
        "wesng-validation/7_sp1_x64_ultimaten_de_systeminfo.txt",
        "wesng-validation/srv_2003_rtm_x86_standard_en-us_systeminfo.txt",
        "wesng-validation/srv_2003r2_sp2_x86_standard_en-us_systeminfo.txt",
        "wesng-validation/vista_x64_sp0_systeminfo.txt",
        "wesng-validation/vista_x64_sp1_systeminfo.txt",
        "wesng-validation/vista_x64_sp2_systeminfo.txt",
        "wesng-validation/xp_rtm_x86_professional_en-us_systeminfo.txt",
        "wesng-validation/xp_sp1_x86_systeminfo.txt",
        "wesng-validation/xp_sp2_x64_systeminfo.txt",
        "wesng-validation/xp_sp3_x86_professional_en-us_systeminfo.txt",
        "jc/windows-7/systeminfo.out",
    }
)
"""Captures whose list of updates systeminfo itself cut short, or where it printed `File 1` in place of an update."""
JAPANESE = (Path(__file__).parent / "data/systeminfo/server_ja.txt").read_text(encoding="utf-8").replace("\n", "\r\n")


def read(data: bytes) -> Parsed | None:
    """What the one output in the file says; None where there is none."""
    pieces = read_session(data).pieces
    assert len(pieces) < 2
    return read_piece(pieces[0], CONTEXT) if pieces and pieces[0].form == "systeminfo" else None


def text_of(change: str, into: str) -> Parsed:
    assert change in JAPANESE
    found = read(JAPANESE.replace(change, into).encode("cp932"))
    assert found is not None
    return found


@pytest.mark.parametrize("file", CAPTURES, ids=lambda file: file.rsplit("/", 1)[-1])
def test_updates_of_real_machines_and_whether_the_list_is_whole(file: str) -> None:
    path = DATA / file
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    # A file that ends without a line end may have been cut there (one of these does); here that is not the question.
    found = read((decode(path.read_bytes()).text + "\n").encode())
    assert found is not None
    hosts, patches = found.looks
    assert (hosts.table, hosts.complete, patches.table, patches.complete) == ("hosts", True, "patches", file not in CUT_SHORT)
    numbers = re.findall(r"\]: (?:KB|Q)(\d{5,8})", decode(path.read_bytes()).text)
    assert {row.patch_id for row in found.rows if isinstance(row, Patch)} == {f"KB{number}" for number in numbers}


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_japanese_in_every_encoding_windows_writes(encoding: str) -> None:
    found = read(JAPANESE.encode(encoding))
    assert found is not None
    host = found.rows[0]
    assert isinstance(host, Host)
    assert (host.hostname, host.os_id, host.os_version, host.os_build) == ("PACS-SV", "windows-server", "2019", "10.0.17763")
    assert (host.role, host.domain_role, host.domain, host.virtual) == ("server", "member", "hospital.example", "vmware")
    assert (host.installed, host.booted) == (datetime(2020, 4, 1).date(), datetime(2026, 1, 5, 6, 0, 1))
    assert [row.patch_id for row in found.rows if isinstance(row, Patch)] == ["KB5017400", "KB4512577", "KB5017315"]
    assert found.looks[1].complete
    assert found.identifiers == ("name:pacs-sv", "ip:10.1.0.21")


def test_a_list_cut_short_is_not_the_whole_list() -> None:
    found = text_of("3 ホットフィックス", "4 ホットフィックス")
    assert not found.looks[1].complete and found.looks[1].reason == "not_understood"
    assert "wmic qfe" in found.problems[0].expected
    hidden = text_of("KB5017400", "File 1")
    assert not hidden.looks[1].complete and len(hidden.rows) == 3


def test_no_updates_at_all_is_an_answer() -> None:
    head, _, rest = JAPANESE.partition("ホットフィックス: ")
    none = head + "ホットフィックス:       N/A\r\n" + rest[rest.index("ネットワーク") :]
    found = read(none.encode("cp932"))
    assert found is not None
    assert len(found.rows) == 1 and found.looks[1].complete


def test_an_output_that_ends_before_the_updates_says_so() -> None:
    found = read((JAPANESE.partition("ページ ファイル")[0]).encode("cp932"))
    assert found is not None
    assert not found.looks[1].complete and found.problems


@pytest.mark.parametrize("text", ["Windows IP 構成\r\n", "Host Name: a\r\nOS Name: b\r\n", "名前: a\r\n値: b\r\n版: 10.0.17763\r\n"])
def test_another_text_is_not_taken_for_it(text: str) -> None:
    assert read(text.encode("cp932")) is None


@given(st.data())
def test_damaged_output_never_breaks_it(data: st.DataObject) -> None:
    raw = bytearray(JAPANESE.encode(data.draw(st.sampled_from(["cp932", "utf-8", "utf-16"]))))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        kind = data.draw(st.sampled_from(["flip", "cut", "insert"]))
        if kind == "flip":
            raw[place] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del raw[place : place + data.draw(st.integers(1, 80))]
        else:
            raw[place:place] = data.draw(st.binary(max_size=40))
        if not raw:
            return
    for piece in read_session(bytes(raw)).pieces:
        found = read_piece(piece, CONTEXT)
        patches = [row for row in found.rows if isinstance(row, Patch)]
        assert all(re.fullmatch(r"KB\d{5,8}", row.patch_id) for row in patches)
        assert all((look.complete and not look.missing) or look.reason for look in found.looks)


@given(st.binary(max_size=400))
def test_any_bytes_decode(data: bytes) -> None:
    assert isinstance(decode(data).text, str)
