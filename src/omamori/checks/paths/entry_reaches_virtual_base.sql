/*---
title: {ja: 外部の入口から仮想基盤まで進める, en: A way leads from outside to the hypervisor}
severity: critical
subject: asset
key: [asset]
scope: select asset from crown_jewels where jewel = 'hypervisor'
why:
  ja: 仮想基盤が暗号化されると、その上のサーバがすべて止まります。公表された被害で実際に起きました。
  en: When the hypervisor is encrypted every server on it stops, as has happened.
message:
  ja: "{asset}: 入口「{entry}」などから {steps} 歩で届きます"
  en: "{asset}: {steps} steps from {entry}, among other ways in"
fix:
  cost: low
  ja: omamori paths で一歩ずつの根拠と、経路を断つ費用の少ない変更を見て、上から順に行ってください。管理画面に届く相手を、管理用の端末だけに絞ってください。
  en: "See each step with its evidence, and the cheapest changes that cut the way, with omamori paths. Let only the administrators' machine reach its management page."
  run: omamori paths
ask:
  ja: この経路の途中にある設定のうち、業者の側で直せるものと、その日程を確認してください。
  en: Ask which of the settings on the way the vendor can change, and when.
examples:
  now: 2026-01-31
  bad:
    crown_jewels: [{asset: a, jewel: hypervisor}, {asset: b, jewel: hypervisor}, {asset: c, jewel: ehr}]
    attack_paths:
      - {path: vpn > a, entry: vpn, asset: a, jewel: hypervisor, steps: 3, certain: true}
      - {path: wall > a, entry: wall, asset: a, jewel: hypervisor, steps: 2, certain: false}
      - {path: vpn > b, entry: vpn, asset: b, jewel: hypervisor, steps: 4, certain: false}
      - {path: wall > b, entry: wall, asset: b, jewel: hypervisor, steps: 5, certain: false}
      - {path: vpn > c, entry: vpn, asset: c, jewel: ehr, steps: 1, certain: true}
    fails: [a]
    unknowns: [[b]]
  good:
    crown_jewels: [{asset: a, jewel: hypervisor}, {asset: c, jewel: ehr}]
    attack_paths: [{path: vpn > c, entry: vpn, asset: c, jewel: ehr, steps: 1, certain: true}]
    passes: [a]
---*/
-- One finding a machine, whatever the number of ways in: omamori paths lists them all.
select asset, entry, steps, case when not certain then 'to_confirm' end as unknown, evidence
from attack_paths
