/*---
title:
  ja: 同じアドレスに二つの機器が答えている
  en: Two machines answer for one address
severity: high
subject: site
key: [address]
scope: select asset from assets where observed  # those never looked at are told by differences.never_seen
why:
  ja: アドレスの重複か、通信を横取りする偽の機器です。どちらでも通信が別の機器に届きます。
  en: Either two machines share an address, or a false one draws traffic to itself. Both ways it arrives at the wrong machine.
message:
  ja: "{address}: {count}個のネットワークカード({cards})が答えています"
  en: "{address}: {count} network cards answer ({cards})"
fix:
  cost: low
  ja: ネットワークカードの番号(MACアドレス)から機器を探し、台帳と照らし合わせてください。
  en: Find the machines by the numbers of their cards, and compare with the ledger.
  run: ip neigh
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a}, {asset: b}]
    neighbours:
      - {asset: a, address: 10.1.0.1, mac: "00:00:5e:00:53:01"}
      - {asset: b, address: 10.1.0.1, mac: "00:00:5e:00:53:02"}
    fails: [10.1.0.1]
  good:
    assets: [{asset: a, observed: true}, {asset: b, observed: true}, {asset: c, declared: true}]
    incomplete: {neighbours: [c]}
    unknowns: []
    hosts: [{asset: a}, {asset: b}]
    neighbours:
      - {asset: a, address: 10.1.0.1, mac: "00:00:5e:00:53:01"}
      - {asset: b, address: 10.1.0.1, mac: "00:00:5e:00:53:01"}
      - {asset: b, address: 10.1.0.1}
      - {asset: a, address: "fe80::1", mac: "00:00:5e:00:53:01"}
      - {asset: b, address: "fe80::1", mac: "00:00:5e:00:53:02"}
---*/
select address, count(distinct mac) as count, string_agg(distinct mac, ', ' order by mac) as cards, min(evidence) as evidence
from neighbours
where address not like 'fe80:%'
group by address
having count(distinct mac) > 1
