"""What was done of the block, kept as evidence step by step. A site that cannot be written to stops no block and no undo: it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from omamori import __version__
from omamori.model.block import BlockAction
from omamori.model.text import Text
from omamori.parse.interface import EvidenceError
from omamori.parse.isolate.action import KIND, action_json, read_action
from omamori.parse.isolate.approval import KIND as APPROVAL
from omamori.parse.redact import redact
from omamori.pipeline.backup_place import stored_of_kind
from omamori.pipeline.clock import utc_now
from omamori.pipeline.isolate_approval import Approved
from omamori.pipeline.observer import Observer
from omamori.snapshot.evidence import EvidenceStore, Item, Visit
from omamori.snapshot.site import Site, SiteError


@dataclass(frozen=True, slots=True)
class Recorded:
    """A step that was kept, with what stands beside it: the token of the order, the text's hash, the login."""

    action: BlockAction
    beside: Mapping[str, str]


class Record:
    """The log of a site."""

    def __init__(self, site: Path, observer: Observer) -> None:
        """Nothing is written yet."""
        self._site, self._observer = site, observer

    def add(self, action: BlockAction, **beside: str) -> None:
        """Keep a step."""
        data = redact(action_json(action, beside)).data
        self._keep(Item(kind=KIND, data=data, seen=action.ended or action.began))

    def approval(self, approved: Approved) -> None:
        """Keep the approval it is done by; the same one is kept once."""
        self._keep(Item(kind=APPROVAL, data=approved.data, seen=utc_now()))

    def _keep(self, item: Item) -> None:
        try:
            store = Site(self._site).create().evidence
            store.add(Visit(how="file", host="", started=item.seen, version=__version__), [item], utc_now())
        except (OSError, SiteError) as error:
            self._observer.told(
                Text(
                    f"記録をサイトのフォルダに残せませんでした({error})。時刻と内容を紙に書いてください。機器の中にも記録があります",
                    f"the step could not be kept in the site's folder ({error}): write down the time and what was done; the device keeps a log, too",
                )
            )


def recorded(site: Path) -> Iterator[Recorded]:
    """Yield every step that was kept, newest first; what cannot be read is passed over."""
    for data in stored_of_kind(EvidenceStore(site), KIND, made_here=True):
        try:
            action = read_action(data)
        except EvidenceError:
            continue
        if action is not None:
            beside = json.loads(data).get("beside")
            yield Recorded(action, {str(name): str(value) for name, value in beside.items()} if isinstance(beside, dict) else {})
