"""A derived look is never better than the looks it rests on."""

from __future__ import annotations

from omamori.analyze.coverage import NEVER, Coverage, Input, derived_look
from omamori.model.look import Collected


def look(**values: object) -> Collected:
    return Collected(**({"asset": "a", "table_name": "hosts", "source": "x", "complete": True} | values))


def test_nobody_looked():
    view = Coverage([]).view("hosts", "a")
    assert view == NEVER and not view.knows() and view.reason == "not_collected"


def test_one_bad_look_spoils_the_view_and_the_site_wide_look_counts():
    view = Coverage([look(), look(complete=False, reason="too_old", source="y")]).view("hosts", "a")
    assert not view.complete and view.reason == "too_old"
    site = Coverage([look(asset="*", missing="role", reason="not_understood")]).view("hosts", "a")
    assert site.complete and site.knows("platform") and not site.knows("role", "platform")


def test_what_decides_rows_and_what_only_decides_columns():
    good = Coverage([look()]).view("hosts", "a")
    whole = derived_look("a", "assets", "t", [Input(good, ("role",)), Input(good, ("role",), ("zone",))])
    assert whole.complete and whole.missing == "" and whole.reason is None
    coloured = derived_look("a", "assets", "t", [Input(good), Input(NEVER, (), ("zone", "closed"))])
    assert coloured.complete and coloured.missing == "closed,zone" and coloured.reason == "not_collected"
    broken = derived_look("a", "assets", "t", [Input(NEVER), Input(good)])
    assert not broken.complete and broken.reason == "not_collected"
    asked = derived_look("a", "assets", "t", [Input(good)], undecided=True)
    assert not asked.complete and asked.reason == "to_confirm"
    lacking = derived_look("a", "assets", "t", [Input(good), Input(NEVER, (), ("zone",))], undecided=True, why="not_in_pack")
    assert (lacking.reason, lacking.missing) == ("not_in_pack", "zone"), "what decides rows is told before what decides columns"


def test_looks_of_ledger_and_analyzers_are_no_looks_at_the_machine():
    coverage = Coverage(
        [look(source="ledger.workbook"), look(source="analyze.x"), look(source="backup.look"), look(source="linux.host"), look(asset="*")]
    )
    assert [row.source for row in coverage.machine_looks("a")] == ["linux.host"]
    assert coverage.assets() == {"a"}
