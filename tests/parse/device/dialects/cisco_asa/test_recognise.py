"""An ASA is known by its heading or by two commands only it has."""

from __future__ import annotations

from omamori.parse.device.dialects.cisco_asa.recognise import recognise


def test_known() -> None:
    assert recognise(["ASA Version 9.8(2)"])
    assert recognise([" nameif inside", " security-level 100"])
    assert recognise(['Interface GigabitEthernet0/0 "outside", is up, line protocol is up'])
    assert recognise(["Session Type: AnyConnect"])
    assert recognise(["Cisco Adaptive Security Appliance Software Version 9.5(2)", "fw1 up 4 days 1 hour"])


def test_not_known() -> None:
    assert not recognise([" nameif inside", " nameif outside"])
    assert not recognise(["hostname x", "names of things"])
    assert not recognise([])
