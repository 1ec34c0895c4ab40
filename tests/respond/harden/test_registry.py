"""Every measure says which checks' findings it takes away, and those checks are there."""

from __future__ import annotations

from omamori.evaluate.load import load_checks
from omamori.respond.harden.registry import KINDS


def test_every_kind_names_checks_that_exist_and_its_name_once() -> None:
    known = {check.id for check in load_checks()}
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        # Between zones nothing is found wrong of one machine: the plan rests on what was designed.
        assert (kind.fixes or kind.name == "linux-zones") and set(kind.fixes) <= known, kind.name
        assert kind.title.ja and kind.title.en
