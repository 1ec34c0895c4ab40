"""The settings as data: whole, in both languages, known to checks and parser, and never weaker than what they close."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import omamori
from omamori.parse.windows.registry.decide import content
from omamori.respond.harden.changes import RegistryValue
from omamori.respond.harden.measures.windows_settings import KINDS, Row, rows
from omamori.respond.harden.write.windows_values import bounds, number_of, value_of

ROOT = Path(omamori.__file__).parent
NOT_JUDGED = {
    # What a setting needs besides the value that is judged: the days of updates, the dependency of a service, each rule of ASR, what only records.
    "AUOptions", "NoAutoUpdate", "ScheduledInstallDay", "ScheduledInstallTime", "NoAutoRebootWithLoggedOnUsers", "DependOnService", "AuditLevel",
    "MaxSize", "RestrictNullSessAccess", "NullSessionShares", "blockcontentexecutionfrominternet", "UseLogonCredential",
}  # fmt: skip


@pytest.fixture(params=rows(), ids=lambda row: row.name)
def row(request: pytest.FixtureRequest) -> Row:
    found: Row = request.param
    return found


def test_each_is_whole_and_can_be_said_on_windows(row: Row) -> None:
    texts = [row.what, row.why, row.stops, row.menu.hand, *([row.menu.policy] if row.menu.policy else []), *row.notes]
    for text in texts:
        assert text.ja.encode("cp932") and text.en.encode("ascii"), "the console shows it"
        assert "$" not in text.ja + text.en
    for text in (row.what, row.why, row.stops, *row.notes):
        assert not re.search("安全|合格|準拠", text.ja) and "compliant" not in text.en
    assert re.search(r"[ぁ-んァ-ン一-龥]", row.what.ja) and "!" not in row.what.en
    for check in row.fixes:
        topic, name = check.split(".")
        assert (ROOT / "checks" / topic / f"{name}.sql").is_file(), check


def test_each_value_is_one_the_parser_judges_and_lies_within_what_is_enough(row: Row) -> None:
    known = {
        (key.path.lower(), name.lower()) for one in (*content().settings.values(), *content().parts.values()) for key, name in one.places
    }
    for change in row.changes:
        value = value_of(change)
        if value is None:
            continue
        assert isinstance(change, RegistryValue) and re.match(r"HK(LM|CU)\\[A-Za-z]", value.key) and value.kind in ("dword", "sz", "multi")
        rule_of_asr = re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value.name)
        assert rule_of_asr or value.name in NOT_JUDGED or (value.key.lower(), value.name.lower()) in known, (value.key, value.name)
        limits, number = bounds(value), number_of(value.data)
        if limits and number is not None:
            assert limits[0] <= number <= limits[1]


def test_what_is_left_as_enough_is_never_what_a_check_finds() -> None:
    """Every number a script would leave means to the parser what the value that is set means."""
    tried = 0
    for row in rows():
        for value in (value for change in row.changes if (value := value_of(change)) is not None and row.promises):
            for setting in content().settings.values():
                if not any((key.path.lower(), name) == (value.key.lower(), value.name) for key, name in setting.places) or not setting.when:
                    continue
                limits, wanted = bounds(value), number_of(value.data)
                if limits is None or wanted is None:
                    continue  # It is taken away.
                good = setting.when.get(wanted, setting.other)
                for number in range(limits[0], min(limits[1], limits[0] + 10) + 1):
                    assert setting.when.get(number, setting.other) in (good, None), (row.name, value.name, number)
                    tried += 1
    assert tried > 25


def test_kinds_are_the_rows_in_their_order() -> None:
    assert [kind.name for kind in KINDS] == [row.name for row in rows()]
    assert len({kind.name for kind in KINDS}) == len(KINDS) > 50
    assert {kind.system for kind in KINDS} == {"windows"}
