"""`omamori isolate run`, `confirm`, `undo`, `status` and `drill` where no device is reached: the form, what would be sent, refusals, drills on foot."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.respond.isolate.ward import prepared_site

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_site(tmp_path_factory.mktemp("site"))


def filled(path: Path, *, purpose: str = "real") -> Path:
    """Fill in a form as a person would; the device is one nobody has."""
    text = path.read_text("utf-8-sig")
    for key in ("approved_by", "position", "stop_contact"):
        text = text.replace(f'{key}: ""', f"{key}: director")
    text = text.replace('ssh: ""', "ssh: root@127.0.0.1:9").replace('host_key: ""', f"host_key: SHA256:{'a' * 43}")
    path.write_text(text.replace("purpose: real", f"purpose: {purpose}"), "utf-8")
    return path


def test_from_the_form_to_what_would_be_sent(omamori: Run, site: Path, tmp_path: Path) -> None:
    form = tmp_path / "approval.yaml"
    made = omamori("isolate", "run", "1", "2", "3", "--draft", str(form), "--site", str(site))
    assert made.returncode == 0 and form.is_file(), made.stderr
    empty = omamori("isolate", "run", "1", "--approval", str(form), "--site", str(site))
    assert empty.returncode == 3 and "approved_by: is empty" in empty.stdout
    shown = omamori("isolate", "run", "2", "3", "--approval", str(filled(form)), "--site", str(site), "--json")
    assert shown.returncode == 0, shown.stderr
    before = omamori("isolate", "run", "2", "--approval", str(form), "--site", str(site))
    assert "care that 2-records-VPN stops: " in before.stdout and "nobody is named who decides" in before.stdout
    told = json.loads(shown.stdout)
    sent = [step for step in told["steps"] if step["sent_by_the_tool"]]
    assert not told["sent"] and sent and all(step["to"] == "root@127.0.0.1:9" and "table inet" in step["apply"] for step in sent)
    assert all(step["why_not"] for step in told["steps"] if not step["sent_by_the_tool"])


def test_nothing_is_sent_without_an_approval_that_stands(omamori: Run, site: Path, tmp_path: Path) -> None:
    bare = omamori("isolate", "run", "2", "--apply", "--yes", "--site", str(site))
    assert bare.returncode == 3 and "--apply needs an approval" in bare.stderr
    form = tmp_path / "approval.yaml"
    omamori("isolate", "run", "2", "3", "--draft", str(form), "--site", str(site))
    drill = omamori("isolate", "run", "2", "3", "--apply", "--yes", "--approval", str(filled(form, purpose="drill")), "--site", str(site))
    assert drill.returncode == 3 and "Traceback" not in drill.stderr


def test_a_device_that_is_not_there_is_one_line_and_nothing_is_cut(omamori: Run, site: Path, tmp_path: Path) -> None:
    form = tmp_path / "approval.yaml"
    omamori("isolate", "run", "2", "3", "--draft", str(form), "--site", str(site))
    done = omamori("isolate", "run", "2", "3", "--apply", "--yes", "--approval", str(filled(form)), "--site", str(site))
    assert done.returncode == 3 and "none of the devices can be reached; nothing was cut" in done.stderr
    back = omamori("isolate", "undo", "--approval", str(form), "--site", str(site))
    assert back.returncode == 3 and "root@127.0.0.1:9: no connection" in back.stderr


def test_a_drill_on_foot_is_kept_and_compared(omamori: Run, site: Path) -> None:
    for _ in range(2):
        done = omamori("isolate", "drill", "1", "2", "--yes", "--by", "Fukui", "--site", str(site))
        assert done.returncode == 0 and "nothing was sent" in done.stdout, done.stderr
    listed = omamori("isolate", "drill", "--list", "--json", "--site", str(site))
    first, second = json.loads(listed.stdout)
    assert (first["by"], first["dry"], [stage["stage"] for stage in first["stages"]]) == ("Fukui", True, [1, 2])
    assert first["stages"][0]["last_time"] is None and second["stages"][0]["last_time"] is not None
    shown = omamori("isolate", "drill", "--list", "--site", str(site), lang="ja")
    assert "段階 1" in shown.stdout and "前回" in shown.stdout and "研修・訓練" in shown.stdout
    nobody = omamori("isolate", "drill", "1", "--site", str(site))
    assert nobody.returncode == 3, "nobody was there to say that it could be cut"
