"""The text of a rule made narrower: Windows' own way of writing, never more than before."""

from __future__ import annotations

import pytest

from omamori.analyze.addresses import networks_of
from omamori.respond.harden.rule_text import MOST, narrowed, new_rule, opens, read_rule, sources, switched_off

LOCAL = networks_of("10.1.1.0/24")
HEAD = "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|"


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        (f"{HEAD}App=System|Name=SMB|", "10.1.2.5 10.1.3.0/24", f"{HEAD}RA4=10.1.2.5|RA4=10.1.3.0/255.255.255.0|App=System|Name=SMB|"),
        (f"{HEAD}RA4=10.1.0.0/255.255.0.0|Name=x|", "10.1.2.5 203.0.113.7", f"{HEAD}RA4=10.1.2.5|Name=x|"),
        (f"{HEAD}RA4=LocalSubnet|RA6=LocalSubnet|", "10.1.1.7-10.1.1.9 10.1.2.5", f"{HEAD}RA4=10.1.1.7-10.1.1.9|"),
        (f"{HEAD}RA4=10.1.2.5|", "10.1.0.0/16", f"{HEAD}RA4=10.1.2.5|"),
        (f"{HEAD}RA4=10.1.2.5|", "10.1.2.6", HEAD.replace("TRUE", "FALSE") + "RA4=10.1.2.5|"),
        (f"{HEAD}Name=x|", "fe80::/10", f"{HEAD}RA6=fe80::/10|Name=x|"),
        (f"{HEAD}Name=x|", "0.0.0.0/0", f"{HEAD}RA4=0.0.0.0-255.255.255.255|Name=x|"),
        (f"{HEAD}RA42=IntErnet|", "10.1.2.5", None),
        (f"{HEAD}RA4=DefaultGateway|", "10.1.2.5", None),
        ("no rule", "10.1.2.5", None),
    ],
)
def test_a_rule_lets_in_only_those_wanted_of_whom_it_let_in_before(before: str, wanted: str, after: str | None) -> None:
    assert narrowed(before, networks_of(wanted), LOCAL) == after


def test_what_localsubnet_means_must_be_known_and_a_list_too_long_for_windows_is_not_written() -> None:
    assert narrowed(f"{HEAD}RA4=LocalSubnet|", networks_of("10.1.1.7"), ()) is None
    many = networks_of(" ".join(f"10.1.{number // 100}.{number % 100 * 2}" for number in range(MOST + 1)))
    assert narrowed(f"{HEAD}Name=x|", many, LOCAL) is None


def test_a_rule_that_is_off_blocks_or_goes_out_opens_nothing() -> None:
    def said(text: str) -> bool:
        rule = read_rule(text)
        return rule is not None and opens(rule)

    assert (
        said(HEAD) and not said(switched_off(HEAD)) and not said(HEAD.replace("Allow", "Block")) and not said(HEAD.replace("In|", "Out|"))
    )


def test_a_new_rule_reads_back_as_it_was_meant() -> None:
    rule = read_rule(new_rule("Omamori TCP", 6, "49152-65535", ("domain", "public"), networks_of("10.1.0.0/16")))
    assert rule is not None and opens(rule) and rule.parts["profile"] == ("Domain", "Public") and rule.one("lport2_10") == "49152-65535"
    assert sources(rule, LOCAL) == networks_of("10.1.0.0/16")
