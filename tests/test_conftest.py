"""The rule about skips is itself tested: it is what keeps a test from falling silent."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with this conftest and one listed reason."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "conftest.py").write_text((HERE / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "tests" / "allowed_skips").write_text("no data | It is elsewhere.\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = system\n", encoding="utf-8")
    return tmp_path


def run(project: Path, test: str, *options: str) -> subprocess.CompletedProcess[str]:
    (project / "tests" / "test_it.py").write_text(f"import pytest\n{test}\ndef test_other(): pass\n", encoding="utf-8")
    return subprocess.run([sys.executable, "-m", "pytest", *options], cwd=project, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "with workers"])
def test_a_listed_skip_is_named_and_any_other_fails(project: Path, options: tuple[str, ...]) -> None:
    listed = run(project, "def test_it(): pytest.skip('no data here')", *options)
    assert listed.returncode == 0
    assert "Left out: 1 tests, no data. It is elsewhere." in listed.stdout
    other = run(project, "def test_it(): pytest.skip('I felt like it')", *options)
    assert other.returncode == 1
    assert "SKIP NOT ALLOWED tests/test_it.py::test_it: 'I felt like it'" in other.stdout
    whole_file = run(project, "pytest.importorskip('no_such_module')", *options)
    assert whole_file.returncode != 0
    expected = run(project, "@pytest.mark.xfail\ndef test_it(): assert False", *options)
    assert expected.returncode == 1


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "with workers"])
def test_system_tests_are_left_out_by_name_and_run_alone(project: Path, options: tuple[str, ...]) -> None:
    marked = "@pytest.mark.system\ndef test_it(): assert False"
    without = run(project, marked, *options)
    assert without.returncode == 0
    assert "Left out: 1 tests that need root" in without.stdout
    with_system = run(project, marked, "--system", *options)
    assert with_system.returncode == 1
    assert "1 failed" in with_system.stdout
    assert "passed" not in with_system.stdout


def test_a_line_without_reason_is_refused() -> None:
    spec = importlib.util.spec_from_file_location("rules", HERE / "conftest.py")
    assert spec
    assert spec.loader
    rules = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rules)
    with pytest.raises(ValueError, match="allowed_skips:2"):
        rules.allowed_skips("# words\nno data\n")
