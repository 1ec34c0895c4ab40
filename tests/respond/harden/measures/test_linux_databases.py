"""PostgreSQL's rules: a password is asked for, and only those known may come."""

from __future__ import annotations

from tests.respond.harden.linux_small import HBA, designed, found, listens, proposed, setting

from omamori.respond.harden.changes import LinesInstead
from omamori.respond.harden.measures.linux_databases import KIND

RULE = "host all all 0.0.0.0/0 trust"
ROWS = [
    found("servers.database_trusts", RULE),
    found("servers.database_for_all", RULE),
    setting("server_settings", "hba", RULE, service="postgresql", path=HBA),
    listens(5432, "postgres"),
]
SCRAM = setting("server_settings", "password_encryption", "scram-sha-256", service="postgresql", path=HBA)


def test_the_rule_becomes_one_for_each_network_that_is_known() -> None:
    (one,), _ = proposed(KIND, [*ROWS, SCRAM, *designed(5432)])
    assert one.changes == (LinesInstead(HBA, RULE, ("host all all 10.1.1.0/24 scram-sha-256",), "postgresql"),)
    assert {promise.check for promise in one.promises} == {"servers.database_trusts", "servers.database_for_all"}


def test_without_known_users_only_the_password_is_promised() -> None:
    (one,), _ = proposed(KIND, ROWS)
    assert one.changes[0].new == ("host all all 0.0.0.0/0 md5",)
    assert [promise.check for promise in one.promises] == ["servers.database_trusts"]


def test_a_rule_that_cannot_be_narrowed_or_found_is_left() -> None:
    asked = "host all all 0.0.0.0/0 scram-sha-256"
    rows = [found("servers.database_for_all", asked), setting("server_settings", "hba", asked, service="postgresql", path=HBA)]
    measures, (left,) = proposed(KIND, rows)
    assert measures == [] and "cannot be narrowed" in left.why.en
    measures, (left,) = proposed(KIND, ROWS[:2])
    assert measures == [] and "which one file" in left.why.en
