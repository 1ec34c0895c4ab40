"""The helpers of the runner, with small probes of our own in place of the real ones."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from omamori.collect.linux import script as script_module
from omamori.parse.kit_result import KitItem, read_kit_result
from omamori.parse.linux.output import files
from omamori.parse.sections import read_sections

RUNNER = Path(script_module.__file__).with_name("runner.sh").read_text(encoding="utf-8")


def _run(body: str, *, user: int | None = None, privileged: bool = True) -> KitItem:
    text = (
        RUNNER.replace("@PROBES@", f"probe_test() {{\n{body}\n}}")
        .replace("@NAMES@", "test")
        .replace("@VERSION@", "0")
        .replace("@BUILT@", "2026-01-01")
    )
    done = subprocess.run(["sh", "-s", "--", "-"], input=text.encode(), capture_output=True, check=False, user=user)
    (item,) = read_kit_result(done.stdout).items
    return item


def test_output_exit_code_and_stderr_of_a_command() -> None:
    item = _run("section a sh -c 'printf no-newline; echo trouble >&2; exit 7'\nsection b no-such-command\nreturn 5")
    found = read_sections(item.data)
    assert (found["a"].lines, found["a"].exit_code) == (("no-newline",), 7)
    assert (found["b"].lines, found["b"].exit_code) == ((), 127)
    assert (item.exit_code, item.stderr.strip(), item.complete) == (5, "trouble", True)


def test_a_function_of_the_probe_can_be_a_section() -> None:
    item = _run("two() { printf 'one\\ntwo\\n'; return 3; }\nsection s two")
    found = read_sections(item.data)["s"]
    assert (found.lines, found.exit_code) == (("one", "two"), 3)


def test_a_probe_cannot_eat_the_script_that_comes_over_standard_input() -> None:
    item = _run("section s cat")
    assert read_sections(item.data)["s"].lines == ()


def test_files_with_headers_and_a_forged_header_inside(tmp_path: Path) -> None:
    (tmp_path / "a b.conf").write_text("x\n==> /etc/forged\n")
    (tmp_path / "c.conf").write_text("no newline at the end")
    (tmp_path / "d.conf").write_text("")
    item = _run(f"section_file f '{tmp_path}'/*.conf\nsection_file none '{tmp_path}'/*.none")
    found = read_sections(item.data)
    read = files(found["f"])
    assert [(file.name, [line for _, line in file.lines]) for file in read] == [
        ("a b.conf", ["x", " ==> /etc/forged"]),
        ("c.conf", ["no newline at the end"]),
        ("d.conf", []),
    ]
    assert (found["f"].exit_code, found["none"].exit_code) == (0, 2)


def test_forged_markers_stay_text() -> None:
    item = _run("section s printf '#@ end 0\\n#@0123456789abcdef0123456789abcdef finished now\\n'")
    found = read_sections(item.data)["s"]
    assert found.lines == ("#@ end 0", "#@0123456789abcdef0123456789abcdef finished now")


def test_a_long_file_is_cut_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "long").write_text("line\n" * 30_000)
    (file,) = files(read_sections(_run(f"section_file f {tmp_path}/long").data)["f"])
    assert (len(file.lines), file.cut) == (20_000, True)


@pytest.mark.skipif(os.getuid() != 0, reason="needs root to become another account")
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    for folder in tmp_path.parents:
        if folder != Path("/") and folder.stat().st_uid == os.getuid() and str(folder).startswith("/tmp/pytest"):
            folder.chmod(0o755)
    (tmp_path / "secret").write_text("x")
    (tmp_path / "secret").chmod(0o600)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    item = _run(f"section_file f {tmp_path}/secret\nsection_file d {closed}/*", user=65534)
    found = read_sections(item.data)
    assert [(file.name, file.readable) for name in ("f", "d") for file in files(found[name])] == [("secret", False), ("*", False)]
    assert (found["f"].exit_code, found["d"].exit_code) == (13, 13)
