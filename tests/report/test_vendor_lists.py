from __future__ import annotations

from datetime import date

from omamori.model.declared import VendorAnswer


def test_what_was_answered_stands_with_its_vendor(hospital) -> None:  # type: ignore[no-untyped-def]
    before = {vendor.name: vendor for vendor in hospital.report().vendors}
    asked = before["みどり画像"]
    assert (asked.replied, asked.answered_on, asked.said) == (False, None, ())
    fails = [number for number in asked.findings if hospital.report().findings[number].verdict == "fail"]
    assert asked.open == len(fails) > 1
    first = hospital.report().findings[fails[0]]
    said = {"vendor": "みどり画像", "question": "finding", "asset": first.subject, "answered_by": "佐藤", "answered_on": date(2026, 5, 1)}
    hospital.database.insert(
        [
            VendorAnswer(**said, check_id=first.check, answer="vendor", until=date(2026, 5, 31)),
            VendorAnswer(**said, check_id="a.b", answer="refused", reason="認証", until=date(2026, 6, 1), compensating="分離"),
            VendorAnswer(
                **{**said, "asset": "別"}, check_id="a.b", answer="refused", reason="認証", until=date(2026, 6, 1), compensating="分離"
            ),
            VendorAnswer(**{**said, "answered_on": None}, check_id="a.c", answer="refused", reason="認証"),
            VendorAnswer(**said, check_id="a.d", answer="checking"),
            VendorAnswer(**{**said, "question": "mds"}, answer="yes"),
        ]
    )
    after = next(vendor for vendor in hospital.report().vendors if vendor.name == "みどり画像")
    same = sum(
        (f.check, f.subject, f.verdict) == (first.check, first.subject, "fail")
        for f in (hospital.report().findings[number] for number in after.findings)
    )
    assert (after.replied, after.answered_on, after.open) == (True, date(2026, 5, 1), asked.open - same)
    assert [(one.answer, one.check, one.subjects, one.ended, one.lacking) for one in after.said] == [
        ("refused", "a.b", tuple(sorted((first.subject, "別"))), False, False),
        ("refused", "a.c", (first.subject,), False, True),
        ("vendor", first.check, (first.subject,), True, False),
        ("checking", "a.d", (first.subject,), False, False),
    ]
