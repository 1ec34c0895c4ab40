"""Writes the collection kit: a folder to carry to machines that install nothing."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from omamori.collect.linux.script import collection_script
from omamori.collect.windows.guide import guide_page
from omamori.collect.windows.kit.scripts import NAMES, batch, owner_page, seal_script, shell_script
from omamori.gate.error import GateError
from omamori.model.text import LANGUAGES

_README = Path(__file__).parent / "README.kit.txt"
_NOTICES = {"ja": ("■ 職員の皆さまへのお知らせ", "\n\n\n"), "en": ("Notice for staff", "\0")}


def write_kit(directory: Path, *, version: str, built: date, site_key: str | None = None) -> list[Path]:
    """Write the scripts, pages and notices with their `SHA256SUMS` into a folder (made when missing); returns the files.

    In: `site_key` the XML of the public key that results are sealed for (None: results lie in clear). The same
    version, day and key give the same bytes. GateError when the folder cannot be written to.
    """
    readme = _README.read_text(encoding="utf-8").replace("@VERSION@", version)
    contents = {
        "collect-linux.sh": collection_script(version, built.isoformat()),
        "collect.ps1": shell_script(),
        "seal.ps1": seal_script(),
        # With a byte-order mark: the notepad of old Windows shows the Japanese right.
        "README.txt": _text(readme),
    }
    for language in LANGUAGES:
        contents[NAMES[language]] = batch(language, version=version, built=built.isoformat())
        # For machines on which no script may run: what to type by hand.
        contents[f"Windows-by-hand.{language}.html"] = guide_page(language).encode()
        contents[f"For-the-owner.{language}.html"] = owner_page(language)
        contents[f"Notice-for-staff.{language}.txt"] = _text(_notice(readme, language))
    if site_key is not None:
        contents["site-key.xml"] = site_key.encode()
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(contents.items()))
    contents["SHA256SUMS"] = sums.encode()
    written = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, data in sorted(contents.items()):
            path = directory / name
            path.write_bytes(data)
            written.append(path)
        (directory / "collect-linux.sh").chmod(0o755)
    except OSError as error:
        raise GateError(
            f"{directory} に収集キットを書けません({error.strerror})。書き込めるフォルダを指定してください。",
            f"The kit cannot be written to {directory} ({error.strerror}). Name a folder that can be written to.",
        ) from error
    return written


def _text(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _notice(readme: str, language: str) -> str:
    """Return the notice for staff, which stands in the README too."""
    begin, end = _NOTICES[language]
    return readme[readme.index(begin) :].split(end)[0].strip() + "\n"
