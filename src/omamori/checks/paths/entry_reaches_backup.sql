/*---
title: {ja: 外部の入口からバックアップまで進める, en: A way leads from outside to the backup}
severity: critical
subject: asset
key: [asset]
scope: select asset from crown_jewels where jewel = 'backup'
why:
  ja: 公表された被害では、控えも同じ日に暗号化され、元に戻せませんでした。
  en: In published incidents the copies were encrypted on the same day and nothing could be restored.
message:
  ja: "{asset}: 入口「{entry}」などから {steps} 歩で届きます"
  en: "{asset}: {steps} steps from {entry}, among other ways in"
fix:
  cost: none
  ja: omamori paths で一歩ずつの根拠と、経路を断つ費用の少ない変更を見て、上から順に行ってください。一つの控えを網から切り離すと、この経路の結末が変わります。
  en: "See each step with its evidence, and the cheapest changes that cut the way, with omamori paths. One copy cut off from the network changes how such a way ends."
  run: omamori paths
ask:
  ja: この経路の途中にある設定のうち、業者の側で直せるものと、その日程を確認してください。
  en: Ask which of the settings on the way the vendor can change, and when.
examples:
  now: 2026-01-31
  bad:
    crown_jewels: [{asset: a, jewel: backup}, {asset: b, jewel: backup}, {asset: c, jewel: ehr}]
    attack_paths:
      - {path: vpn > a, entry: vpn, asset: a, jewel: backup, steps: 3, certain: true}
      - {path: wall > a, entry: wall, asset: a, jewel: backup, steps: 2, certain: false}
      - {path: vpn > b, entry: vpn, asset: b, jewel: backup, steps: 4, certain: false}
      - {path: wall > b, entry: wall, asset: b, jewel: backup, steps: 5, certain: false}
      - {path: vpn > c, entry: vpn, asset: c, jewel: ehr, steps: 1, certain: true}
    fails: [a]
    unknowns: [[b]]
  good:
    crown_jewels: [{asset: a, jewel: backup}, {asset: c, jewel: ehr}]
    attack_paths: [{path: vpn > c, entry: vpn, asset: c, jewel: ehr, steps: 1, certain: true}]
    passes: [a]
---*/
-- One finding a machine, whatever the number of ways in: omamori paths lists them all.
select asset, entry, steps, case when not certain then 'to_confirm' end as unknown, evidence
from attack_paths
