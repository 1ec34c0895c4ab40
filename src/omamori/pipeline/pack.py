"""The evidence pack for the inspector: the sheet, the lines of evidence its items point to, hashes; what leaves the building is shown first."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from omamori.model.evidence import of_columns
from omamori.model.look import Verdict
from omamori.model.standard import Proof
from omamori.model.text import Language, Text
from omamori.pipeline.checklist import SheetRequest, make_sheet
from omamori.pipeline.error import UserError
from omamori.pipeline.evidence_lines import evidence_lines
from omamori.pipeline.ledger import refuse_existing
from omamori.pipeline.observer import Observer
from omamori.report.clean import clean
from omamori.report.evidence_line import EvidenceLine
from omamori.report.masking import Masker
from omamori.report.names import read_names
from omamori.report.pack_pages import INDEX, index_page, print_page
from omamori.report.pack_shape import Output, Pack, PackItem, PackLine, PackProof
from omamori.report.pack_text import evidence_text, outputs_csv
from omamori.report.pack_zip import with_sums, zip_bytes
from omamori.report.standard_sheet import answer_sheet_bytes
from omamori.report.standard_sheet_shape import AnswerSheet, SheetItem, sheet_items
from omamori.snapshot.database import Database
from omamori.snapshot.evidence import Receipt, StoredItem
from omamori.snapshot.files import write_whole
from omamori.snapshot.manifest import Snapshot, snapshots
from omamori.snapshot.site import Site

_OURS = frozenset(
    {"standard", "item", "decision", "draft", "kind", "says", "evidence", "reference", "answer", "source", "sha256", "output"}
)
"""Fields that hold codes, references and hashes, never a name."""
_LINES_OF_A_PROOF = 500


def make_pack(request: SheetRequest, language: Language, observer: Observer, *, with_names: bool = False) -> Pack:
    """Return the pack of a standard's sheet; nothing is written. Raises UserError for what the user has to change.

    `with_names`: names of persons and accounts stay; by default each is replaced by a letter.
    """
    sheet = make_sheet(request, observer)
    site = Site(request.site)
    observer.step(Text("根拠の行を集めています", "Collecting the lines of evidence"))
    snapshot = _snapshot(site, sheet)
    chosen = set(snapshot.manifest.evidence)
    receipts = [receipt for receipt in site.evidence.receipts() if receipt.id in chosen]
    with Database(snapshot.tables, read_only=True) as database:
        names = None if with_names else read_names(database)
        verdicts = _verdicts(database, {proof.name for one in sheet.decisions for proof in one.proofs if proof.kind == "check"})
        hospital = next((clean(row.name or "", 200) for row in database.rows("site")), "")
    masker = Masker(names, language)
    wanted = [(one, proof, _told(proof, verdicts)) for one in sheet_items(sheet) for proof in one.proofs]
    references = {reference for _, _, told in wanted for *_, reference in told if reference}
    lines = evidence_lines(site.evidence, receipts, references)
    stored = _stored(receipts)
    # Letters are given in the order in which a reader meets the names.
    items = tuple(_item(one, verdicts, lines, stored, masker) for one in sheet_items(sheet))
    shown = dataclasses.replace(
        sheet,
        decisions=tuple(one.item.decision for one in items if one.item.decision is not None),
        added=masker.value(sheet.added, _OURS),
        lines={reference: masker.value(_uncut(line), _OURS) for reference, line in sheet.lines.items()},
        vendor=sheet.vendor,
    )
    outputs = tuple(masker.value(one, _OURS | {"numbers"}) for one in _outputs(items, stored))
    pack = Pack(hospital, shown, items, outputs, not with_names, masker.persons, masker.replaced)
    return dataclasses.replace(pack, files=with_sums(_files(pack, language, request)))


def write_pack(pack: Pack, path: Path, *, replace_it: bool) -> int:
    """Write the zip, readable by its owner only; returns its size. UserError where the file is there and may not be replaced."""
    refuse_existing(path, replace_it)
    data = zip_bytes(pack.files)
    write_whole(path, data)
    return len(data)


def _files(pack: Pack, language: Language, request: SheetRequest) -> Mapping[str, bytes]:
    zone = request.zone
    evidence = {
        f"evidence/{one.item.evidence_number}.txt": evidence_text(one, language, zone) for one in pack.items if one.item.evidence_number
    }
    return {
        INDEX["ja"]: index_page(pack, "ja", zone),
        INDEX["en"]: index_page(pack, "en", zone),
        "sheet.html": print_page(pack, language, zone),
        "sheet.xlsx": answer_sheet_bytes(pack.sheet, language, zone),
        "outputs.csv": outputs_csv(pack.outputs, language, zone),
        **evidence,
    }


def _snapshot(site: Site, sheet: AnswerSheet) -> Snapshot:
    found = [one for one in snapshots(site) if one.manifest.moment == sheet.moment and one.tables.is_file()]
    if not found:
        raise UserError("判定の表がありません。omamori rebuild で作り直せます", "the tables are gone: omamori rebuild makes them anew")
    return found[-1]


def _verdicts(database: Database, checks: Collection[str]) -> Mapping[str, Sequence[Verdict]]:
    found: dict[str, list[Verdict]] = defaultdict(list)
    for check in sorted(checks):
        for verdict in database.rows("verdicts", check_id=check):
            if verdict.verdict != "pass":
                found[check].append(verdict)
    return found


def _told(proof: Proof, verdicts: Mapping[str, Sequence[Verdict]]) -> list[tuple[str, Text, str]]:
    """Return what a proof rests on: subject, words, reference. Every finding of what says no; what is unknown, subject by subject."""
    wanted = {"no": ("fail", "accepted"), "unknown": ("unknown", "fail", "accepted")}.get(proof.says, ())
    subjects = set(proof.subjects)
    found = [
        (one.subject, Text(one.message_ja, one.message_en), one.evidence)
        for one in sorted(verdicts.get(proof.name, ()), key=lambda one: (one.subject, one.finding_key, one.verdict))
        if proof.kind == "check" and one.verdict in wanted and one.subject in subjects
    ]
    if found:
        return found
    return [("", Text("", ""), proof.evidence)] if proof.evidence else []


def _item(
    one: SheetItem,
    verdicts: Mapping[str, Sequence[Verdict]],
    lines: Mapping[str, EvidenceLine],
    stored: Mapping[str, StoredItem],
    masker: Masker,
) -> PackItem:
    proofs = []
    for place, proof in enumerate(one.proofs, 1):
        told = tuple(_lines(_told(proof, verdicts), lines, stored))
        number = f"{one.evidence_number}-{place}"
        proofs.append(PackProof(number, masker.value(proof, _named(proof)), masker.value(told, _OURS)))
    decision = one.decision
    if decision is not None:
        rest = masker.value(decision, _OURS | {"proofs"})
        decision = dataclasses.replace(rest, proofs=tuple(proof.proof for proof in proofs))
    return PackItem(dataclasses.replace(one, decision=decision), tuple(proofs))


def _named(proof: Proof) -> frozenset[str]:
    """A vendor's proof is named by the vendor; the others by a check, a question or a table, which is no person's name."""
    return _OURS if proof.kind == "vendor" else _OURS | {"name"}


def _lines(
    told: Sequence[tuple[str, Text, str]], lines: Mapping[str, EvidenceLine], stored: Mapping[str, StoredItem]
) -> Iterator[PackLine]:
    for subject, message, reference in told[:_LINES_OF_A_PROOF]:
        line = lines.get(reference)
        item = stored.get(of_columns(reference, ()).partition(":")[0]) if line is not None else None
        yield PackLine(subject, message, _uncut(line) if line is not None else None, item.sha256 if item is not None else "")
    left = len(told) - _LINES_OF_A_PROOF
    if left > 0:
        yield PackLine("", Text(f"ほか{left}件(全部はシートの元の報告にあります)", f"and {left} more: all are in the report"), None, "")


def _uncut(line: EvidenceLine) -> EvidenceLine:
    """Return a line without its last word where it was cut: half a name is not found as one."""
    if len(line.text) < 1_900:
        return line
    return dataclasses.replace(line, text=line.text[:1_800].rsplit(maxsplit=1)[0] + " …")


def _stored(receipts: Sequence[Receipt]) -> Mapping[str, StoredItem]:
    found: dict[str, StoredItem] = {}
    for receipt in receipts:
        for item in receipt.items:
            found.setdefault(item.sha256[:16], item)
    return found


def _outputs(items: Sequence[PackItem], stored: Mapping[str, StoredItem]) -> Iterator[Output]:
    numbers: dict[str, list[str]] = defaultdict(list)
    shown: dict[str, set[int | None]] = defaultdict(set)
    origin: dict[str, EvidenceLine] = {}
    for item in items:
        for proof in item.proofs:
            for line in proof.lines:
                if line.output and line.evidence is not None:
                    numbers[line.output].append(proof.number)
                    shown[line.output].add(line.evidence.line)
                    origin.setdefault(line.output, line.evidence)
    sizes = {item.sha256: item.size for item in stored.values()}
    for sha256 in sorted(numbers):
        first = origin[sha256]
        told = tuple(dict.fromkeys(numbers[sha256]))
        yield Output(sha256, sizes.get(sha256, 0), first.origin, first.kind, first.seen, len(shown[sha256]), told)


def preview_lines(pack: Pack, path: Path) -> list[Text]:
    """Return what would leave the building, for a person to read before it does."""
    machines = pack.machines
    kinds: dict[str, int] = defaultdict(int)
    for one in pack.outputs:
        kinds[one.kind] += one.lines
    total = sum(len(data) for data in pack.files.values())
    named = "、".join(machines[:40]) + (f" ほか{len(machines) - 40}" if len(machines) > 40 else "")
    named_en = ", ".join(machines[:40]) + (f" and {len(machines) - 40} more" if len(machines) > 40 else "")
    lines = [
        Text(f"病院の外に出るもの({path})", f"What leaves the building ({path})"),
        Text(f"  機器・外部接続など {len(machines)}: {named}", f"  machines, lines and so on {len(machines)}: {named_en}"),
        Text(
            f"  根拠の行 {pack.lines}(元の出力 {len(pack.outputs)}。出力の全体は出ません)",
            f"  lines of evidence {pack.lines} (from {len(pack.outputs)} outputs, which themselves stay here)",
        ),
    ]
    lines += [Text(f"    {kind}: {count} 行", f"    {kind}: {count} lines") for kind, count in sorted(kinds.items())]
    if pack.masked:
        lines.append(
            Text(
                f"  人の名前・アカウント名: {pack.persons} 人分を {pack.replaced} か所で「職員A」などに置き換え",
                f"  names of persons and accounts: {pack.persons} replaced by letters at {pack.replaced} places",
            )
        )
    else:
        lines.append(
            Text("  人の名前・アカウント名: そのまま含みます(--with-names)", "  names of persons and accounts: kept (--with-names)")
        )
    lines.append(Text("  機器名とIPアドレスは置き換えません", "  names of machines and IP addresses are not replaced"))
    count = len(pack.differing)
    lines.append(
        Text(f"  記入と実測が異なる項目: {count}(すべて載ります)", f"  items whose answer and evidence differ: {count} (all are in it)")
    )
    lines.append(Text(f"  ファイル {len(pack.files)}、{total:,} バイト", f"  {len(pack.files)} files, {total:,} bytes"))
    lines += [Text(f"    {name} {len(data):,}", f"    {name} {len(data):,}") for name, data in pack.files.items()]
    return [Text(clean(line.ja, 4_000), clean(line.en, 4_000)) for line in lines]
