"""Whether a cut leaves the login by which it is undone: what is not known counts as cut off."""

from __future__ import annotations

from omamori.respond.isolate.own_way import Login, login_of, stays
from omamori.respond.isolate.parts import Crossing, NeverBlocked

OPS = Login("10.94.9.2", "10.94.9.1", 22, "ops0")
NET = ((173_934_848, 173_935_103),)  # 10.94.9.0/24
OTHER = ((173_932_544, 173_932_799),)  # 10.94.0.0/24


def kept(port: int | None = 22, protocol: str | None = "tcp") -> NeverBlocked:
    return NeverBlocked("way back", NET, NET, protocol, port, "")


def test_a_cut_elsewhere_leaves_it() -> None:
    assert stays((Crossing(OTHER, None), Crossing(None, None, "wan0")), (), OPS)


def test_a_cut_across_it_needs_a_word_on_the_never_block_list() -> None:
    for cut in (Crossing(NET, None), Crossing(None, NET), Crossing(None, None), Crossing(None, None, "ops0"), Crossing(NET, NET, "ops0")):
        assert not stays((cut,), (), OPS), cut
        assert stays((cut,), (kept(),), OPS), cut
        assert stays((cut,), (kept(None, None),), OPS), cut
        assert not stays((cut,), (kept(23), kept(protocol="udp")), OPS), cut


def test_what_is_not_known_counts_as_cut() -> None:
    assert not stays((Crossing(None, None, "wan0"),), (kept(),), Login("10.94.9.2"))
    assert not stays((Crossing(None, None, "ops0"),), (kept(),), Login("2001:db8::2", "2001:db8::1", 22, "ops0"))
    assert stays((Crossing(OTHER, NET),), (), Login("2001:db8::2", "2001:db8::1", 22, "ops0")), "addresses of IPv4 do not concern IPv6"
    assert not stays((Crossing(None, None, "ops0"),), (kept(),), Login("?", "", 22, "ops0"))


def test_the_device_tells_where_the_login_comes_from() -> None:
    assert login_of("10.94.9.2 5555 10.94.9.1 22", "ops0", "") == OPS
    assert login_of("::ffff:10.94.9.2 5555 ::ffff:10.94.9.1 22", "ops0", "").port == 22
    assert stays((Crossing(OTHER, None),), (), login_of("::ffff:10.94.9.2 5555 ::ffff:10.94.9.1 22", "ops0", ""))
    assert login_of("", "", "10.94.9.2") == Login("10.94.9.2")
