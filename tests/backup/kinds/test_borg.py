"""How a borg repository is recognised. The rest is done by borg itself in tests/system/test_backup_borg.py."""

from __future__ import annotations

from pathlib import Path

from omamori.backup.kinds import borg
from omamori.backup.registry import kind_of


def test_a_folder_with_settings_and_segments_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "config").write_text("[core]\nbare = true\n")
    assert not borg.KIND.recognise(tmp_path)
    (tmp_path / "config").write_text("[repository]\nversion = 1\nid = 12\n")
    assert borg.KIND.recognise(tmp_path)
    assert kind_of(str(tmp_path)).name == "borg"
    assert kind_of("ssh://backup@nas/srv/repo").name == "borg"
