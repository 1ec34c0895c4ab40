from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.model.derived import Asset
from omamori.model.device import DeviceAccount
from omamori.model.text import Text
from omamori.model.ways_in import Entry, Session
from omamori.report.discreet import ACCOUNT, OTHER_MACHINE, Discreet, discreet
from omamori.snapshot.database import Database

HIDE = Discreet({"検査": OTHER_MACHINE, "pc": OTHER_MACHINE, "tanaka": ACCOUNT, "10.1.0.1": OTHER_MACHINE}, ["検査システム", "pc21"])


def test_a_name_is_hidden_as_a_word_and_whatever_its_case() -> None:
    assert HIDE.say("TANAKA on PC, spc, pc21 and 10.1.0.1, 10.1.0.11", "en") == (
        "(account) on (another machine), spc, pc21 and (another machine), 10.1.0.11"
    )


def test_a_longer_name_that_is_theirs_stays_whole() -> None:
    assert HIDE.say("検査システムと検査", "ja") == "検査システムと(別の機器)"


def test_homes_and_sids_are_hidden_though_nobody_named_them() -> None:
    assert HIDE.say(r"C:\Users\sato\a.exe /home/sato/b S-1-5-21-1-22-333-1001", "ja") == (
        r"C:\Users\(アカウント)\a.exe /home/(アカウント)/b (アカウント)"
    )


def test_both_languages() -> None:
    assert HIDE.text(Text("tanaka が", "tanaka did")) == Text("(アカウント) が", "(account) did")


@given(st.lists(st.text(min_size=2, max_size=8), max_size=8), st.text(max_size=60))
def test_any_names_and_words_can_be_given(names: list[str], text: str) -> None:
    hide = Discreet(dict.fromkeys(names, ACCOUNT))
    assert isinstance(hide.say(text, "ja"), str)
    for name in names:
        if not name[0].isascii() and not name[-1].isascii() and name not in ACCOUNT.ja:
            assert name not in hide.say(f"{name}", "ja")


def test_other_vendors_ways_in_and_accounts_of_devices_are_hidden() -> None:
    with Database() as database:
        database.insert(
            [
                Asset(asset="fw-a"),
                Asset(asset="fw-b"),
                Entry(asset="fw-a", entry="fw-a lab-tunnel", device="fw-a"),
                Entry(asset="fw-b", entry="fw-b catering", device="fw-b"),
                DeviceAccount(asset="fw-b", name="remotetanaka"),
                Session(asset="fw-b", account="ext_suzuki"),
            ]
        )
        hide = discreet(database, {"fw-a"})
    told = hide.say("fw-a lab-tunnel, fw-b catering, remotetanaka and ext_suzuki", "en")
    assert told == "fw-a lab-tunnel, (another machine), (account) and (account)"
