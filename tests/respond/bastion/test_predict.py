"""What is reached besides the openings: addresses left over, ports that are wider, what may be told of the device itself."""

from __future__ import annotations

from tests.respond.bastion.small import EHR, JUMP, LINE, devices

from omamori.analyze.reach.follow import Reached
from omamori.analyze.reach.network import network_of
from omamori.analyze.reach.ranges import address_number
from omamori.model.ways_in import Entry
from omamori.respond.bastion.parts import Leak, Opening, Side, Target
from omamori.respond.bastion.predict import bound_start, covered, inward, leaks, reached_by, rules_used, senders, to_door


def reached(first: int, last: int, ports: tuple[tuple[int, int], ...] | None, **more: object) -> Reached:
    services = ((6, ports),)
    return Reached("open", ((0, 9),), ((first, last),), services, ((first, last),), services, **more)  # type: ignore[arg-type]


def side(*passing: Opening, admitted: tuple[Opening, ...] = ()) -> Side:
    return Side("vpn", "tunnel1", Entry(entry=LINE), (), line=True, door=False, passing=passing, admitted=admitted)


def test_only_what_no_opening_names_is_left() -> None:
    one = side(Opening("0.0.0.5-0.0.0.8", "tcp", "22-30"))
    (leak,) = leaks(one, [reached(1, 10, ((22, 23),))])
    assert leak.addresses == ((1, 4), (9, 10)) and leak.services == "tcp/22-23"
    assert leaks(one, [reached(5, 8, ((22, 30),))]) == ()
    assert [leak.addresses for leak in leaks(one, [reached(5, 8, ((22, 31),))])] == [((5, 8),)]
    assert [leak.services for leak in leaks(one, [reached(5, 8, None)])] == ["tcp"], "any port is wider than some"


def test_the_device_itself_has_openings_of_its_own() -> None:
    one = side(Opening("0.0.0.5", "tcp", "22"), admitted=(Opening(None, "tcp", "443"),))
    assert leaks(one, [reached(5, 5, ((443, 443),), device="vpn")]) == ()
    assert leaks(one, [reached(5, 5, ((443, 443),))]) and leaks(one, [reached(5, 5, ((22, 22),), device="vpn")])


def test_another_protocol_is_another_thing() -> None:
    assert leaks(side(Opening("0.0.0.5", "udp", "22")), [reached(5, 5, ((22, 22),))])


def test_the_way_to_the_door_is_asked_from_where_the_vendor_sends() -> None:
    one = side(Opening(JUMP, "tcp", "22", "10.77.0.0/24,10.9.0.1/32"))
    assert senders(one) == ["10.9.0.1", "10.77.0.2"]
    answer = to_door(network_of(devices()), one, Target("DMZ", "jump", JUMP))
    assert answer.reach == "none", "the firewall lets in only its own network by the LAN"


def test_rules_that_let_through_are_named_by_device() -> None:
    network = network_of(devices())
    found = reached_by(network, [Side("fw", "wan", Entry(entry="out"), (), line=False, door=True)])["fw", "wan"]
    assert "inet f forward: r3" in rules_used(found)["fw"]
    assert covered(found, address_number(EHR) or 0, "tcp", 3389) and not covered(found, address_number(EHR) or 0, "tcp", 5432)


def test_what_comes_out_of_a_proven_tunnel_has_its_senders_addresses_and_other_lines_may_have_any() -> None:
    def start(method: str, sources: str | None) -> str | None:
        entry = Entry(entry=LINE, method=method, sources=sources)
        return bound_start(Side("vpn", "tunnel1", entry, (entry,), line=True, door=False)).sources

    assert start("wireguard", "10.77.0.0/24") == "10.77.0.0/24"
    assert start("gre", "10.77.0.0/24") is None and start("wireguard", None) is None


def test_a_way_in_is_inside_or_a_device_and_of_tcp_only_with_answers() -> None:
    def leak(first: int, services: str, reach: str, device: str | None = None) -> Leak:
        return Leak(((first, first),), services, reach, (), (), "", None, device)

    inside = ((1, 9),)
    found = [leak(5, "tcp/22", "open"), leak(5, "tcp/22", "one-way"), leak(5, "udp/53", "one-way"), leak(20, "tcp/22", "open")]
    assert inward(found, inside) == (found[0], found[2])
    assert inward([leak(20, "tcp/22", "unknown", "vpn")], inside), "a device is a way in wherever its address lies"
