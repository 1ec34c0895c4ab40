"""The order of visits: by points, of twins one first, a new zone once."""

from __future__ import annotations

from omamori.analyze.visit_order import FIRST, in_order
from omamori.model.visits import VisitReason


def test_a_zone_nobody_looked_at_is_entered_once():
    def said(name, **points):
        return [VisitReason(asset=name, reason=reason, points=value) for reason, value in points.items()]

    reasons = {"m1": said("m1", new_zone=15, server=10), "m2": said("m2", new_zone=15, server=9), "pc": said("pc", server=12)}
    assert in_order(reasons, {}, {"m1": "monitors", "m2": "monitors"}) == ["m1", "pc", "m2"]


def test_after_the_first_ten_twins_follow_by_their_points_and_nobody_is_lost():
    names = [f"pc{number:02d}" for number in range(30)]
    reasons = {name: [VisitReason(asset=name, reason="listed", points=30 - place)] for place, name in enumerate(names)}
    order = in_order(reasons, dict.fromkeys(names[:20], "ward"), {})
    assert order[:FIRST] == ["pc00", *names[20:29]]
    assert order[FIRST:] == [*names[1:20], "pc29"] and sorted(order) == names
