from __future__ import annotations

import os
from pathlib import Path

from omamori.backup.proof.wipe import wipe


def test_everything_goes_and_nothing_outside(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    second_name = tmp_path / "second-name"
    second_name.write_text("kept too")
    room = tmp_path / "room"
    (room / "a" / "b").mkdir(parents=True)
    (room / "a" / "to-outside").symlink_to(outside)
    (room / "a" / "to-file").symlink_to(outside / "kept")
    (room / "a" / "to-nothing").symlink_to("/no/such/place")
    os.link(second_name, room / "a" / "hard")
    os.mkfifo(room / "pipe")
    (room / "a" / "b" / "read-only").write_text("x")
    (room / "a" / "b" / "read-only").chmod(0o400)
    (room / "a" / "b").chmod(0o500)
    (room / "a" / "new\nline \udce9").write_text("x")
    (room / "closed").mkdir(mode=0o000)
    with (room / "sparse").open("wb") as stream:
        stream.truncate(1 << 40)
    assert wipe(room)
    assert not room.exists()
    assert (outside / "kept").read_text() == "kept"
    assert second_name.read_text() == "kept too"


def test_a_link_in_its_place_is_removed_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    (tmp_path / "room").symlink_to(outside)
    assert wipe(tmp_path / "room")
    assert (outside / "kept").read_text() == "kept"
    assert wipe(tmp_path / "room")  # nothing there is wiped already


def test_depth_is_no_obstacle(tmp_path: Path) -> None:
    room = tmp_path / "room"
    place = room
    room.mkdir()
    while len(str(place)) < 3900:
        place = place / "d"
        place.mkdir()
    (place / "leaf").write_text("x")
    assert len(place.parts) > 1500
    assert wipe(room)
    assert not room.exists()
