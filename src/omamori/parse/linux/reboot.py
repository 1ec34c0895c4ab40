"""Linux: whether installed updates wait for a restart, judged from what lies on the disk."""

from __future__ import annotations

import re
from collections.abc import Mapping

from omamori.parse.linux.output import files, first_line
from omamori.parse.sections import Section

_NUMBERS = re.compile(r"\d{1,9}")


def reboot(sections: Mapping[str, Section]) -> tuple[bool | None, str | None]:
    """Return whether a restart is needed and what waits for it; None when nothing on the machine can tell."""
    said = first_line(sections.get("running"))
    running = said[1] if said else ""
    flag = first_line(sections.get("reboot-flag"))
    if flag and flag[1].startswith("/"):
        packages = [text.strip() for file in files(sections.get("reboot-packages")) for _, text in file.lines if text.strip()]
        return True, " ".join(dict.fromkeys(packages))[:200] or flag[1]
    newer = _newer_kernel(sections, running)
    if newer is not None:
        return (True, newer) if newer else _same_build(sections)
    return None, None


def _newer_kernel(sections: Mapping[str, Section], running: str) -> str | None:
    """The newest installed kernel of the running flavour when it is newer; empty when none is; None when it cannot be told."""
    names = sections["kernels"].lines if "kernels" in sections else ()
    images = [name.partition("-")[2] for name in names if name.startswith(("vmlinuz-", "vmlinux-", "kernel-"))]
    same = [name for name in images if _flavour(name) == _flavour(running)]
    if not running or running not in same:
        return None
    newest = max(same, key=_order)
    return newest if _order(newest) > _order(running) else ""


def _flavour(release: str) -> str:
    return re.sub(r"[0-9.]+", "", release.partition(".el")[0])


def _order(release: str) -> tuple[int, ...]:
    return tuple(int(found) for found in _NUMBERS.findall(release))


def _same_build(sections: Mapping[str, Section]) -> tuple[bool | None, str | None]:
    """Debian updates a kernel under its old name: then only the version of the package tells."""
    build = first_line(sections.get("running-build"))
    package = first_line(sections.get("kernel-package"))
    found = re.search(r"Debian (\d\S*)", build[1]) if build else None
    if found and package and package[1].startswith("ii"):
        version = package[1].split("\t")[-1].strip()
        if version != found[1]:
            return True, f"{found[1]} → {version}"
    return False, None
