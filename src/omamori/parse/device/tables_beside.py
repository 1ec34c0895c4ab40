"""Tables of a device (MAC addresses, ARP, DHCP) that stand in one file with its configuration: neither is lost."""

from __future__ import annotations

from omamori.model.look import Parsed, Problem
from omamori.parse.interface import Context
from omamori.parse.network import console as tables
from omamori.parse.network.lines import console
from omamori.parse.network.session import read_session

TABLES = tables.TABLES
"""What such outputs fill."""


def tables_beside(data: bytes, context: Context) -> Parsed:
    """Return what the outputs of tables in a configuration's file say; nothing where there are none.

    In: the file as it is stored. Tables of several devices in one file with a configuration are told as a problem: whose
    they are cannot be told together with whose the configuration is.
    """
    session = read_session(console(data), context.seen)
    if not any(piece.part.rows for piece in session.pieces):
        return Parsed()
    found = tables.parse(data, context)
    if found.claims:
        return Parsed(
            problems=(
                Problem(
                    session.pieces[0].lines[0].number,
                    "tables of one device beside its configuration; this file has those of several: import them in a file of their own",
                    "1台の設定とその装置の表(複数の装置の表があります。表だけを別のファイルにして取り込んでください)",
                ),
            )
        )
    unnamed = {problem for problem in found.problems if problem.line == 1 and "name, which stands nowhere" in problem.expected}
    return Parsed(
        rows=found.rows,
        looks=found.looks,
        identifiers=found.identifiers,
        problems=tuple(one for one in found.problems if one not in unnamed),
    )
