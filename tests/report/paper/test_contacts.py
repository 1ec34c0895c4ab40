"""The diagram of calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from omamori.model.declared import Contact
from omamori.report.paper.blocks import Gap, gaps_in
from omamori.report.paper.contacts import calls, contacts_paper
from omamori.report.paper.declared import Declared


def outside(declared: Declared) -> dict[str, list[Any]]:
    return {title.ja: [station.duty for station in stations] for title, stations in calls(declared).outside}


def test_the_chain_goes_from_whoever_notices_to_the_director(declared: Declared) -> None:
    chain = calls(declared).chain
    assert [station.name for station in chain][1:] == ["医療情報係 福井", "副院長 川", "院長 山田"]
    assert isinstance(chain[1].phone, Gap) and chain[3].phone == "00-0000-0001"


@pytest.mark.parametrize(
    ("duty", "name", "group"),
    [
        ("警察(サイバー)", "県警", "警察(サイバー犯罪相談窓口)"),
        ("国", "厚生労働省 医政局", "厚生労働省・都道府県・個人情報保護委員会"),
        ("報告先", "個人情報保護委員会", "厚生労働省・都道府県・個人情報保護委員会"),
        ("回線業者", "○○通信", "事業者(保守・回線)"),
        ("サイバー保険", "○○損保", "そのほかの相談先"),
        ("なにか", "だれか", "そのほかの相談先"),
    ],
)
def test_every_contact_finds_its_place(read: Callable[..., Declared], duty: str, name: str, group: str) -> None:
    assert outside(read(Contact(duty=duty, name=name, phone="1")))[group] == [duty]


def test_nobody_of_the_list_is_lost(declared: Declared) -> None:
    told = str(contacts_paper(declared, ()))
    assert all(contact.phone in told for contact in declared.contacts if contact.phone)
    assert all(vendor.vendor in told for vendor in declared.vendors)


def test_an_empty_workbook_is_all_gaps(read: Callable[..., Declared], declared: Declared) -> None:
    empty = contacts_paper(read(), ())
    assert gaps_in(empty) > gaps_in(contacts_paper(declared, ())) > 0
