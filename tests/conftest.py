"""What all tests share: which tests run where, and the rule that no skip goes unnoticed.

* Tests marked `system` need root, Debian and real servers: they run only with `--system`, and alone. Each file's go one after the other in
  one process, and so do those of the files that look at this machine or change what is seen of it.
* A skip (or an expected failure) is allowed only when its reason is listed in `tests/allowed_skips`;
  any other one makes the run fail. So a test cannot fall silent by accident.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A busy machine is no failure: how long an example takes is measured by `make bench`, not asserted. How many examples a property is tried
# with is decided here for all of them, but for the few that take long each: every run draws others, but where one has to be like the last (CI);
# OMAMORI_TORTURE draws many.
settings.register_profile("quick", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=20)
settings.register_profile("torture", deadline=None, derandomize=False, max_examples=400)
settings.load_profile("torture" if os.environ.get("OMAMORI_TORTURE") else "quick")

ALLOWED = Path(__file__).parent / "allowed_skips"
THIS_MACHINE = {"test_backup_prove", "test_firewall", "test_ordinary_user", "test_servers", "test_shells", "test_ssh"}
"""Tests of two looks at this machine, and tests that start servers or leave odd files on it: beside each other the looks would differ."""


class LeftOut:
    """Counts, in this process and in the workers, the tests that another command runs."""

    def __init__(self) -> None:
        self.count = 0

    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Take the count of an xdist worker: each collects everything, so the largest is the truth."""
        self.count = max(self.count, getattr(node, "workeroutput", {}).get("left_out", 0))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--system", action="store_true", help="run the tests that need root, Debian and real servers")


def pytest_configure(config: pytest.Config) -> None:
    left_out = LeftOut()
    if not hasattr(config, "workerinput") and config.pluginmanager.hasplugin("xdist"):
        config.pluginmanager.register(left_out, "left-out")
    config.stash[LEFT_OUT] = left_out


LEFT_OUT = pytest.StashKey[LeftOut]()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share the tests with real servers among processes by file."""
    if not config.getoption("--system"):
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return "this machine" if Path(file).stem in THIS_MACHINE else file

    return ByFile(config, log)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `--system`, do not open the files that hold no such test: reading the others takes longer than some of them run."""
    if config.getoption("--system") and collection_path.suffix == ".py" and collection_path.name.startswith("test_"):
        return True if b"mark.system" not in collection_path.read_bytes() else None
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("--system")
    others = [item for item in items if (item.get_closest_marker("system") is not None) != wanted]
    if not others:
        return
    items[:] = [item for item in items if item not in set(others)]
    config.hook.pytest_deselected(items=others)
    if not wanted:
        config.stash[LEFT_OUT].count = len(others)


def pytest_sessionfinish(session: pytest.Session) -> None:
    config = session.config
    output = getattr(config, "workeroutput", None)
    if output is not None:
        output["left_out"] = config.stash[LEFT_OUT].count
        return
    if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and config.getoption("--system"):
        session.exitstatus = pytest.ExitCode.OK
    if session.exitstatus == pytest.ExitCode.OK and unlisted(config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Name what was left out: once per listed reason, and each skip that is not listed."""
    allowed = allowed_skips(ALLOWED.read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    for reason, place in skips(config):
        pattern = next((part for part in allowed if part in reason), None)
        if pattern is None:
            terminalreporter.write_line(f"SKIP NOT ALLOWED {place}: {reason!r} matches no line of tests/allowed_skips", red=True)
        else:
            counts[pattern] += 1
    for pattern, count in counts.items():
        terminalreporter.write_line(f"Left out: {count} tests, {pattern}. {allowed[pattern]}")
    count = config.stash[LEFT_OUT].count
    if count:
        terminalreporter.write_line(f"Left out: {count} tests that need root, Debian and real servers; run `make test-system` as root.")


def unlisted(config: pytest.Config) -> list[tuple[str, str]]:
    """Return (reason, place) of every skip and expected failure that `tests/allowed_skips` does not list."""
    patterns = allowed_skips(ALLOWED.read_text(encoding="utf-8"))
    return [(reason, place) for reason, place in skips(config) if not any(pattern in reason for pattern in patterns)]


def skips(config: pytest.Config) -> list[tuple[str, str]]:
    """Return (reason, place) of every skip and expected failure of this run."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    stats = reporter.stats if reporter is not None else {}
    found = [(skip_reason(report), report.nodeid) for report in stats.get("skipped", [])]
    return found + [(f"expected failure: {report.wasxfail}", report.nodeid) for report in stats.get("xfailed", [])]


def skip_reason(report: Any) -> str:
    """Return the words a test gave for being skipped."""
    detail = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(detail).removeprefix("Skipped: ")


def allowed_skips(text: str) -> dict[str, str]:
    """Read `tests/allowed_skips`: lines `part of the reason | why it may be skipped`; ValueError names a bad line."""
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        pattern, bar, why = (part.strip() for part in line.partition("|"))
        if not (pattern and bar and why):
            raise ValueError(f"tests/allowed_skips:{number}: expected `part of the reason | why it may be skipped`")
        found[pattern] = why
    return found
