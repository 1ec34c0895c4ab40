"""The steps that bring evidence into a site: files, this machine, machines over SSH and WinRM; and the kit for the others."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from omamori import __version__
from omamori.collect.devices import DeviceSystem, collect_devices
from omamori.collect.here import collect_here
from omamori.collect.kit import write_kit
from omamori.collect.ssh import Failure, collect_over_ssh
from omamori.collect.windows.consent import Consent, Machines
from omamori.collect.windows.here import collect_windows
from omamori.collect.winrm import Brought, WinRmOptions, collect_over_winrm
from omamori.gate.ssh import SshOptions
from omamori.model.text import Text
from omamori.pipeline.clock import local_zone, utc_now
from omamori.pipeline.files import Incoming
from omamori.pipeline.intake import import_files, import_kit_result, prepare, stored
from omamori.pipeline.observer import Observer
from omamori.pipeline.outcome import Outcome
from omamori.pipeline.typed_intake import import_outputs
from omamori.pipeline.visits import visit_pages
from omamori.snapshot.evidence import EvidenceStore
from omamori.snapshot.keys import KitKeys
from omamori.snapshot.site import Site


def take_in(site: Path, files: Sequence[Path], observer: Observer, *, received: datetime | None = None) -> list[Outcome]:
    """Take files into the site (made when it is not there); `received` defaults to now. Returns one outcome per file."""
    place = Site(site).create()
    observer.step(Text("取り込んでいます", "Taking in"))
    return import_files(place.evidence, files, observer, received=received or utc_now())


def look_here(site: Path, observer: Observer) -> Outcome:
    """Look at this machine and store what was seen."""
    place = Site(site).create()
    observer.step(Text("この機器を調べています", "Looking at this machine"))
    if sys.platform == "win32":
        return import_outputs(place.evidence, list(collect_windows(observer.progress)), platform.node(), received=utc_now())
    data = collect_here(observer)
    return import_kit_result(place.evidence, "this machine", data, how="local", received=utc_now())


def collect_hosts(site: Path, targets: Sequence[str], observer: Observer, options: SshOptions) -> list[Outcome]:
    """Look at the named hosts over SSH; a host that fails costs only itself."""
    place = Site(site).create()
    observer.step(Text("SSHで調べています", "Looking over SSH"))
    outcomes = []
    for number, (target, result) in enumerate(collect_over_ssh(targets, options), 1):
        if isinstance(result, Failure):
            outcomes.append(Outcome(target, "refused", result.text))
        else:
            outcomes.append(import_kit_result(place.evidence, target, result, how="ssh", received=utc_now()))
        observer.progress(number, len(targets))
    return outcomes


def collect_network_devices(
    site: Path, targets: Sequence[str], system: DeviceSystem, observer: Observer, options: SshOptions, secret: str | None
) -> list[Outcome]:
    """Ask the named network devices for their configuration; what they show is taken in as a file is. One that fails costs only itself."""
    place = Site(site).create()
    observer.step(Text("ネットワーク機器に尋ねています", "Asking network devices"))
    outcomes = []
    answers = collect_devices(targets, system, options, None if secret is None else lambda: secret)
    for number, (target, result) in enumerate(answers, 1):
        if isinstance(result, Failure):
            outcomes.append(Outcome(target, "refused", result.text))
        else:
            received = utc_now()
            outcomes.append(stored(place.evidence, prepare(Incoming(target, result), received), received))
        observer.progress(number, len(targets))
    return outcomes


def collect_windows_hosts(
    site: Path, consents: Mapping[str, Consent], machines: Machines | None, observer: Observer, options: WinRmOptions
) -> list[Outcome]:
    """Look at Windows machines over WinRM, each with what was answered for it (see `collect_over_winrm`); a host that fails costs only itself."""
    options.check()
    place = Site(site).create()
    observer.step(Text("WinRMで調べています", "Looking over WinRM"))
    return [
        _taken(place.evidence, target, brought) for target, brought in collect_over_winrm(consents, machines, options, observer.progress)
    ]


def _taken(store: EvidenceStore, target: str, brought: Brought) -> Outcome:
    """Take in what came of one host, and put to it what has to be told."""
    told = brought.told or Text("", "")
    if brought.result is None:
        return Outcome(target, "refused", told)
    outcome = import_kit_result(store, target, brought.result, how="winrm", received=utc_now())
    if brought.told is None:
        return outcome
    return replace(outcome, text=Text(f"{outcome.text.ja}。{told.ja}", f"{outcome.text.en}. {told.en}"))


def make_kit(directory: Path, *, seal_for: Path | None = None, site: Path | None = None) -> list[Path]:
    """Write the collection kit; returns the files.

    `seal_for`: the site whose key (made when it has none) encrypts the Windows results. `site`: the one whose newest snapshot names the
    machines to visit first; without a snapshot there is no such page.
    """
    key = KitKeys(Site(seal_for).create().path).public() if seal_for else None
    more = visit_pages(site, local_zone()) if site else {}
    return write_kit(directory, version=__version__, built=date.today(), key=key, more=more)
