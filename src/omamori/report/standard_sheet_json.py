"""The decisions of a standard's items as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from omamori.model.standard import ItemAnswer, Proof
from omamori.model.text import Text
from omamori.report.moments import iso
from omamori.report.standard_sheet_shape import AnswerSheet, SheetItem, sheet_items
from omamori.report.standard_sheet_words import number_of


def sheet_json(sheet: AnswerSheet) -> str:
    """Return a sheet as JSON: the edition, when, whose, and every item in order with its decision, proofs and answers."""
    edition = sheet.edition
    content = {
        "standard": edition.name,
        "title": _both(edition.title),
        "role": edition.role,
        "vendor": sheet.vendor,
        "output": edition.output,
        "valid_from": edition.valid_from.isoformat() if edition.valid_from else None,
        "valid_until": edition.valid_until.isoformat() if edition.valid_until else None,
        "moment": iso(sheet.moment),
        "said": _both(sheet.said) if sheet.said else None,
        "items": [_item(one) for one in sheet_items(sheet)],
        "added": _answers(sheet.added),
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _item(one: SheetItem) -> dict[str, Any]:
    decision = one.decision
    return {
        "item": one.item.id,
        "number": number_of(one.part, one.item),
        "part": _both(one.part.title),
        "text": _both(one.item.text),
        "confidence": one.item.confidence,
        "decision": decision.decision if decision else None,
        "draft": decision.draft if decision else "",
        "seen": iso(decision.seen) if decision and decision.seen else None,
        "missing": [_both(text) for text in decision.missing] if decision else [],
        "problems": [_both(text) for text in decision.problems] if decision else [],
        "evidence_number": one.evidence_number,
        "proofs": [_proof(proof) for proof in one.proofs],
        "answers": _answers(decision.answers if decision else ()),
    }


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "kind": proof.kind,
        "name": proof.name,
        "says": proof.says,
        "text": _both(proof.text),
        "subjects": list(proof.subjects),
        "of": proof.of,
        "evidence": proof.evidence,
        "seen": iso(proof.seen) if proof.seen else None,
    }


def _answers(answers: Iterable[ItemAnswer]) -> list[dict[str, Any]]:
    return [
        {
            "item": answer.item,
            "round": answer.round,
            "answer": answer.answer,
            "answered_on": answer.answered_on.isoformat() if answer.answered_on else None,
            "target_date": answer.target_date.isoformat() if answer.target_date else None,
            "answered_by": answer.answered_by,
            "remark": answer.remark,
            "evidence": answer.evidence,
        }
        for answer in answers
    ]


def _both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}
