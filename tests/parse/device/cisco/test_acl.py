"""Lines of access lists: every word is a condition that is read, or one that is told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omamori.parse.device.cisco.acl import extended, standard
from omamori.parse.device.cisco.groups import Groups, masked
from omamori.parse.device.cisco.values import wildcard

WORDS = (
    "permit",
    "deny",
    "tcp",
    "udp",
    "icmp",
    "ip",
    "any",
    "host",
    "10.0.0.1",
    "0.0.0.255",
    "eq",
    "range",
    "80",
    "log",
    "established",
    "object-group",
    "X",
    "10",
    "time-range",
    "evaluate",
    "(3",
    "matches)",
)


def test_what_show_adds() -> None:
    ace = extended(("10", "permit", "tcp", "any", "any", "eq", "443", "(12", "matches)"), 5, Groups(wildcard))
    assert ace is not None
    assert (ace.sequence, ace.hits, ace.unread, ace.number) == (10, 12, (), 5)
    asa = extended(
        ("permit", "tcp", "any4", "host", "10.0.0.9", "eq", "https", "log", "informational", "interval", "300", "(hitcnt=7)", "0x1122aabb"),
        1,
        Groups(masked),
        asa=True,
    )
    assert asa is not None
    assert (asa.hits, asa.logs, asa.unread, asa.services[0].destination_ports) == (7, True, (), "443")
    off = extended(("permit", "ip", "any", "any", "inactive", "(hitcnt=0)", "(inactive)", "0x1"), 1, Groups(masked), asa=True)
    assert off is not None
    assert not off.enabled


def test_standard() -> None:
    ace = standard(("30", "permit", "10.0.10.0,", "wildcard", "bits", "0.255.0.255", "(20", "matches)"), 1, Groups(wildcard))
    assert ace is not None
    assert (ace.sources.unread, ace.hits) == ("10.0.10.0 0.255.0.255", 20)
    plain = standard(("permit", "10.0.0.9"), 1, Groups(wildcard))
    assert plain is not None
    assert plain.sources.text == "10.0.0.9"
    assert standard(("remark", "x"), 1, Groups(wildcard)) is None


def test_only_addresses_of_the_sixth_version() -> None:
    ace = extended(("permit", "ip", "any6", "any6"), 1, Groups(masked), asa=True)
    assert ace is not None
    assert ace.sources.unread == "any6"


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.booleans())
def test_any_order_of_words(words: list[str], asa: bool) -> None:
    groups = Groups(masked if asa else wildcard)
    for reader in (standard, extended):
        ace = reader(tuple(words), 1, groups, asa=asa)
        assert (
            ace is None
            or ace.evaluate
            or ace.permit == ("permit" in words[:2] and words[:2].index("permit") <= 1 and "deny" not in words[:1])
        )
