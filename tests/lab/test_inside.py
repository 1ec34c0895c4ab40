"""Entering a host, and reading from the kernel who listens."""

from __future__ import annotations

import os
import socket

from omamori.gate.daemon import Running
from omamori.lab.inside import enter, listening, on_the_network_of


def test_the_command_stays_a_list_of_its_own_words() -> None:
    argv = enter(Running(7, 1), ["sh", "-c", "echo $HOME; ls"])
    assert argv[0] == "nsenter"
    assert "--target=7" in argv
    assert argv[argv.index("--") + 1 :] == ["sh", "-c", "echo $HOME; ls"]
    assert on_the_network_of("lab-x-pc", ["ip", "a"]) == ["nsenter", "--net=/run/netns/lab-x-pc", "--", "ip", "a"]


def test_a_user_is_taken_with_the_groups_of_that_user() -> None:
    argv = enter(Running(7, 1), ["id"], user="root")
    assert argv[-6:] == ["setpriv", "--reuid=root", "--regid=root", "--init-groups", "--", "id"]


def test_who_listens_is_seen_and_who_only_is_bound_is_not() -> None:
    with socket.socket() as waiting, socket.socket() as bound, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        for one in (waiting, bound, datagrams):
            one.bind(("127.0.0.1", 0))
        waiting.listen()
        found = listening(Running(os.getpid(), 0))
        assert ("tcp", waiting.getsockname()[1]) in found
        assert ("udp", datagrams.getsockname()[1]) in found
        assert ("tcp", bound.getsockname()[1]) not in found


def test_a_host_that_is_gone_listens_nowhere() -> None:
    assert listening(Running(2**22 + 1, 0)) == set()
