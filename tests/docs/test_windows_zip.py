"""The portable edition is put together from pinned parts, whole, and always to the same bytes."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

import windows_zip

LOCKED = (windows_zip.ROOT / "locked" / "windows.txt").read_text(encoding="utf-8")


def wheel(folder: Path, names: dict[str, str]) -> Path:
    path = folder / "part-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in names.items():
            archive.writestr(name, text)
    return path


def test_markers_are_asked_about_windows_and_not_about_this_machine() -> None:
    wanted = windows_zip.requirements(LOCKED)
    assert {"colorama", "cffi", "duckdb", windows_zip.INTERPRETER, windows_zip.READS_IT} <= wanted.keys()
    assert not wanted.keys() & {"hatchling", "pytest"}
    assert all("--hash=sha256:" in line and ";" not in line for line in wanted.values())
    other = windows_zip.requirements("a==1 ; sys_platform == 'linux' \\\n    --hash=sha256:00\nb==2 \\\n    --hash=sha256:11\n")
    assert set(other) == {"b"}


def test_a_line_without_a_hash_is_refused() -> None:
    with pytest.raises(ValueError, match="colorama"):
        windows_zip.requirements("colorama==0.4.6\n")


def test_of_a_wheel_goes_in_what_the_program_uses_and_every_licence(tmp_path: Path) -> None:
    names = {
        "part/__init__.py": "code",
        "part/data/words.txt": "words",
        "part/tests/test_x.py": "no",
        "part/x.pyi": "no",
        "part-1.0.data/scripts/tool": "no",
        "part-1.0.data/purelib/more.py": "code",
        "part-1.0.dist-info/METADATA": "name",
        "part-1.0.dist-info/RECORD": "no",
        "part-1.0.dist-info/licenses/LICENSE": "terms",
        "part-1.0.dist-info/LICENCE.rst": "old terms",
    }
    found = dict(windows_zip.package(wheel(tmp_path, names)))
    assert set(found) == {
        "program/lib/part/__init__.py",
        "program/lib/part/data/words.txt",
        "program/lib/more.py",
        "program/lib/part-1.0.dist-info/METADATA",
        "licences/part-1.0/LICENSE",
        "licences/part-1.0/LICENCE.rst",
    }


def test_of_python_its_files_and_its_licence_but_not_its_search_path(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        for name in ("cp311/python.exe", "cp311/LICENSE.txt", "cp311/python311._pth", "cp310/python.exe"):
            archive.writestr(name, name)
    source = tmp_path / "python.tar.gz"
    with tarfile.open(source, "w:gz") as outer:
        info = tarfile.TarInfo("python/src/data.zip")
        info.size = len(inner.getvalue())
        outer.addfile(info, io.BytesIO(inner.getvalue()))
    found = dict(windows_zip.program(source))
    assert found == {
        "program/python311._pth": windows_zip.PATHS,
        "program/python.exe": b"cp311/python.exe",
        "licences/python/LICENSE.txt": b"cp311/LICENSE.txt",
    }


def test_the_starter_is_plain_and_the_words_are_for_an_old_notepad() -> None:
    own = dict(windows_zip.own_files())
    starter, monthly, words = own["omamori.cmd"], own["omamori-pack.cmd"], own["お読みください.txt"]
    for text in (starter, monthly, words):
        assert text.count(b"\n") == text.count(b"\r\n") > 10
    assert starter.isascii() and monthly.isascii() and words.startswith(b"\xef\xbb\xbf")
    assert "program/lib/omamori/cli/main.py" in own and "program/lib/omamori/example/sick/example.yaml" in own
    assert not [name for name in own if name.endswith(".pyc")]


def test_the_same_parts_give_the_same_bytes() -> None:
    members = {"b": b"2", "お": b"3", "a": b"1" * 1000}
    data = windows_zip.pack(members)
    assert data == windows_zip.pack(dict(reversed(members.items())))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["omamori/a", "omamori/b", "omamori/お"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
