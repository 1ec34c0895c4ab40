/*---
title:
  ja: ゾーンのIPアドレス範囲が重なっている
  en: Networks of two zones overlap
severity: low
subject: zone
key: [zone, other, network]
why:
  ja: 範囲が重なる図面では、どこで通信を止めるかを決められません。
  en: With overlapping networks nobody can decide where to stop traffic.
message:
  ja: "「{zone}」の {network} は「{other}」の {other_network} と重なっています"
  en: "{network} of {zone} overlaps {other_network} of {other}"
fix:
  cost: none
  ja: ネットワーク業者に実際の設定を聞き、「ゾーン」シートの範囲を直してください。
  en: Ask the network vendor for the real settings and correct the sheet of zones.
equivalent:
  "join zone_networks as b -> left": a network without another has nothing to compare with, which the conditions ask for
examples:
  now: 2026-01-31
  bad:
    zones: [{zone: A}, {zone: B}, {zone: C}]
    zone_networks:
      - {zone: A, network: a, network_first: 100, network_last: 199}
      - {zone: B, network: b, network_first: 199, network_last: 250}
      - {zone: C, network: c, network_first: 50, network_last: 100}
    fails: [[A, B, a], [A, C, a]]
  good:
    zones: [{zone: A}, {zone: B}, {zone: C}]
    zone_networks:
      - {zone: A, network: a, network_first: 100, network_last: 199}
      - {zone: A, network: part, network_first: 100, network_last: 150}
      - {zone: B, network: b, network_first: 200, network_last: 250}
      - {zone: C, network: c, network_first: 50, network_last: 99}
---*/
select a.zone, b.zone as other, a.network, b.network as other_network, a.evidence
from zone_networks a join zone_networks b on a.zone < b.zone
where a.network_first <= b.network_last and b.network_first <= a.network_last
