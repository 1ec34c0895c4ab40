"""Blocks by indentation, and what is left over."""

from __future__ import annotations

from omamori.parse.device.blocks import ANY, Blocks, begins, patterns
from omamori.parse.device.draft import Draft
from omamori.parse.windows.lines import Line

TEXT = """\
hostname gw
!
zone public
 network wan
  host self
   ip address 10.0.0.1
 network lan
  ip subnet 10.1.0.0/16
interface a
 no shutdown
shutdown
"""


def blocks(text: str = TEXT) -> Blocks:
    return Blocks([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])


def test_what_stands_in_what() -> None:
    found = [(command.words, command.section, len(command.inside)) for command in blocks().all]
    assert found[3] == (("host", "self"), ("network", "wan"), 2)
    assert found[6] == (("ip", "subnet", "10.1.0.0/16"), ("network", "lan"), 2)
    assert found[-1] == (("shutdown",), (), 0)


def test_taking() -> None:
    one = blocks()
    assert [rest for _, rest in one.take("ip", ANY, inside=("network", ANY))] == [("10.1.0.0/16",)]
    assert [rest for _, rest in one.take("ip", ANY, inside=())] == []
    assert [rest for _, rest in one.take("shutdown", inside=())] == [()]
    assert one.last("network", least=1) is not None and one.last("hostname", least=2) is None


def test_the_rest() -> None:
    one = blocks()
    taken = [command for command, _ in one.take("hostname", least=1)]
    one.leave(taken[0])
    draft = Draft()
    one.rest(draft, lambda command: command.words[0] != "hostname", lambda _: "device_facts")
    assert [(line.line, line.concerns, line.section) for line in draft.missed] == [(1, "device_facts", None)]


def test_patterns() -> None:
    assert patterns("ip * mtu, hostname\nno ip") == (("ip", ANY, "mtu"), ("hostname",), ("no", "ip"))
    assert begins(("ip", "lan1", "mtu", "1500"), ("ip", ANY, "mtu")) and not begins(("ip",), ("ip", ANY))
