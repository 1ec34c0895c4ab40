from __future__ import annotations

from datetime import date

import pytest

from omamori.parse.ledger.styles import date_of_serial, date_styles

STYLES = """<styleSheet><numFmts>
<numFmt numFmtId="164" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>
<numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/><numFmt numFmtId="166" formatCode="[Red]0"/>
<numFmt numFmtId="167" formatCode="yyyy-mm-dd"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="57"/><xf/></cellXfs>
</styleSheet>""".encode()


def test_date_formats_are_told_from_numbers_with_words() -> None:
    assert date_styles(STYLES) == {1, 2, 5, 6}


@pytest.mark.parametrize(
    ("serial", "since_1904", "expected"),
    [
        (46113, False, date(2026, 4, 1)),
        (46113.75, False, date(2026, 4, 1)),
        (59, False, date(1900, 2, 28)),
        (61, False, date(1900, 3, 1)),
        (44651, True, date(2026, 4, 1)),
        (0, False, None),
        (-1, False, None),
        (2_958_466, False, None),
        (2_958_465, True, None),
    ],
)
def test_serial_numbers(serial: float, since_1904: bool, expected: date | None) -> None:
    assert date_of_serial(serial, since_1904=since_1904) == expected
