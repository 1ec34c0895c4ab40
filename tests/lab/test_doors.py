from __future__ import annotations

import json
from pathlib import Path

from omamori.lab.doors import DoorPlan, listen, log_of
from omamori.lab.interface import Place


def test_the_doors_lie_in_the_folder_of_the_service(tmp_path: Path) -> None:
    place = Place("ct", "ns", ("10.0.0.1",), tmp_path, "sick")
    (daemon,) = listen(place, "rdp", [DoorPlan(1, "silent"), DoorPlan(3389, "rdp", {"nla": True})])
    config, log = map(Path, daemon.argv[-2:])
    assert log == log_of(place, "rdp") == tmp_path / "rdp" / "visits.jsonl"
    assert json.loads(config.read_text()) == [
        {"port": 1, "manner": "silent", "options": {}},
        {"port": 3389, "manner": "rdp", "options": {"nla": True}},
    ]
    assert daemon.ready == ("tcp", 3389)
    assert (Path(daemon.environment["PYTHONPATH"]) / "omamori" / "lab" / "listener.py").is_file()


def test_no_door_no_program(tmp_path: Path) -> None:
    assert listen(Place("ct", "ns", (), tmp_path, "sick"), "rdp", []) == ()
