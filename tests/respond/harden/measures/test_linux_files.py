"""Rights on files: only taken away, and only from what is plainly the administrator's."""

from __future__ import annotations

from tests.respond.harden.linux_small import found, proposed
from tests.respond.harden.small_traffic import row

from omamori.respond.harden.changes import ModeTaken
from omamori.respond.harden.measures.linux_files import KIND


def of(check, owner="root"):
    file = row("file_permissions", asset="ehr", path="/etc/x", kind="sensitive", owner=owner, file_group="root", mode="0666")
    return proposed(KIND, [found(check, "/etc/x"), file])


def test_the_others_rights_are_taken_away() -> None:
    for check, bits in (("protection.secrets_readable", 0o007), ("accounts.home_open", 0o022), ("protection.root_job_replaceable", 0o002)):
        (one,), _ = of(check)
        assert one.changes == (ModeTaken("/etc/x", bits),) and one.promises[0].check == check


def test_a_job_of_somebody_else_is_asked_about() -> None:
    measures, (left,) = of("protection.root_job_replaceable", "vendor")
    assert measures == [] and "vendor" in left.why.en


def test_the_line_to_copy_runs_nothing_of_a_files_name() -> None:
    path = "/srv/x; touch y"
    file = row("file_permissions", asset="ehr", path=path, kind="sensitive", owner="root", file_group="root", mode="0666")
    (one,), _ = proposed(KIND, [found("protection.everyone_writes_here", path), file])
    assert one.menu.hand.en == "sudo chmod o-w '/srv/x; touch y'"
