/*---
title: {ja: Windows Updateのサービスが無効にされている, en: The service of Windows Update is disabled}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 業者の指示や以前の障害で無効にされ、そのまま忘れられていることがあります。無効のままでは、手作業の更新も失敗します。
  en: It was once disabled on a vendor's word or after a failure, and forgotten. While it is, even updates by hand fail.
message:
  ja: "{asset}: Windows Updateのサービス(wuauserv)が無効です"
  en: "{asset}: the service of Windows Update (wuauserv) is disabled"
fix:
  cost: none
  ja: 無効にした理由を確かめ、更新の日だけでも手動に戻してください。
  en: Find out why it was disabled, and set it back to manual, if only on the day of updates.
  run: |
    sc qc wuauserv
    sc config wuauserv start= demand
ask:
  ja: 更新のサービスを無効にした理由と、手動に戻してよいかを確認してください。
  en: Ask why it was disabled and whether it may be set back to manual.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: b, platform: windows, role: server}, {asset: lx, platform: linux, role: server}]
    services:
      - {asset: a, name: wuauserv, start: disabled}
      - {asset: b, name: Fax, start: disabled}
      - {asset: a, name: Fax, start: disabled}
      - {asset: lx, name: wuauserv, start: disabled}
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}]
    services: [{asset: a, name: wuauserv, start: manual}]
    passes: [a]
---*/
select asset, evidence
from services
where lower(name) = 'wuauserv' and start = 'disabled'
