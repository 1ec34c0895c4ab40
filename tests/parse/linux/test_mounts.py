from __future__ import annotations

from datetime import datetime

from omamori.model.host import Mount
from omamori.parse.interface import Context
from omamori.parse.linux.mounts import parse
from omamori.parse.sections import write_sections


def _mounts(table: str, *others: tuple[str, bytes, int]) -> dict[str, Mount]:
    now = datetime(2026, 1, 15)
    data = write_sections([("mounts", f"==> /proc/mounts\n{table}\n".encode(), 0), *others])
    return {row.path: row for row in parse(data, Context("linux.mounts", now, now)).rows}


def test_the_server_of_a_network_file_system() -> None:
    found = _mounts(
        "nas:/a /a nfs rw 0 0\n//10.1.0.9/b$ /b cifs rw 0 0\n[fd00::1]:/c /c nfs4 rw 0 0\nu@h:/d /d fuse.sshfs rw 0 0\n/dev/sda1 /e ext4 rw 0 0"
    )
    assert {path: row.server for path, row in found.items()} == {"/a": "nas", "/b": "10.1.0.9", "/c": "fd00::1", "/d": "h", "/e": None}


def test_blanks_in_names_and_what_is_mounted_over() -> None:
    found = _mounts("/dev/sda1 /media/my\\040disk vfat rw 0 0\n/dev/sda2 /x ext4 rw 0 0\n/dev/sda3 /x xfs ro 0 0\nproc /proc proc rw 0 0")
    assert set(found) == {"/media/my disk", "/x"}
    assert found["/x"].filesystem == "xfs"


def test_encryption_below_several_layers() -> None:
    lsblk = (
        b'KNAME="sda1" PKNAME="sda" TYPE="part" FSTYPE="crypto_LUKS" MOUNTPOINT=""\n'
        b'KNAME="dm-0" PKNAME="sda1" TYPE="crypt" FSTYPE="LVM2_member" MOUNTPOINT=""\n'
        b'KNAME="dm-1" PKNAME="dm-0" TYPE="lvm" FSTYPE="ext4" MOUNTPOINT="/"\n'
        b'KNAME="sdb1" PKNAME="sdb" TYPE="part" FSTYPE="ext4" MOUNTPOINT="/data"\n'
    )
    found = _mounts("/dev/mapper/r / ext4 rw 0 0\n/dev/sdb1 /data ext4 rw 0 0\nnas:/a /a nfs rw 0 0", ("lsblk", lsblk, 0))
    assert (found["/"].encrypted, found["/data"].encrypted, found["/a"].encrypted) == (True, False, None)


def test_without_lsblk_the_column_is_named_as_missing() -> None:
    now = datetime(2026, 1, 15)
    data = write_sections([("mounts", b"==> /proc/mounts\n/dev/sda1 / ext4 rw 0 0\n", 0), ("lsblk", b"", 127)])
    (look,) = parse(data, Context("linux.mounts", now, now)).looks
    assert set(look.missing) == {"size_bytes", "used_percent", "encrypted"}
