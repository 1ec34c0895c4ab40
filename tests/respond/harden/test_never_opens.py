"""A plan never opens anything: whatever the rules, nobody reaches a port after it that he did not reach before. Judged by the analyzer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.respond.harden.judge import PORTS, PROGRAMS, never_opens, rows_of

from omamori.analyze.addresses import networks_of
from omamori.model.network import FirewallProfile, Listener
from omamori.respond.harden.facts import KeptRule
from omamori.respond.harden.firewall_ground import PRODUCT, Ground, decisions
from omamori.respond.harden.flows import Allowed, FlowFact
from omamori.respond.harden.parts import Machine, Observed
from omamori.respond.harden.rule_text import switched_off

MACHINE = Machine("pc", "windows", "client", "wards", "", "", "", hands_off=False, medical=False, important=False)
NAMES = ("domain", "private", "public")
LOCAL, LEDGER = networks_of("10.1.1.0/24"), networks_of("10.1.0.0/16 fe80::/10")
FIELDS = [
    ["Action=Allow", "Action=Allow", "Action=Allow", "Action=Block", "Action=ByPass"],
    ["Active=TRUE", "Active=TRUE", "Active=FALSE"],
    ["Dir=In", "Dir=In", "Dir=Out"],
    ["Protocol=6", "Protocol=6", "Protocol=17", "", "Protocol=1"],
    ["", "", "Profile=Domain", "Profile=Private|Profile=Public"],
    ["", "LPort=445", "LPort=3389", "LPort2_10=5000-5010", "LPort=RPC", "LPort=137", "LPort=445|LPort=3389", "LPort=Teredo"],
    ["", "", "RA4=10.1.0.0/255.255.0.0", "RA4=LocalSubnet|RA6=LocalSubnet", "RA4=10.1.1.9|RA4=203.0.113.0-203.0.113.9", "RA42=IntErnet", "RA4=*"],
    ["", "", "RA6=fe80::/64", "RA6=2001:db8::5"],
    ["", "", "App=System", r"App=%SystemRoot%\system32\svchost.exe|Svc=termservice", r"App=C:\x\x.exe", r"App=C:\Users\a\x.exe"],
    ["", "", "Security=Authenticate", "LA4=10.1.1.50"],
]  # fmt: skip
rule = st.tuples(*(st.sampled_from(words) for words in FIELDS)).map(
    lambda words: "|".join(["v2.30", *(word for word in words if word), "Name=r|"])
)
flow = st.builds(
    FlowFact,
    protocol=st.sampled_from(["tcp", "udp", None]),
    port=st.sampled_from([445, 3389, 5005, 49160, 137, None]),
    peer=st.just("p"),
    networks=st.lists(st.sampled_from(["10.1.1.9", "10.1.2.0/24", "203.0.113.7", "2001:db8::/32"]), max_size=2).map(
        lambda words: networks_of(" ".join(words))
    ),
    moving=st.booleans(),
    declared=st.booleans(),
    decided=st.booleans(),
    process=st.sampled_from(["", "x.exe", "System"]),
)
profile = st.builds(
    FirewallProfile,
    product=st.just(PRODUCT),
    enabled=st.sampled_from([True, True, False, None]),
    inbound_default=st.sampled_from(["drop", "drop", "accept", "drop-all"]),
)
listener = st.sampled_from(PORTS).flatmap(
    lambda one: st.builds(Listener, protocol=st.just(one[0]), address=st.just("*"), port=st.just(one[1]), process=st.sampled_from(PROGRAMS))
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["local", "local", "policy", "app"]), rule), max_size=5),
    st.tuples(profile, profile, profile),
    st.lists(flow, max_size=3),
    st.lists(listener, max_size=4),
    st.booleans(),
    st.booleans(),
    st.lists(st.sampled_from(["", "gone", "narrow"]), max_size=5),
    st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_a_plan_adds_no_pair_of_source_and_port(texts, profiles, flows, listeners, long, ledger, done, closed) -> None:  # type: ignore[no-untyped-def]
    now = datetime(2026, 6, 1)
    observed = Observed("pc", now - timedelta(days=20), now, 9, 9) if long else Observed("pc")
    kept = tuple(KeptRule(place, f"r{number}", text) for number, (place, text) in enumerate(texts))
    named = tuple(replace(one, profile=name) for one, name in zip(profiles, NAMES, strict=True))
    ground = Ground(
        MACHINE, Allowed(tuple(flows), (), observed), kept, named, rows_of(kept), tuple(listeners), LOCAL, LEDGER if ledger else (), {}
    )
    never_opens(ground, weak=bool(ledger))
    narrower = {one.rule.name: one.text for one in decisions(ground)}
    # By the day it is run somebody may have done some of it by hand, or more.
    by_hand = [
        KeptRule(one.place, one.name, {"gone": switched_off(one.text), "narrow": narrower.get(one.name, one.text)}.get(word, one.text))
        for one, word in zip(kept, (*done, *("",) * len(kept)), strict=False)
    ]
    on = tuple(replace(one, enabled=True, inbound_default="drop") if switched else one for one, switched in zip(named, closed, strict=True))
    never_opens(ground, weak=bool(ledger), now=replace(ground, rules=tuple(by_hand), profiles=on, rows=rows_of(by_hand)))
