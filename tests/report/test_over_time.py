from __future__ import annotations

import json

from omamori.report.data import Report
from omamori.report.over_time import Aging, Trend
from omamori.report.shape import plain


def test_what_stays_and_the_trend_can_be_written_as_json_and_begin_empty(report: Report) -> None:
    assert json.loads(json.dumps(plain(report.aging)))["counts"][0][0] == "director"
    assert plain(Aging()) == {"staged": [], "ending": [], "hidden": [], "counts": [], "titles": {}}
    assert plain(Trend()) == {"points": []}
