"""Old services are stopped where nobody uses them, and the whole program is old."""

from __future__ import annotations

import pytest
from tests.respond.harden.linux_small import designed, found, listens, proposed
from tests.respond.harden.small_traffic import row

from omamori.respond.harden.changes import Unit
from omamori.respond.harden.measures.linux_services import KIND

TELNET = [found("services.telnet_server", "23"), found("differences.listener_undeclared", "23", "tcp"), listens(23, "inetd")]
RUNS = row("services", asset="ehr", name="openbsd-inetd", state="running", start="automatic", command="/usr/sbin/inetd -i")


def test_a_service_nobody_uses_is_stopped() -> None:
    (one,), left = proposed(KIND, [*TELNET, RUNS])
    assert one.changes == (Unit("openbsd-inetd", "/usr/sbin/inetd"),) and left == []
    assert [promise.check for promise in one.promises] == ["services.telnet_server"]


@pytest.mark.parametrize(
    ("rows", "word"),
    [([listens(79, "inetd")], "other ports"), (designed(23), "is used by"), ([], "")],
    ids=["other ports", "used", "unit unknown"],
)
def test_what_is_not_sure_is_not_stopped(rows, word) -> None:
    measures, left = proposed(KIND, [*TELNET, *rows])
    if word:
        assert measures == [] and word in left[0].why.en
    else:
        assert measures[0].changes == ()


def test_without_the_ledger_and_a_week_of_looks_it_is_not_known_who_uses_it() -> None:
    measures, left = proposed(KIND, [TELNET[0], TELNET[2], RUNS])
    assert measures == [] and "not known" in left[0].why.en
