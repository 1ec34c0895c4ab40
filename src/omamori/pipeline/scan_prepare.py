"""What comes before anything is sent: the form, the approval that was filled in, what it would send, what is known without sending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from omamori.gate.approval import Permission, permit
from omamori.gate.nmap import find_nmap, no_nmap, ports_to_probe, probe_arguments
from omamori.model.gentle import GENTLE_PORTS
from omamori.model.permission import Mistake, SiteFacts
from omamori.model.text import Language, Text
from omamori.parse.interface import EvidenceError
from omamori.parse.lined_yaml import LARGEST
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers
from omamori.parse.scan.approval import KIND as APPROVAL
from omamori.parse.scan.approval import read_approval
from omamori.pipeline.clock import local_zone, utc_now
from omamori.pipeline.error import UserError
from omamori.pipeline.newest import read_newest
from omamori.scan.draft import Filling, draft, known_for_draft
from omamori.scan.facts import site_facts
from omamori.scan.journal import Done, Journal
from omamori.scan.passive import Known, known_so_far
from omamori.scan.plan import Plan, plan
from omamori.snapshot.evidence import EvidenceStore
from omamori.snapshot.manifest import snapshots
from omamori.snapshot.site import Site


class ApprovalRefused(UserError):
    """The approval does not stand: every reason is in `mistakes`."""

    def __init__(self, name: str, mistakes: tuple[Mistake, ...]) -> None:
        """`name` is the file's."""
        self.mistakes = mistakes
        super().__init__(
            f"{name}: 直すところが {len(mistakes)} か所あります。何も送っていません",
            f"{name}: {len(mistakes)} thing{'s' * (len(mistakes) != 1)} to put right; nothing was sent",
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """An approval that stands, and what it would send."""

    data: bytes
    permission: Permission
    facts: SiteFacts
    told: tuple[Text, ...]
    plan: Plan
    done: Done
    name: str

    @property
    def where_else(self) -> tuple[Text, ...]:
        """What a person can type on a machine that has nmap, where this one has none."""
        if self.permission.file.profile != "servers" or find_nmap() is not None:
            return ()
        commands = [
            " ".join(["nmap", *probe_arguments(self.permission, address, ports_to_probe(GENTLE_PORTS), administrator=False)])
            for address in self.permission.servers[:20]
        ]
        lines = [no_nmap().text, Text("打ち込む行:", "what to type there:")]
        return (*lines, *(Text(f"  {one} > {number}.xml", f"  {one} > {number}.xml") for number, one in enumerate(commands, 1)))


def prepare_scan(site: Path, approval: Path, *, again: bool = False) -> Prepared:
    """Read an approval and say what it would send; nothing is sent. Raises ApprovalRefused with every mistake, UserError, OSError."""
    with approval.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    try:
        data = redact_for(parsers()[APPROVAL], data).data
    except EvidenceError as error:
        raise UserError(f"{approval.name}: {error.text.ja}", f"{approval.name}: {error.text.en}") from error
    file, mistakes = read_approval(data)
    if file is None or mistakes:
        raise ApprovalRefused(approval.name, mistakes)
    if file.profile != "passive" and _ledger_waits(site):
        raise UserError(
            "最後の判定より後に台帳が取り込まれています。台帳の医療機器を外せるよう、先に omamori check を実行してください。何も送っていません",
            "a ledger came in after the last judgement: run omamori check first, so that its medical devices are left alone; nothing was sent",
        )
    facts = _facts(site)
    permission, mistakes, told = permit(file, facts)
    if permission is None:
        raise ApprovalRefused(approval.name, mistakes)
    done = Done() if again else Journal(site, file.digest).done()
    left = sum(1 for _ in done.left(permission.addresses()))
    return Prepared(data, permission, facts, told, plan(permission, facts, left), done, approval.name)


def write_draft(site: Path, path: Path, language: Language) -> Path:
    """Write an approval to fill in; a file that is there is not overwritten (UserError)."""
    known = read_newest(site, known_for_draft)[1] if judged(site) else Filling()
    try:
        with path.open("x", encoding="utf-8-sig", newline="\r\n") as stream:
            stream.write(draft(known, language, utc_now(), local_zone()))
    except FileExistsError:
        raise UserError(f"{path} はすでにあります。別の名前にしてください", f"{path} is there already: choose another name") from None
    return path


def known_passively(site: Path, permission: Permission) -> Known:
    """Return what is known without a packet, within the ranges of the approval. Raises UserError where nothing was judged yet."""
    within = permission.allows if permission.count else None
    return read_newest(site, lambda database: known_so_far(database, within))[1]


def _facts(site: Path) -> SiteFacts:
    if not judged(site):
        return SiteFacts()
    return read_newest(site, lambda database: site_facts(database, "newest"))[1]


def _ledger_waits(site: Path) -> bool:
    """Return whether a ledger came in that no judgement has taken in yet: the medical devices in it are not known."""
    judged = [snapshot.manifest.moment for snapshot in snapshots(Site(site)) if snapshot.tables.exists()]
    ledgers = {kind for kind, parser in parsers().items() if "ledger_assets" in parser.tables}
    came = [receipt.received for receipt in EvidenceStore(site).receipts() if any(item.kind in ledgers for item in receipt.items)]
    return bool(came) and (not judged or max(came) > max(judged))


def judged(site: Path) -> bool:
    """Return whether the site was judged: only then is it known what its ledger says."""
    return any(snapshot.tables.exists() for snapshot in snapshots(Site(site)))


def reasons(mistakes: tuple[Mistake, ...], language: Language) -> Iterator[str]:
    """Yield every mistake of an approval, with its line."""
    for one in mistakes:
        place = Text(f"{one.line}行目: ", f"line {one.line}: ") if one.line else Text("", "")
        yield place.say(language) + one.text.say(language)
