"""The kernel's settings: those a finding names, to the standard."""

from __future__ import annotations

from tests.respond.harden.linux_small import found, proposed, setting

from omamori.respond.harden.changes import FileText, KernelValue
from omamori.respond.harden.measures.linux_kernel import KIND


def test_only_what_is_wrong_is_set() -> None:
    rows = [
        found("kernel.network_trust"),
        found("kernel.memory_protection", "kernel.randomize_va_space"),
        setting("kernel_settings", "net.ipv4.conf.all.accept_redirects", "1"),
        setting("kernel_settings", "net.ipv6.conf.all.accept_redirects", "0"),
    ]
    (one,), _ = proposed(KIND, rows)
    assert one.changes == (KernelValue("net.ipv4.conf.all.accept_redirects", "0", "1"), KernelValue("kernel.randomize_va_space", "2"))
    assert len(one.promises) == 2


def test_forged_senders_are_left_to_a_person_where_an_interface_is_strict_already() -> None:
    rows = [found("kernel.forged_senders"), setting("kernel_settings", "net.ipv4.conf.all.rp_filter", "0")]
    (one,), left = proposed(KIND, rows)
    assert one.changes == (KernelValue("net.ipv4.conf.all.rp_filter", "2", "0"),) and not left
    measures, (told,) = proposed(KIND, [*rows, setting("kernel_settings", "net.ipv4.conf.eth1.rp_filter", "1")])
    assert measures == [] and "loosen" in told.why.en


def test_rare_protocols_are_no_longer_loaded() -> None:
    (one,), _ = proposed(KIND, [found("kernel.rare_modules"), setting("kernel_settings", "module.sctp", "loaded")])
    assert isinstance(one.changes[0], FileText) and one.changes[0].text == "install sctp /bin/false\n"
