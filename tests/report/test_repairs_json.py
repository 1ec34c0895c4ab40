"""The order of work for programs fits its schema, whatever is known."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
from tests.report.repair_rows import insert

from omamori.report.repairs import Repairs, read_repairs
from omamori.report.repairs_json import repairs_json
from omamori.snapshot.database import Database

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
PART = SCHEMA["properties"]["repairs"] | {"$defs": SCHEMA["$defs"]}


def test_it_fits_the_schema() -> None:
    with Database() as database:
        insert(database, large=20)
        told = repairs_json(read_repairs(database))
    jsonschema.validate(told, PART)
    assert {one["repair"] for one in told["updates"]} >= {"update:KB5058379", "package:openssh", "firmware:fortios"}
    assert [one["place"] for one in told["updates"]] == sorted(one["place"] for one in told["updates"])
    assert told["to_confirm"][0]["findings"] > 0 and told["not_judged"] == [{"reason": "not_collected", "machines": ["CT操作卓"]}]


def test_nothing_known_fits_too() -> None:
    told = repairs_json(Repairs())
    jsonschema.validate(told, PART)
    assert all(value == [] for value in told.values())
