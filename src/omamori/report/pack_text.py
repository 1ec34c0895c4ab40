"""The evidence of an item as plain text, and the list of the outputs its lines are from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import tzinfo

from omamori.model.text import Language, Text
from omamori.report.checklist import ANSWER_WORDS, DECISION_WORDS
from omamori.report.clean import clean
from omamori.report.moments import shown
from omamori.report.pack_shape import Output, PackItem, PackLine, PackProof
from omamori.report.pack_words import WORDS
from omamori.report.standard_sheet_words import SAYS, counted, number_of

_LONGEST = 2_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def evidence_text(one: PackItem, language: Language, zone: tzinfo) -> bytes:
    """Return the evidence of an item as UTF-8 text; every proof, whatever it says."""
    lines = [
        f"{WORDS['evidence_number'].say(language)} {one.item.evidence_number}   {number_of(one.item.part, one.item.item)}",
        one.item.item.text.say(language),
        "",
        *_decided(one, language),
    ]
    for proof in one.proofs:
        lines += ["", "-" * 72, *_proof(proof, language, zone)]
    return ("\n".join(lines) + "\n").encode()


def _decided(one: PackItem, language: Language) -> Iterator[str]:
    decision = one.item.decision
    if decision is None:
        return
    yield f"{WORDS['says'].say(language)}: {DECISION_WORDS[decision.decision].say(language)}"
    for answer in decision.answers:
        words = ANSWER_WORDS[answer.answer].say(language) if answer.answer else WORDS["nobody"].say(language)
        parts = [words, str(answer.answered_on or ""), answer.answered_by or "", answer.vendor]
        yield f"{WORDS['answer'].say(language)}: {clean(' '.join(part for part in parts if part), 400)}"
        if answer.remark:
            yield f"{WORDS['explanation'].say(language)}: {clean(answer.remark, 1000)}"
    for name, texts in (("problems", decision.problems), ("missing", decision.missing)):
        for text in texts:
            yield f"{WORDS[name].say(language)}: {clean(text.say(language), 1000)}"


def _proof(one: PackProof, language: Language, zone: tzinfo) -> Iterator[str]:
    proof = one.proof
    says = SAYS.get(proof.says, SAYS["unknown"]).say(language)
    count = counted(proof, language)
    yield f"[{one.number}] {says}{f' ({count})' if count else ''}  {clean(proof.text.say(language), 1000)}"
    yield f"  {proof.kind} {clean(proof.name, 200)}  {shown(proof.seen, zone)}".rstrip()
    for line in one.lines:
        yield from _line(line, language, zone)


def _line(line: PackLine, language: Language, zone: tzinfo) -> Iterator[str]:
    message = clean(line.message.say(language), 1000)
    if message:
        yield f"  * {message}"
    found = line.evidence
    if found is None:
        yield f"      {WORDS['nothing_shows'].say(language)}"
        return
    place = Text(f"{found.line}{WORDS['line'].ja}", f"{WORDS['line'].en} {found.line}").say(language) if found.line else ""
    parts = [clean(part, 200) for part in (found.origin, found.kind, found.command, place) if part]
    yield f"      {' > '.join(parts)}  {WORDS['seen'].say(language)} {shown(found.seen, zone)}".rstrip()
    if found.text:
        yield f"      | {clean(found.text, _LONGEST)}"
    if line.output:
        yield f"      {WORDS['whole_sha'].say(language)}: {line.output}"


def outputs_csv(outputs: Iterable[Output], language: Language, zone: tzinfo) -> bytes:
    """Return the list of outputs as CSV that Excel opens (UTF-8 with a mark); no cell can become a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    heads = ("whole_sha", "size", "machine", "kind", "seen", "lines", "evidence_number")
    writer.writerow([WORDS[name].say(language) for name in heads])
    for one in outputs:
        row = (one.sha256, one.size, clean(one.origin, 200), one.kind, shown(one.seen, zone), one.lines, " ".join(one.numbers))
        writer.writerow([_cell(value) for value in row])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
