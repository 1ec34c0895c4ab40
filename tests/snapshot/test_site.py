from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from omamori.snapshot.site import Settings, Site, SiteError


def test_a_new_site_has_its_folders_and_settings(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    assert not site.exists
    site.create(name='お守り"病院\\', language="ja")
    assert site.exists
    assert site.settings == Settings('お守り"病院\\', "ja", 90)
    (site.path / "omamori.toml").write_text("max_age_days = 30\n", encoding="utf-8")
    assert site.create(name="other").settings.max_age_days == 30
    assert Site(tmp_path / "nothing").settings == Settings()


@pytest.mark.parametrize(
    "text", ["name =", "max_age_days = 'x'", "max_age_days = 0", "max_age_days = true", 'language = "fr"', "name = 3", "\x00"]
)
def test_settings_nobody_understands_are_one_clear_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "omamori.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SiteError, match=r"omamori\.toml") as error:
        _ = Site(tmp_path).settings
    assert "omamori.toml" in error.value.text.ja


def test_one_run_at_a_time_and_a_dead_run_is_no_obstacle(tmp_path: Path) -> None:
    site = Site(tmp_path)
    code = f"""
import sys
from pathlib import Path
from omamori.snapshot.site import Site
with Site(Path({str(tmp_path)!r})).lock():
    print("locked", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"locked"
        with pytest.raises(SiteError, match="in use"), site.lock(wait_seconds=0.2):
            pass
        other.kill()
    with site.lock(wait_seconds=5):
        assert (tmp_path / ".lock").exists()
    with site.lock(wait_seconds=0):
        pass
