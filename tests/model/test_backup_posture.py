"""The words of the codes that tell why, and of a chain."""

from __future__ import annotations

import pytest

from omamori.model.backup_posture import CHAIN_END, HOW_KNOWN, TOLD, chain_words, told_words


def test_codes_are_said_in_both_languages_with_their_details():
    assert told_words("same-device", "en") == "it lies inside the machine itself"
    assert told_words("shared-administrator: administrator 2021-04-01; reached", "en") == (
        "the administrator has the same name and password day on both (administrator 2021-04-01), "
        "zones or ways in reach the place that keeps it"
    )
    assert told_words("reached: 部門LAN", "ja") == "ほかの区画や入口から届く(部門LAN)"
    assert told_words("what is no code", "ja") == "what is no code"
    assert told_words(None, "ja") == told_words("", "en") == ""


def test_a_code_means_one_thing():
    codes = [value.code for value in TOLD]
    assert len(codes) == len(set(codes))
    assert {value.code for value in HOW_KNOWN} - {"nothing"} <= set(codes)


@pytest.mark.parametrize(("language", "end"), [("ja", "何も残らない"), ("en", "nothing left")])
def test_a_chain_is_read_from_the_server_to_its_end(language, end):
    assert chain_words(f"EHR > BK > {CHAIN_END}", language) == f"EHR → BK → {end}"
    assert chain_words(None, language) == ""
