from __future__ import annotations

import stat
from pathlib import Path

from omamori.parse.sealed import key_id, read_sealed, seal, unseal
from omamori.snapshot.keys import KitKeys


def test_a_site_makes_its_key_once_and_opens_what_was_sealed_for_it(tmp_path: Path) -> None:
    keys = KitKeys(tmp_path)
    public = keys.public()
    assert key_id(KitKeys(tmp_path).public()) == key_id(public)
    (file,) = (tmp_path / "keys").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    private = keys.private(key_id(public))
    assert private is not None and unseal(read_sealed(seal(b"x", public)), private) == b"x"


def test_a_key_that_is_not_there_or_harmed_is_none(tmp_path: Path) -> None:
    keys = KitKeys(tmp_path)
    assert keys.private("0" * 16) is None
    first = key_id(keys.public())
    (tmp_path / "keys" / f"kit-{first}.pem").write_bytes(b"harmed")
    assert keys.private(first) is None
    assert key_id(keys.public()) != first
