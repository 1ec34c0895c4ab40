"""`net start`: display names of the running services. No rows: the name is what services are known by everywhere, and it is not told.

A row that took the display name for the name would stand beside the one of `sc query` as if it were another service.
"""

from __future__ import annotations

import re

from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece

_HEADING = re.compile(
    r"\s{0,4}(?:These Windows services are started:|(?:以下の|次の) ?Windows ?サービスが(?:開始|実行)されています\s?[:：。]?)\s*$"
)


def read(piece: Piece, context: Context) -> Parsed:
    """Return no service, and tell which command says more."""
    first = piece.lines[0].number if piece.lines else 0
    expected = Problem(
        first,
        "names of all services: `net start` prints display names of running ones only; bring `sc query state= all`",
        "全サービスの名前(`net start` は実行中のサービスの表示名だけです。`sc query state= all` の出力を入れてください)",
    )
    return Parsed(looks=(Look("services", complete=False, reason="not_collected"),), problems=(expected,))


FORMS = (
    Form(
        name="net_start",
        command="net start",
        tables=("services",),
        read=read,
        heading=_HEADING,
        source="Microsoft Learn, Windows Commands: net start",
    ),
)
