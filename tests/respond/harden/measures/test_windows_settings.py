"""The settings as data: whole, in both languages, known to checks and parser, and never weaker than what they close."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.respond.harden.small_traffic import facts_of, machine
from tests.respond.harden.small_traffic import row as made

import omamori
from omamori.parse.windows.registry.decide import content
from omamori.respond.harden.changes import RegistryValue, SecurityArea
from omamori.respond.harden.measures.windows_settings import KINDS, Row, rows
from omamori.respond.harden.parts import Left, Measure
from omamori.respond.harden.write.windows_values import Value, bounds, number_of, value_of

ROOT = Path(omamori.__file__).parent
NOT_JUDGED = {
    # What a setting needs besides the value that is judged: the days of updates, the dependency of a service, each rule of ASR, what only records.
    "AUOptions", "NoAutoUpdate", "ScheduledInstallDay", "ScheduledInstallTime", "NoAutoRebootWithLoggedOnUsers", "DependOnService", "AuditLevel",
    "MaxSize", "RestrictNullSessAccess", "NullSessionShares", "blockcontentexecutionfrominternet", "UseLogonCredential",
}  # fmt: skip

ASR = tuple(one.name for row in rows() for one in row.changes if isinstance(one, RegistryValue) and one.key.endswith(r"ASR\Rules"))


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


STRICTER = {
    # Numbers from the strictest to the laxest; of those not named here less is laxer than what is set, or there is but one strict value.
    "LockoutDuration": (0, -1, 99999, 1440, 15, 5), "ResetLockoutCount": (99999, 60, 15), "LockoutBadCount": (1, 3, 10, 50),
    "PasswordHistorySize": (24, 12, 5), "MinimumPasswordLength": (128, 20, 13), "CachedLogonsCount": (0, 1, 2),
    "LmCompatibilityLevel": (5, 4, 3), "AllowEncryptionOracle": (0, 1), "InactivityTimeoutSecs": (1, 300, 900), "SecurityLayer": (2, 1),
    "ConsentPromptBehaviorAdmin": (2, 1, 4, 3, 5), "EnableControlledFolderAccess": (1, 3, 2), "MaxSize": (2**31, 2**30, 262144),
    "RunAsPPL": (1, 2), "RestrictAnonymousSAM": (1,), "BackupDirectory": (1, 2), "RestrictNullSessAccess": (1,), "LimitBlankPasswordUse": (1,),
} | dict.fromkeys(ASR, (1, 6, 2))  # fmt: skip


def test_what_was_made_stricter_since_the_look_stays() -> None:
    """By the rule of apply.cmd, whatever is at least as strict as what would be set is left as it is."""
    seen = set()
    for change in (change for row in rows() for change in row.changes if isinstance(change, RegistryValue | SecurityArea)):
        area = isinstance(change, SecurityArea)
        value = Value("", change.name, "sz", change.value, change.enough) if area else value_of(change)
        assert value is not None
        if value.enough is None:
            continue
        low, high = bounds(value) or (0, 0)
        for number in STRICTER[value.name]:
            # -1 is for ever; locked for no minutes is until an administrator unlocks it.
            counted = 2**31 - 1 if number < 0 or number >= 2**31 or (value.name, number) == ("LockoutDuration", 0) else number
            assert low <= counted <= high, (value.name, number)
        seen.add(value.name)
    assert seen == set(STRICTER) | set(ASR)


def test_kinds_are_the_rows_in_their_order() -> None:
    assert [kind.name for kind in KINDS] == [row.name for row in rows()]
    assert len({kind.name for kind in KINDS}) == len(KINDS) > 50
    assert {kind.system for kind in KINDS} == {"windows"}


def test_usb_stays_where_the_backups_go_to_it() -> None:
    (kind,) = [one for one in KINDS if one.name == "usb-storage-off"]
    rows = [*machine("bk", "10.1.2.9", "server"), *machine("pc", "10.1.1.9")]
    rows += [
        made("verdicts", check_id="protection.windows_usb_storage_open", subject=name, finding_key=name, verdict="fail", evidence="v:1")
        for name in ("bk", "pc")
    ]
    with facts_of([*rows, made("declared_backups", asset="ehr", job="weekly", target="RDX at BK", evidence="sheet:1")]) as facts:
        (left,), (measure,) = (list(kind.propose(facts, facts.machines[name])) for name in ("bk", "pc"))
    assert isinstance(left, Left) and "USB disks or RDX" in left.why.en and isinstance(measure, Measure) and measure.changes
