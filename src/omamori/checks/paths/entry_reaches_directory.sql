/*---
title: {ja: 外部の入口からドメインコントローラーまで進める, en: A way leads from outside to the domain controller}
severity: critical
subject: asset
key: [asset]
scope: select asset from crown_jewels where jewel = 'directory'
why:
  ja: ここを取られると、ドメインのすべての機器が一度に操作されます。
  en: Who takes it operates every machine of the domain at once.
message:
  ja: "{asset}: 入口「{entry}」などから {steps} 歩で届きます"
  en: "{asset}: {steps} steps from {entry}, among other ways in"
fix:
  cost: low
  ja: omamori paths で一歩ずつの根拠と、経路を断つ費用の少ない変更を見て、上から順に行ってください。管理者のアカウントをサーバと端末で分けると、途中の一歩が消えます。
  en: "See each step with its evidence, and the cheapest changes that cut the way, with omamori paths. Different administrators for servers and clients take a step out of the way."
  run: omamori paths
ask:
  ja: この経路の途中にある設定のうち、業者の側で直せるものと、その日程を確認してください。
  en: Ask which of the settings on the way the vendor can change, and when.
examples:
  now: 2026-01-31
  bad:
    crown_jewels: [{asset: a, jewel: directory}, {asset: b, jewel: directory}, {asset: c, jewel: ehr}]
    attack_paths:
      - {path: vpn > a, entry: vpn, asset: a, jewel: directory, steps: 3, certain: true}
      - {path: wall > a, entry: wall, asset: a, jewel: directory, steps: 2, certain: false}
      - {path: vpn > b, entry: vpn, asset: b, jewel: directory, steps: 4, certain: false}
      - {path: wall > b, entry: wall, asset: b, jewel: directory, steps: 5, certain: false}
      - {path: vpn > c, entry: vpn, asset: c, jewel: ehr, steps: 1, certain: true}
    fails: [a]
    unknowns: [[b]]
  good:
    crown_jewels: [{asset: a, jewel: directory}, {asset: c, jewel: ehr}]
    attack_paths: [{path: vpn > c, entry: vpn, asset: c, jewel: ehr, steps: 1, certain: true}]
    passes: [a]
---*/
-- One finding a machine, whatever the number of ways in: omamori paths lists them all.
select asset, entry, steps, case when not certain then 'to_confirm' end as unknown, evidence
from attack_paths
