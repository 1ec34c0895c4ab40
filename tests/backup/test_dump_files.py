from __future__ import annotations

import bz2
import gzip
import lzma
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omamori.backup.dump_files import Dump, ending, read_dump, read_packed

POSTGRES = b"--\n-- PostgreSQL database dump\n--\n\nSELECT 1;\n--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict abc\n"
MYSQL = b"/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19  Distrib\nx\n-- Dump completed on 2026-11-29  2:00:12\n"


def number(value: int) -> bytes:
    return b"\0" + value.to_bytes(4, "little")


CUSTOM = (
    b"PGDMP\x01\x0e\x00\x04\x08\x01" + number(6) + b"".join(map(number, (12, 0, 2, 29, 10, 126, 0)))
    + number(3) + b"emr" + number(4) + b"15.3" + number(4) + b"15.3" + b"rest"
)  # fmt: skip


def read(tmp_path: Path, data: bytes, name: str = "file") -> Dump | None:
    (tmp_path / name).write_bytes(data)
    return read_dump(tmp_path / name, len(data))


def test_custom_format_tells_database_version_and_moment(tmp_path: Path) -> None:
    made = datetime(2026, 11, 29, 2, 0, 12).astimezone(UTC).replace(tzinfo=None)
    assert read(tmp_path, CUSTOM) == Dump("postgresql", "custom", "15.3", "emr", made)
    newer = CUSTOM.replace(b"PGDMP\x01\x0e\x00\x04\x08\x01" + number(6), b"PGDMP\x01\x10\x00\x04\x08\x01\x01")
    assert read(tmp_path, newer) == Dump("postgresql", "custom", "15.3", "emr", made)
    assert read(tmp_path, CUSTOM[:12]) == Dump("postgresql", "custom")
    packed = read(tmp_path, gzip.compress(CUSTOM))
    assert packed is not None and (packed.packed, packed.database, packed.complete) == (True, "emr", None)


def test_folder_of_pg_dump(tmp_path: Path) -> None:
    (tmp_path / "emr").mkdir()
    assert read_dump(tmp_path / "emr", 0) is None
    (tmp_path / "emr" / "toc.dat").write_bytes(CUSTOM)
    found = read_dump(tmp_path / "emr", 0)
    assert found is not None and (found.form, found.database) == ("directory", "emr")


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize(("data", "product"), [(POSTGRES, "postgresql"), (MYSQL, "mysql")])
def test_a_plain_dump_is_whole_by_its_last_line(tmp_path: Path, data: bytes, product: str, pack: type[bytes]) -> None:
    whole, cut = read(tmp_path, pack(data)), read(tmp_path, pack(data[: data.rindex(b"\n-- ") - 3]))
    assert whole is not None and (whole.product, whole.complete) == (product, True)
    assert cut is not None and cut.complete is False
    if pack is not bytes:
        broken = read(tmp_path, pack(data)[:-6])
        assert broken is None or broken.complete is False
        with pytest.raises((OSError, EOFError, lzma.LZMAError)):
            read_packed(tmp_path / "file", product)


def test_the_last_line_of_mysqldump_tells_the_moment() -> None:
    local = datetime(2026, 11, 29, 2, 0, 12).astimezone(UTC).replace(tzinfo=None)
    assert ending("mysql", MYSQL) == (True, local)
    assert ending("mysql", b"-- Dump completed\n") == (True, None)
    assert ending("postgresql", b"insert 'PostgreSQL database dump complete'\n") == (False, None)


@pytest.mark.parametrize(
    ("data", "product"),
    [
        (b"\x03\x00\x01EXPORT:V11.02.00\n", "oracle"),
        (b"\x01" * 300 + b'"SYSTEM"."SYS_EXPORT_SCHEMA_01"', "oracle"),
        (b"TAPE" + b"\0" * 100 + "Microsoft SQL Server".encode("utf-16-le"), "sqlserver"),
        (b"MSSQLBAK\x01", "sqlserver"),
    ],
)
def test_others_are_only_told_as_present(tmp_path: Path, data: bytes, product: str) -> None:
    found = read(tmp_path, data)
    assert found is not None and (found.product, found.complete, found.made) == (product, None, None)


@pytest.mark.parametrize("data", [b"", b"hello", b"\x1f\x8b", gzip.compress(b"letters", mtime=0), b"%PDF-1.7", b"PK\x03\x04"])
def test_anything_else_is_no_dump(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from([CUSTOM, POSTGRES, MYSQL, gzip.compress(POSTGRES), lzma.compress(MYSQL)]), st.data())
def test_damaged(tmp_path: Path, data: bytes, chance: st.DataObject) -> None:
    hurt = bytearray(data)
    for _ in range(chance.draw(st.integers(1, 5))):
        hurt[chance.draw(st.integers(0, len(hurt) - 1))] = chance.draw(st.integers(0, 255))
    read(tmp_path, bytes(hurt[: chance.draw(st.integers(0, len(hurt)))]))
