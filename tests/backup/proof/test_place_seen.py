from __future__ import annotations

import sys
from pathlib import Path

import pytest

from omamori.backup.proof.place_seen import Mount, Seen, look_at, mount_of, seen_on_linux, seen_text

MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:5 / /dev rw - devtmpfs udev rw
30 22 0:25 / /srv/with\\040space rw - tmpfs tmpfs rw
31 22 0:26 / /mnt/nas rw - cifs //nas/backup rw
32 22 253:1 / /secret rw - ext4 /dev/mapper/secret rw
33 22 8:17 / /media/usb rw - vfat /dev/sdb1 rw
34 22 0:40 / /far rw - fuse.sshfs me@host:/ rw
35 22 254:0 /inner /secret/over rw - ext4 /dev/vda rw
nonsense
"""


@pytest.mark.parametrize(
    ("folder", "point"),
    [
        ("/var/x", "/"), ("/srv/with space/x", "/srv/with space"), ("/secret", "/secret"), ("/secretly", "/"), ("/secret/over/x", "/secret/over"),
        ("/mnt/nas/a", "/mnt/nas"),
    ],
)  # fmt: skip
def test_the_longest_mount_that_holds_it(folder: str, point: str) -> None:
    found = mount_of(folder, MOUNTS)
    assert found is not None
    assert found.point == point


def devices(root: Path) -> Path:
    """A /sys as Linux has it: a fixed disk, an encrypted volume on a partition of it, a stick."""
    fixed = root / "devices" / "pci0" / "vda"
    stick = root / "devices" / "pci0" / "usb1" / "1-1" / "host0" / "sdb"
    crypt = root / "devices" / "virtual" / "block" / "dm-1"
    for folder in (fixed / "vda2", stick / "sdb1", crypt / "dm", crypt / "slaves", root / "dev" / "block"):
        folder.mkdir(parents=True)
    (fixed / "removable").write_text("0\n")
    (stick / "removable").write_text("1\n")
    (crypt / "dm" / "uuid").write_text("CRYPT-LUKS2-0123-secret")
    (crypt / "slaves" / "vda2").symlink_to(fixed / "vda2")
    for number, target in (("254:0", fixed), ("8:17", stick / "sdb1"), ("253:1", crypt)):
        (root / "dev" / "block" / number).symlink_to(target)
    return root


@pytest.mark.parametrize(
    ("folder", "removable", "network", "encrypted", "memory"),
    [
        ("/var/x", False, False, False, False),
        ("/secret/x", False, False, True, False),
        ("/media/usb/x", True, False, False, False),
        ("/mnt/nas/x", None, True, None, False),
        ("/far/x", None, True, None, False),
        ("/srv/with space/x", False, False, None, True),
    ],
)
def test_what_is_seen(
    tmp_path: Path, folder: str, removable: bool | None, network: bool | None, encrypted: bool | None, memory: bool
) -> None:
    seen = seen_on_linux(mount_of(folder, MOUNTS), devices(tmp_path))
    assert (seen.removable, seen.network, seen.encrypted, seen.memory) == (removable, network, encrypted, memory)


def test_what_is_not_shown_is_not_known(tmp_path: Path) -> None:
    seen = seen_on_linux(Mount("0:99", "/", "zfs", "tank/x"), tmp_path)
    assert (seen.removable, seen.encrypted) == (None, None)
    assert seen_on_linux(None, tmp_path).network is None


def test_this_machine_can_be_looked_at(tmp_path: Path) -> None:
    seen = look_at(tmp_path)
    assert seen.kind
    if sys.platform == "linux" and Path("/dev/shm").is_dir():
        assert look_at(Path("/dev/shm")).memory


def test_what_is_seen_of_a_disk_has_its_japanese() -> None:
    for encrypted in (True, False, None):
        words = Seen("ext4", False, False, encrypted, False).words()
        told = seen_text(f"{words}; declared only")
        assert told.en == f"{words}; declared only" and not {"seen", "encrypt", "disk", "only"} & set(told.ja.replace("、", " ").split())
