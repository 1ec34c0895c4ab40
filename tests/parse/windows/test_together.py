"""What outputs say only together."""

from __future__ import annotations

import pytest

from omamori.model.access import LogSetting
from omamori.model.host import Service
from omamori.model.look import Look, Parsed
from omamori.model.windows import FileAccess, WindowsSetting
from omamori.parse.windows.merge import merge
from omamori.parse.windows.together import program, with_forwarding, with_policy_in_force, with_services, with_states

LISTED = Parsed(
    rows=(Service(name="Spooler", state="running", evidence="1"),),
    looks=(Look("services", missing=("start",), reason="not_collected"),),
)
REGISTRY = Parsed(
    rows=(
        Service(name="spooler", start="automatic", command=r"%SystemRoot%\System32\spoolsv.exe", evidence="2"),
        Service(name="Gone", start="manual", command=r"C:\Old\gone.exe", evidence="3"),
    ),
    looks=(Look("services", complete=False, missing=("state",), reason="not_collected"),),
)


def test_what_the_service_manager_does_not_list_does_not_run() -> None:
    found = merge(with_states([REGISTRY, LISTED]))
    assert [(row.name, row.state, row.start) for row in found.rows] == [("Spooler", "running", "automatic"), ("Gone", "stopped", "manual")]
    assert found.looks == (Look("services"),) or "state" not in found.looks[0].missing


def test_without_a_whole_list_nobody_knows() -> None:
    part = Parsed(LISTED.rows, (Look("services", complete=False, missing=("start",), reason="not_collected"),))
    found = merge(with_states([REGISTRY, part]))
    assert {row.name: row.state for row in found.rows}["Gone"] is None
    assert "state" in found.looks[0].missing


@pytest.mark.parametrize(
    ("command", "path"),
    [
        (r'"C:\Program Files\Karte\svc.exe" -k "a b"', r"c:\program files\karte\svc.exe"),
        (r"C:\Program Files\Karte\svc.exe -k", r"c:\program files\karte\svc.exe"),
        (r"%SystemRoot%\System32\svchost.exe -k netsvcs", r"c:\windows\system32\svchost.exe"),
        (r"\SystemRoot\System32\x.exe", r"c:\windows\system32\x.exe"),
        (r"\??\C:\Drv\x.sys", r"c:\drv\x.sys"),
        (r"System32\drivers\x.sys", r"c:\windows\system32\drivers\x.sys"),
        (r"%ProgramFiles(x86)%\A\a.exe", r"c:\program files (x86)\a\a.exe"),
        ("", ""),
        ("x" * 5000, "x" * 5000),
    ],
)
def test_the_program_of_a_command(command: str, path: str) -> None:
    assert program(command) == path


FORWARDING = Look("log_settings", complete=False, missing=("active", "max_bytes"), reason="not_collected")
LOGS = Parsed(
    (LogSetting(log="Security", active=True, evidence="1"), LogSetting(log="System", active=True, evidence="2")),
    (Look("log_settings", missing=("forwarded_to",), reason="not_collected"),),
)


@pytest.mark.parametrize("target", ["file1.hospital.example", None])
def test_where_the_logs_go_holds_for_every_log_that_was_listed(target: str | None) -> None:
    told = Parsed((LogSetting(log="Security", forwarded_to=target, evidence="7"),) if target else (), (FORWARDING,))
    found = merge(with_forwarding([LOGS, told]))
    assert {row.log: row.forwarded_to for row in found.rows} == {"Security": target, "System": target}
    assert "forwarded_to" not in found.looks[0].missing


def test_without_the_policy_nobody_knows_where_logs_go() -> None:
    assert with_forwarding([LOGS]) == [LOGS]
    assert "forwarded_to" in merge(with_forwarding([LOGS, REGISTRY])).looks[0].missing


def rights(*paths: str, complete: bool = True) -> Parsed:
    rows = tuple(FileAccess(path=path, principal="Everyone", access="full", writable=True, evidence="9") for path in paths)
    return Parsed(rows, (Look("file_access", complete=complete, missing=("service",), reason="not_collected"),))


def services(*commands: str, whole: bool = True) -> Parsed:
    rows = tuple(Service(name=f"S{number}", command=command) for number, command in enumerate(commands))
    return Parsed(rows, (Look("services", complete=whole, reason=None if whole else "not_collected"),))


def test_a_file_names_the_services_that_run_from_it() -> None:
    found = with_services(merge([rights(r"C:\A\A.exe", r"C:\A"), services(r"c:\a\a.exe -x", r'"C:\A\b.exe"', r"%windir%\system32\x.exe")]))
    assert {row.path: row.service for row in found.rows if isinstance(row, FileAccess)} == {r"C:\A\A.exe": "S0", r"C:\A": "S0, S1"}
    look = next(look for look in found.looks if look.table == "file_access")
    assert (look.complete, look.missing, look.reason) == (False, (), "not_collected"), "b.exe was not looked at"


def test_all_programs_but_those_of_windows_make_the_list_whole() -> None:
    found = with_services(merge([rights(r"C:\A\a.exe"), services(r"c:\a\a.exe", r"C:\Windows\System32\x.exe")]))
    assert next(look for look in found.looks if look.table == "file_access") == Look("file_access")
    part = with_services(merge([rights(r"C:\A\a.exe"), services(r"c:\a\a.exe", whole=False)]))
    look = next(look for look in part.looks if look.table == "file_access")
    assert (look.complete, look.missing) == (False, ("service",))


def limits(control: str | None, enforced: bool | None, *, complete: bool) -> Parsed:
    row = WindowsSetting(execution_control=control, execution_enforced=enforced, uac_enabled=complete or None, evidence="4")
    missing = () if complete else ("uac_enabled",)
    return Parsed((row,), (Look("windows_settings", complete=complete, missing=missing, reason=None if complete else "not_collected"),))


@pytest.mark.parametrize(
    ("registry", "system", "together"),
    [
        (("none", False), ("wdac", True), ("wdac", True)),
        (("applocker", False), ("wdac", False), ("wdac", False)),
        (("applocker", True), ("wdac", False), ("applocker", True)),
        (("none", False), None, ("none", False)),
    ],
)
def test_a_policy_in_force_counts_before_the_registry(
    registry: tuple[str, bool], system: tuple[str, bool] | None, together: tuple[str, bool]
) -> None:
    parts = [limits(*registry, complete=True)]
    if system:
        parts.append(limits(*system, complete=False))
    (row,) = merge(with_policy_in_force(parts)).rows
    assert (row.execution_control, row.execution_enforced) == together
    assert row.uac_enabled is True
