"""systeminfo in every language and encoding: what is read, what is told as not read, and what never breaks it."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from omamori.parse.windows.systeminfo import parse, recognise

from omamori.model.host import Host, Patch
from omamori.parse.interface import Context, EvidenceError
from omamori.parse.windows.decode import decode

DATA = Path(os.environ.get("OMAMORI_DATA", Path.home() / ".cache" / "omamori-data")) / "windows"
NOW = datetime(2026, 11, 23)
CONTEXT = Context(kind="windows.systeminfo", seen=NOW, received=NOW)
TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "captures.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
JAPANESE = """
ホスト名:               PACS-SV
OS 名:                  Microsoft Windows Server 2019 Standard
OS バージョン:          10.0.17763 N/A ビルド 17763
OS 製造元:              Microsoft Corporation
OS 構成:                メンバー サーバー
OS ビルドの種類:        Multiprocessor Free
登録されている所有者:   病院
登録されている組織:
プロダクト ID:          00429-00000-00000-AA000
最初のインストール日付: 2020/04/01, 9:30:15
システム起動時間:       2026/01/05, 6:00:01
システム製造元:         VMware, Inc.
システム モデル:        VMware Virtual Platform
システムの種類:         x64-based PC
プロセッサ:             1 プロセッサインストール済みです。
                        [01]: Intel64 Family 6 Model 85 Stepping 4 GenuineIntel ~2100 Mhz
BIOS バージョン:        Phoenix Technologies LTD 6.00, 2018/12/12
Windows ディレクトリ:   C:\\Windows
システム ディレクトリ:  C:\\Windows\\system32
起動デバイス:           \\Device\\HarddiskVolume1
システム ロケール:      ja;日本語
入力ロケール:           ja;日本語
タイム ゾーン:          (UTC+09:00) 大阪、札幌、東京
物理メモリの合計:       8,191 MB
利用できる物理メモリ:   4,095 MB
仮想メモリ: 最大サイズ: 9,471 MB
仮想メモリ: 利用可能:   5,000 MB
仮想メモリ: 使用中:     4,471 MB
ページ ファイルの場所:  C:\\pagefile.sys
ドメイン:               hospital.example
ログオン サーバー:      \\\\AD01
ホットフィックス:       3 ホットフィックスがインストールされています。
                        [01]: KB5017400
                        [02]: KB4512577
                        [03]: KB5017315
ネットワーク カード:    1 NIC(s) インストール済みです。
                        [01]: vmxnet3 Ethernet Adapter
                              接続名:           Ethernet0
                              DHCP が有効:      いいえ
                              IP アドレス
                              [01]: 10.1.0.21
                              [02]: fe80::1
Hyper-V の要件:         ハイパーバイザーが検出されました。
""".replace("\n", "\r\n")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0].rsplit("/", 1)[-1])
def test_captures_of_real_machines(row):
    file, hostname, product, build, role, domain, updates, last, state = row
    path = DATA / file
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    data = path.read_bytes()
    found = parse(data, CONTEXT)
    host, *patches = found.rows
    assert recognise(data[:65536], "")
    assert (host.hostname, host.os_id, host.os_build, host.role, host.domain or "-") == (hostname, product, build, role, domain)
    assert (len(patches), patches[-1].patch_id if patches else "-") == (int(updates), last)
    assert found.looks[1].complete is (state == "whole")
    numbers = re.findall(r"\]: (?:KB|Q)(\d{5,8})", decode(data).text)
    assert {patch.patch_id for patch in patches} == {f"KB{number}" for number in numbers}


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_japanese_in_every_encoding_windows_writes(encoding):
    found = parse(JAPANESE.encode(encoding), CONTEXT)
    host = found.rows[0]
    assert isinstance(host, Host)
    assert (host.hostname, host.os_id, host.os_version, host.os_build) == ("PACS-SV", "windows-server", "2019", "10.0.17763")
    assert (host.role, host.domain_role, host.domain, host.virtual) == ("server", "member", "hospital.example", "vmware")
    assert (host.installed, host.booted) == (datetime(2020, 4, 1).date(), datetime(2026, 1, 5, 6, 0, 1))
    assert [row.patch_id for row in found.rows if isinstance(row, Patch)] == ["KB5017400", "KB4512577", "KB5017315"]
    assert found.looks[1].complete
    assert found.identifiers == ("name:pacs-sv", "ip:10.1.0.21")


def test_a_list_cut_short_is_not_the_whole_list():
    cut = JAPANESE.replace("3 ホットフィックス", "4 ホットフィックス")
    found = parse(cut.encode("cp932"), CONTEXT)
    assert not found.looks[1].complete and found.looks[1].reason == "not_understood"
    assert "wmic qfe" in found.problems[0].expected
    hidden = parse(JAPANESE.replace("KB5017400", "File 1").encode("cp932"), CONTEXT)
    assert not hidden.looks[1].complete and len(hidden.rows) == 3


def test_no_updates_at_all_is_an_answer():
    head, _, rest = JAPANESE.partition("ホットフィックス: ")
    none = head + "ホットフィックス:       N/A\r\n" + rest[rest.index("ネットワーク") :]
    found = parse(none.encode("cp932"), CONTEXT)
    assert len(found.rows) == 1 and found.looks[1].complete


def test_another_text_is_refused_with_what_to_do():
    with pytest.raises(EvidenceError, match="systeminfo > FILE"):
        parse("Windows IP 構成\r\n".encode("cp932"), CONTEXT)
    assert not recognise(b"Host Name: a\r\nOS Name: b\r\n", "systeminfo.txt")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0].rsplit("/", 1)[-1])
def test_encoding_does_not_matter(row):
    path = DATA / row[0]
    if not path.exists():
        pytest.skip(f"real captures are not here: {path}")
    text = decode(path.read_bytes()).text
    expected = parse(text.encode("utf-8"), CONTEXT)
    assert parse(text.encode("utf-16"), CONTEXT) == expected
    assert parse(text.encode("utf-16-le"), CONTEXT) == expected
    assert parse(text.encode("utf-8-sig"), CONTEXT) == expected


@given(st.data())
def test_damaged_output_never_breaks_it(data):
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
    try:
        found = parse(bytes(raw), CONTEXT)
    except EvidenceError:
        return
    assert {look.table for look in found.looks} == {"hosts", "patches"}
    patches = [row for row in found.rows if isinstance(row, Patch)]
    assert all(re.fullmatch(r"KB\d{5,8}", row.patch_id) for row in patches)
    assert all((look.complete and not look.missing) or look.reason for look in found.looks)


@given(st.binary(max_size=400))
def test_any_bytes_decode(data):
    assert isinstance(decode(data).text, str)
