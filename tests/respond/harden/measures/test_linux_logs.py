"""The log survives a restart, where systemd writes it."""

from __future__ import annotations

from tests.respond.harden.linux_small import found, proposed
from tests.respond.harden.small_traffic import row

from omamori.respond.harden.measures.linux_logs import KIND

LOST = found("logging.lost_at_restart")


def test_the_log_is_kept_where_systemd_writes_it() -> None:
    (one,), _ = proposed(KIND, [LOST, row("log_settings", asset="ehr", log="journald", active=True, persistent=False)])
    assert "Storage=persistent" in one.changes[0].text and one.changes[0].service == "systemd-journald"
    measures, (left,) = proposed(KIND, [LOST])
    assert measures == [] and "decide first" in left.why.en
