"""Objects and groups are written out; what is missing, empty or too long is told."""

from __future__ import annotations

from omamori.parse.device.cisco.blocks import statements
from omamori.parse.device.cisco.groups import MOST, Groups, Service, built_in, group_of, icmp, masked, service
from omamori.parse.windows.lines import Line


def groups(text: str, kind: str = "network", of: str = "") -> Groups:
    found = Groups(masked)
    for statement in statements([Line(number, line) for number, line in enumerate(text.split("\n"), 1)], banners=False):
        found.add(group_of(statement, kind, statement.words[0], of))
    return found


def test_addresses() -> None:
    found = groups(
        "A\n host 10.0.0.1\n 10.1.0.0 255.255.0.0\n range 10.2.0.1 10.2.0.6\n 10.3.0.0/16\n any\nB\n host 10.0.0.1\nC\nD\n host nonsense\nE\n group-object D"
    )
    assert found.addresses("A").text is None  # any among them is any
    assert found.addresses("B").text == "10.0.0.1"
    assert found.addresses("C").unread == "C is empty"
    assert found.addresses("D").unread == "host nonsense"
    assert found.addresses("E").unread == "host nonsense"
    assert found.addresses("F").unread == "F is not defined"


def test_a_group_that_grows_without_end_is_not_read() -> None:
    text = "\n".join(f"G{place}\n group-object G{place + 1}\n group-object G{place + 1}" for place in range(60)) + "\nG60\n host 10.0.0.1"
    assert groups(text).addresses("G0").text == "10.0.0.1"
    many = (
        "A\n"
        + "\n".join(f" host 10.{place >> 16}.{place >> 8 & 255}.{place & 255}" for place in range(MOST + 10))
        + "\nB\n group-object A\n group-object C\nC\n host 10.0.0.1"
    )
    assert groups(many).addresses("B").unread == "C is too long"


def test_services() -> None:
    assert service(("tcp", "eq", "www")) == Service("tcp", None, "80")
    assert service(("tcp", "source", "eq", "22", "destination", "range", "1", "5")) == Service("tcp", "22", "1-5")
    assert service(("service-object", "udp", "source", "eq", "3", "eq", "1236")) == Service("udp", "3", "1236")
    assert service(("port-object", "eq", "domain"), "udp") == Service("udp", None, "53")
    assert service(("service-object", "ip")) == Service()
    assert service(("icmp-object", "echo")) == Service("icmp", None, "8")
    assert service(("tcp", "eq", "nonsense")) is None
    assert icmp(("3", "1")) == Service("icmp", None, "3", "code 1")
    assert built_in("icmp-echo-reply") == Service("icmp", None, "0")
    assert built_in("nonsense") is None
    assert groups("P\n eq 22\n range 80 90", "service", "tcp").port_list("P", "tcp") == ("22,80-90", None)
    assert groups("P\n tcp source eq 22", "service").port_list("P", "tcp")[1] is not None
    assert groups("P", "service").services("P") == (Service(unread="P is empty"),)


def test_groups_inside_of_groups_without_end_are_unread_and_break_nothing() -> None:
    nested = "\n".join(f"G{number}\n group-object G{number - 1}" for number in range(1, 3000))
    assert groups(f"G0\n host 10.0.0.1\n{nested}").addresses("G2999").unread
    assert any(one.unread for one in groups(f"G0\n tcp eq 22\n{nested}", kind="service").services("G2999"))
