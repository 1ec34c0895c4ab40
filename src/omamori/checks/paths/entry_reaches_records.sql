/*---
title: {ja: 外部の入口から電子カルテまで進める, en: A way leads from outside to the records}
severity: critical
subject: asset
key: [asset]
scope: select asset from crown_jewels where jewel = 'ehr'
why:
  ja: 公表された被害では、保守の入口から数歩で電子カルテが暗号化され、診療が何週間も止まりました。
  en: In published incidents it was a few steps from a maintenance line to the records, and care stopped for weeks.
message:
  ja: "{asset}: 入口「{entry}」などから {steps} 歩で届きます"
  en: "{asset}: {steps} steps from {entry}, among other ways in"
fix:
  cost: low
  ja: omamori paths で一歩ずつの根拠と、経路を断つ費用の少ない変更を見て、上から順に行ってください。入口を使うときだけつなぐのが早道です。
  en: "See each step with its evidence, and the cheapest changes that cut the way, with omamori paths. The quickest is to connect the line only for use."
  run: omamori paths
ask:
  ja: この経路の途中にある設定のうち、業者の側で直せるものと、その日程を確認してください。
  en: Ask which of the settings on the way the vendor can change, and when.
examples:
  now: 2026-01-31
  bad:
    crown_jewels: [{asset: a, jewel: ehr}, {asset: b, jewel: ehr}, {asset: c, jewel: pacs}]
    attack_paths:
      - {path: vpn > a, entry: vpn, asset: a, jewel: ehr, steps: 3, certain: true}
      - {path: wall > a, entry: wall, asset: a, jewel: ehr, steps: 2, certain: false}
      - {path: vpn > b, entry: vpn, asset: b, jewel: ehr, steps: 4, certain: false}
      - {path: wall > b, entry: wall, asset: b, jewel: ehr, steps: 5, certain: false}
      - {path: vpn > c, entry: vpn, asset: c, jewel: pacs, steps: 1, certain: true}
    fails: [a]
    unknowns: [[b]]
  good:
    crown_jewels: [{asset: a, jewel: ehr}, {asset: c, jewel: pacs}]
    attack_paths: [{path: vpn > c, entry: vpn, asset: c, jewel: pacs, steps: 1, certain: true}]
    passes: [a]
---*/
-- One finding a machine, whatever the number of ways in: omamori paths lists them all.
select asset, entry, steps, case when not certain then 'to_confirm' end as unknown, evidence
from attack_paths
