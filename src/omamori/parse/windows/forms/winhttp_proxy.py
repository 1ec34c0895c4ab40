"""`netsh winhttp show proxy`: the proxy that services and Windows Update go out by."""

from __future__ import annotations

import re

from omamori.model.look import Look, Parsed, Problem
from omamori.model.network import OutboundSetting
from omamori.parse.interface import Context
from omamori.parse.windows.form import Form, Piece
from omamori.parse.windows.values import address, scope

_HEADING = re.compile(r"\s{0,4}(?:Current WinHTTP proxy settings|現在の WinHTTP プロキシ設定)\s?:\s*$")
_SETTING = re.compile(r"\s+(\S[^:]{0,40}?)\s*:\s+(\S.{0,2000}?)\s*$")
_SERVER = re.compile(r"Proxy Server|プロキシ ?サーバー")
_DIRECT = re.compile(r"\s+(?:Direct access|直接アクセス)")
_HOST = re.compile(
    r"(?:[a-z]{2,8}=)?(?:[a-z]{2,8}://)?(?:[^@\s]{0,200}@)?(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::\d{1,5})?/?$", re.IGNORECASE
)


def read(piece: Piece, context: Context) -> Parsed:
    """Return the proxies named. Name, time and update servers stand elsewhere, so this is never all of them."""
    rows: dict[str, OutboundSetting] = {}
    problems: list[Problem] = []
    answered = False
    for line in piece.lines:
        text = line.text[:2200]
        found = _SETTING.match(text)
        if found and _SERVER.match(found[1]):
            answered = True
            for word in re.split(r"[;\s]+", found[2]):
                row = _row(word, line.number) if word else None
                if row is not None:
                    rows.setdefault(row.value, row)
                elif word:
                    problems.append(Problem(line.number, "a proxy as name:port", "プロキシ(名前:ポート)"))
        answered = answered or bool(_DIRECT.match(text))
    if not answered:
        last = piece.lines[-1].number if piece.lines else 0
        problems.append(Problem(last, "a proxy server, or that access is direct", "プロキシ サーバー、または直接アクセスの行"))
    look = Look("outbound_settings", complete=False, reason="not_understood" if problems else "not_collected")
    return Parsed(rows=tuple(rows.values()), looks=(look,), problems=tuple(problems[:50]))


def _row(word: str, line: int) -> OutboundSetting | None:
    found = _HOST.match(word)
    if found is None:
        return None
    host = found[1].strip("[]").lower()
    plain = address(host)
    public = scope(plain) == "public" if plain else None
    return OutboundSetting(kind="proxy", value=plain or host, address_public=public, origin="winhttp", evidence=str(line))


FORMS = (
    Form(
        name="winhttp_proxy",
        command="netsh winhttp show proxy",
        tables=("outbound_settings",),
        read=read,
        heading=_HEADING,
        source="Microsoft Learn, Windows Commands: netsh winhttp",
    ),
)
