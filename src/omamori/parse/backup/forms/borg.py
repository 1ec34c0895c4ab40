"""What BorgBackup prints: `list --json`, `info --json`, `create --json`, `check -v`, and the `config` file of a repository."""

from __future__ import annotations

import re
from typing import Any

from omamori.model.backup import BackupDamage, BackupGeneration, BackupRepository
from omamori.model.look import Look
from omamori.parse.backup.form import (
    GENERATION_COLUMNS,
    GENERATIONS,
    NAMED,
    REPOSITORIES,
    REPOSITORY_COLUMNS,
    Form,
    Gathering,
    Heard,
    Listing,
    check_looks,
    looks_of,
    part,
    read_json,
)
from omamori.parse.backup.values import kept_on, moment, one_line, target_kind, whole, without_secrets

PRODUCT = "borg"
_MANUAL = "BorgBackup documentation 1.2: All about JSON, borg check, Append-only mode"
_STARTED = re.compile(r"^(?:Starting repository check|Starting archive consistency check\.\.\.)$", re.MULTILINE)
_WRONG = re.compile(
    r"^(?:Data integrity error:|Index object count mismatch|.{0,60}problems found\.$|.*, errors found\.$|.*\d integrity errors\.$|rc=[1-9])"
)
_FINE = re.compile(r"no problems found\.$|with 0 integrity errors\.$")
_SEGMENT = re.compile(r"\[segment (\d{1,9})[,\]]")
_CONFIG = re.compile(r"\s*\[repository\]\s*\n(?:.*\n){0,20}?segments_per_dir *= *\d", re.MULTILINE)
_KEY = re.compile(r"^key *=.*(?:\n[ \t].*)*", re.MULTILINE)
_MOST = 2000


def _json(listing: Listing) -> Heard:
    """Archives with their moments; hosts only where `info` or a format tells them, else the machine the file is named after."""
    start = listing.text.find("{")
    content = read_json(listing.text[start:]) if start >= 0 else None
    gathering = Gathering()
    if not isinstance(content, dict) or not isinstance(content.get("repository"), dict):
        gathering.wrong(1, "the whole output, from { to }: it is cut off", "{ から } までの出力(途中で切れています)")
        look = Look(GENERATIONS, complete=False, reason="not_understood", asset=NAMED)
        return Heard(PRODUCT, looks=(look,), problems=tuple(gathering.problems))
    repository = content["repository"]
    target = without_secrets(one_line(repository.get("location")))
    listed = content.get("archives")
    one = content.get("archive")
    archives = listed if isinstance(listed, list) else [one] if isinstance(one, dict) else []
    rows = []
    for archive in archives:
        row = _archive(archive, target, listing)
        if row is None:
            gathering.wrong(1, "an archive with name and start", "name と start のあるアーカイブ")
        else:
            rows.append(row)
    hosts = list(dict.fromkeys(row.asset for row in rows)) or [NAMED]
    stores = [_store(host, content, target) for host in hosts]
    looks = looks_of(GENERATIONS, rows, GENERATION_COLUMNS, complete=isinstance(listed, list) and not gathering.problems)
    if not rows:
        looks = (Look(GENERATIONS, complete=False, reason="not_collected", asset=NAMED),)
    looks += looks_of(REPOSITORIES, stores, REPOSITORY_COLUMNS, complete=True)
    identity = one_line(repository.get("id"))[:64]
    return Heard(PRODUCT, (*rows, *stores), looks, tuple(gathering.problems), identity)


def _archive(archive: Any, target: str, listing: Listing) -> BackupGeneration | None:
    name = one_line(part(archive, "name")) or one_line(part(archive, "archive"))
    finished = moment(one_line(part(archive, "end")) or one_line(part(archive, "time")) or one_line(part(archive, "start")))
    if not name or finished is None:
        return None
    place = listing.text.find(name)
    stats = part(archive, "stats")
    return BackupGeneration(
        asset=one_line(part(archive, "hostname"))[:64] or NAMED,
        generation=name,
        finished=finished,
        ok=".checkpoint" not in name,  # left by a run that was broken off
        target=target or None,
        target_kind=target_kind(target),
        account=one_line(part(archive, "username")) or None,
        files=whole(part(stats, "nfiles")),
        size=whole(part(stats, "original_size")),
        added=whole(part(stats, "deduplicated_size")),
        evidence=str(listing.text.count("\n", 0, max(place, 0)) + 1),
    )


def _store(host: str, content: Any, target: str) -> BackupRepository:
    mode = one_line(part(content, "encryption", "mode"))
    return BackupRepository(
        asset=host, target=target or None, target_kind=target_kind(target), kept_on=kept_on(target), readable=True,
        encrypted=mode not in ("none", "authenticated", "authenticated-blake2") if mode else None,
        bytes_total=whole(part(content, "cache", "stats", "unique_csize")), evidence="1",
    )  # fmt: skip


def _check(listing: Listing) -> Heard:
    """Both halves have to say that they found nothing; a partial one, or one half alone, is no check of the whole.

    A check that finds nothing prints nothing without `-v`: such an empty file proves nothing and is not known here.
    """
    gathering = Gathering()
    lines = listing.lines
    wrong = [(number, line) for number, line in enumerate(lines, 1) if _WRONG.match(line) and not _FINE.search(line)]
    segments_fine = "Finished full repository check, no problems found." in lines
    archives_fine = "Archive consistency check complete, no problems found." in lines
    partial = any(line.startswith("Finished partial repository check") for line in lines)
    ok = False if wrong else True if segments_fine and archives_fine else None
    said = None
    if wrong:
        said = f"{len(wrong)} lines of borg check tell errors"
    elif ok is None:
        said = (
            "only a part of the segments was checked" if partial else "only the segments were checked, not the archives" if segments_fine
            else "only the archives were checked, not the segments" if archives_fine else "borg check was not completed"
        )  # fmt: skip
        if not (partial or segments_fine or archives_fine):
            gathering.wrong(len(lines), "the line that says what was found: the output is cut off", "結果の行(途中で切れています)")
    segments = {found[1]: number for number, line in wrong if (found := _SEGMENT.search(line))}
    damages = [
        BackupDamage(asset=NAMED, part=f"segment {name}", detail="altered", evidence=str(number))
        for name, number in list(segments.items())[:_MOST]
    ]
    if wrong and not segments:
        damages = [BackupDamage(asset=NAMED, part="?", detail="altered", evidence=str(wrong[0][0]))]
    row = BackupRepository(
        asset=NAMED, readable=True, structure_ok=ok, said=said, damaged_parts=len(segments) if segments else 0 if ok else None,
        evidence=str(wrong[0][0] if wrong else len(lines)),
    )  # fmt: skip
    looks = check_looks(row, ("readable", "structure_ok", "damaged_parts"), whole=ok is True)
    return Heard(PRODUCT, (row, *damages), looks, tuple(gathering.problems))


def _config(listing: Listing) -> Heard:
    """The repository's own settings. `append_only = 0` shows nothing: the server may still allow nothing but appending."""
    said: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(listing.lines, 1):
        name, equals, value = line.partition("=")
        if equals and not line[:1].isspace():
            said.setdefault(name.strip().lower(), (number, value.strip()))
    number, value = said.get("append_only", (1, ""))
    identity = said.get("id", (1, ""))[1]
    only = True if value == "1" else None
    row = BackupRepository(
        asset=NAMED, version=one_line(said.get("version", (1, ""))[1])[:20] or None, append_only=only,
        append_only_because="append_only = 1 in the repository's config file" if only else None, evidence=str(number),
    )  # fmt: skip
    looks = looks_of(REPOSITORIES, [row], REPOSITORY_COLUMNS, complete=True)
    return Heard(PRODUCT, (row,), looks, repository=identity if re.fullmatch(r"[0-9a-f]{64}", identity) else "")


def _without_key(text: str) -> str:
    """Take out the key, keeping the number of lines: it opens the repository for whoever has the passphrase."""
    return _KEY.sub(lambda found: "key = [secret: key, set]" + "\n" * found[0].count("\n"), text)


FORMS = (
    Form(
        "borg",
        "borg list --json / borg info --json / borg create --json",
        lambda text: text.lstrip().startswith("{")
        and '"repository":' in text
        and '"location":' in text
        and '"encryption":' in text
        and ('"archives":' in text or '"archive":' in text or '"unique_csize":' in text),
        _json,
        captured=True,
        source=_MANUAL,
    ),
    Form("borg_check", "borg check -v", lambda text: _STARTED.search(text) is not None, _check, captured=True, about="check", source=_MANUAL),
    Form(
        "borg_config", "config (a repository of borg)", lambda text: _CONFIG.match(text) is not None, _config, clean=_without_key, captured=True,
        about="settings", source=_MANUAL,
    ),
)  # fmt: skip
