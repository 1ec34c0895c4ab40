"""The records of a scan file: runs, hosts, ports, scripts."""

from __future__ import annotations

from omamori.parse.nmap.reader import number, read
from omamori.parse.nmap.records import Host


def _hosts(inside: str) -> tuple[Host, ...]:
    runs, broken = read(f"<nmaprun scanner='nmap'>{inside}</nmaprun>".encode())
    assert broken == ()
    return runs[0].hosts


def test_scripts_keep_their_values_by_path() -> None:
    (host,) = _hosts(
        "<host><ports><port protocol='tcp' portid='443'><state state='open'/><script id='ssl-cert' output='x'><table key='subject'>"
        "<elem key='commonName'>a</elem><elem>b</elem></table><elem key='sig'>s</elem></script></port></ports></host>"
    )
    assert dict(host.ports[0].scripts[0].values) == {"subject.commonName": "a", "subject": "b", "sig": "s"}


def test_scripts_not_wanted_are_passed_over_with_all_inside() -> None:
    (host,) = _hosts("<host><script id='x' output='y'><port portid='1'/><state state='open'/></script><ports/></host>")
    assert host.scripts == host.ports == ()
    assert host.ports_told


def test_the_best_match_of_the_system_counts() -> None:
    (host,) = _hosts(
        "<host><os><osmatch name='a' accuracy='90'/><osmatch name='b' accuracy='96'/><osmatch name='c' accuracy='96'/></os></host>"
    )
    assert (host.system, host.accuracy) == ("b", 96)


def test_absurd_ports_and_ports_without_state_are_left_out() -> None:
    ports = "".join(f"<port protocol='tcp' portid='{one}'><state state='open'/></port>" for one in ("70000", "-1", "x", "", "9" * 40, "22"))
    (host,) = _hosts(f"<host><ports>{ports}<port protocol='tcp' portid='23'/></ports></host>")
    assert [port.number for port in host.ports] == [22]


def test_the_port_a_file_broke_off_in_still_tells_its_state() -> None:
    runs, broken = read(b"<nmaprun><host><ports><port protocol='tcp' portid='22'><state state='open' reason='syn-ack'/><serv")
    assert [port.number for port in runs[0].hosts[0].ports] == [22]
    assert not runs[0].hosts[0].whole
    assert broken[0].cut_off


def test_a_run_is_finished_only_when_it_says_so() -> None:
    ended = "<runstats><finished time='9' {}/><hosts up='1' down='0' total='1'/></runstats>"
    for exit_word, finished in (("exit='success'", True), ("", True), ("exit='error' errormsg='x'", False)):
        runs, _ = read(f"<nmaprun>{ended.format(exit_word)}</nmaprun>".encode())
        assert runs[0].finished == finished
        assert (runs[0].ended, runs[0].total) == (9, 1)
    assert not read(b"<nmaprun></nmaprun>")[0][0].finished


def test_numbers_are_plain_and_bounded() -> None:
    assert [number(text) for text in ("0", "12", None, "", "-1", "1e3", "٣", "9" * 13)] == [0, 12, None, None, None, None, None, None]
