"""A small hospital described in a few lines, for those who look at one thing of the lab."""

from __future__ import annotations

import pytest

SITE = """
name: {ja: 小病院, en: Small Hospital}
beds: 20
vendors: {v: {ja: 業者, en: vendor}}
conditions: {C17: {ja: 平ら, en: flat}}
"""
ZONES = """
internet: {name: {ja: 網, en: Internet}, kind: external, network: 10.200.0.0/27, outside: true, internet: true}
site: {name: {ja: 拠点, en: site}, kind: external, network: 10.201.0.0/27, gateway: vr, outside: true}
dmz: {name: {ja: DMZ, en: DMZ}, kind: dmz, network: 10.10.0.0/27, gateway: edge}
ehr: {name: {ja: カルテ, en: EHR}, kind: ehr, network: 10.10.1.0/27, gateway: core}
"""
LINES = """
line:
  name: {ja: 保守, en: service}
  kind: ipsec-vpn
  vendor: v
  from: vr
  to: edge
  port: 51820
  restricted: true
  lands_in: dmz
  traffic: {from: vpc, to: www, port: 443/tcp}
  sick: {restricted: false}
"""
HOSTS = """
vr: {name: {ja: 業者ルータ, en: vendor router}, kind: router, at: {internet: 9, site: 1}, maker: "00:a0:de", router: true}
vpc: {name: {ja: 業者PC, en: vendor PC}, kind: client, at: {site: 10}, maker: "98:e7:43"}
edge:
  name: {ja: 外, en: edge}
  kind: router
  at: {internet: 2, dmz: 1}
  maker: "ac:71:2e"
  router: true
  nat: true
  answers: ports
  services: {ssh: {}}
  forward:
    log: true
    allow:
      - {from: [internet], to: [www], ports: [443/tcp], why: {ja: 公開, en: public}}
      - {from: [site], to: [www], ports: [22/tcp, 53/udp], why: {ja: 保守, en: service}}
  sick: {forward: {}, answers: everything}
core: {name: {ja: 中, en: core}, kind: router, at: {dmz: 2, ehr: 1}, maker: "f4:bd:9e", router: true}
www: {name: {ja: Web, en: web}, kind: server, at: {dmz: 10}, maker: "00:50:56", services: {web: {ports: {"443": modern}}, ssh: {}}}
db:
  name: {ja: DB, en: database}
  kind: server
  at: {ehr: 10}
  maker: "00:17:42"
  medical: true
  services: {postgres: {}}
  answers: ports
  admits: [ehr, extra]
  sick: {answers: no-ping, undeclared: true, conditions: [C17], services: {postgres: {trust: true}, ssh: {}}}
pc: {name: {ja: PC, en: PC}, kind: client, at: {ehr: 29}, maker: "10:c5:95", answers: arp, scanner: true}
extra: {name: {ja: 私物, en: private}, kind: client, at: {ehr: 20, dmz: 20}, maker: "10:c5:95", only: sick, forwards: true}
"""


@pytest.fixture
def files() -> dict[str, str]:
    """The texts of a small description, by name of file."""
    return {"site.yaml": SITE, "zones.yaml": ZONES, "lines.yaml": LINES, "hosts/all.yaml": HOSTS}
