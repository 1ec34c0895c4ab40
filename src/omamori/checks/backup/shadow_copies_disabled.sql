/*---
title: {ja: 写しを作るためのWindowsの仕組みが無効, en: "Windows' own means of making copies is disabled"}
severity: medium
subject: asset
key: [asset, service]
scope: select asset from hosts where platform = 'windows'
why:
  ja: この仕組み(VSS)は、使用中のファイルやデータベースのバックアップにも使われます。無効だと、バックアップが途中で失敗したり、前の状態に戻せなかったりします。ウイルスが無効にすることもあります。
  en: Backups of open files and databases need it (VSS) too. Disabled, they fail half-way or cannot be restored. Malware also disables it.
message:
  ja: "{asset}: サービス {service} が無効です"
  en: "{asset}: the service {service} is disabled"
fix:
  cost: none
  ja: 手動に戻し、バックアップを一度動かして結果を確かめてください。だれが無効にしたか分からなければ、記録を残して調べてください。
  en: Set it back to manual, run one backup and look at its result. If nobody knows who disabled it, note it down and look into it.
  run: |
    sc config VSS start= demand
    sc config swprv start= demand
    vssadmin list writers
ask:
  ja: 製品の都合で無効にしたのか、手動に戻してよいかを確認してください。
  en: Ask whether the product needs it disabled, and whether it may go back to manual.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    services:
      - {asset: a, name: VSS, start: disabled}
      - {asset: a, name: swprv, start: disabled}
      - {asset: a, name: Fax, start: disabled}
      - {asset: b, name: VSS, start: manual}
      - {asset: lx, name: VSS, start: disabled}
    fails: [[a, VSS], [a, swprv]]
  good:
    hosts: [{asset: b, platform: windows}]
    services: [{asset: b, name: VSS, start: manual, state: stopped}, {asset: b, name: swprv, start: manual}]
    passes: [b]
---*/
select asset, name as service, evidence
from services
where lower(name) in ('vss', 'swprv') and start = 'disabled'
