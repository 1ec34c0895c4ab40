"""Evidence kind `network.leases`: the file in which a DHCP server keeps its leases."""

from __future__ import annotations

from omamori.model.look import Look, Parsed, Problem
from omamori.model.text import Text
from omamori.parse.interface import Context, EvidenceError, Parser, Redacted
from omamori.parse.network.device_name import device_of, unnamed
from omamori.parse.network.leases import dnsmasq, isc, kea, windows_audit
from omamori.parse.network.leases.part import LeaseForm
from omamori.parse.windows.decode import decode

KIND = "network.leases"
FORMS: tuple[LeaseForm, ...] = (isc.FORM, dnsmasq.FORM, kea.FORM, windows_audit.FORM)
_PROBLEMS = 50


def _form(text: str) -> LeaseForm | None:
    return next((form for form in FORMS if form.recognise(text)), None)


def parse(data: bytes, context: Context) -> Parsed:
    """Return the leases; `EvidenceError` when the file is of no server that is known."""
    text = decode(data).plain
    form = _form(text[:_HEAD])
    if form is None:
        raise EvidenceError(
            Text(
                "DHCPサーバのリースのファイルとして読めません(dhcpd.leases、dnsmasq.leases、kea-leases4.csv、DhcpSrvLog-*.log)",
                "not a DHCP server's file of leases (dhcpd.leases, dnsmasq.leases, kea-leases4.csv, DhcpSrvLog-*.log)",
            )
        )
    read = form.read(text)
    if read.unread:
        look = Look("leases", complete=False, reason="not_understood")
    elif form.whole and read.ended:
        look = Look("leases")
    else:
        look = Look("leases", complete=False, reason="not_collected")
    problems = tuple(Problem(line, f"a lease ({form.name})", f"リースの行({form.name})") for line in read.unread[:_PROBLEMS])
    name = device_of(context.file_name)
    problems += unnamed(name)
    return Parsed(rows=read.rows, looks=(look,), problems=problems, identifiers=(f"name:{name}",) if name else ())


_HEAD = 64 * 1024


def redact(data: bytes) -> Redacted:
    """Take out what a form may not keep: names of users, free text of the server's administrator."""
    decoded = decode(data)
    form = _form(decoded.plain[:_HEAD])
    if form is None or form.clean is None:
        return Redacted(data)
    return Redacted("\n".join(form.clean(line) for line in decoded.text.split("\n")).encode())


def recognise(head: bytes, file_name: str) -> bool:
    """Whether a file is one of these."""
    return b"\0" not in head[:64] and _form(decode(head).plain) is not None


PARSERS = (Parser(kind=KIND, tables=("leases",), parse=parse, redact=redact, recognise=recognise),)
