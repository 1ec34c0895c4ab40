/*---
title:
  ja: どのネットワークにあるか分からない機器
  en: A machine whose network zone is not known
severity: low
subject: asset
key: [asset]
scope: select asset from assets where declared
why:
  ja: 非常時に切る場所を決めるには、どの機器がどのネットワークにあるかが要ります。
  en: To decide where to cut in an emergency it must be known which machine stands in which network.
message:
  ja: "{asset}: ゾーン「{zone}」が「ゾーン」シートにありません"
  en: "{asset}: its zone {zone} is not in the sheet of zones"
fix:
  cost: none
  ja: 「ゾーン」シートの名前から選び直すか、ゾーンを書き足してください。
  en: Choose a name from the sheet of zones, or add the zone.
ask:
  ja: 納入時の構成図を依頼し、この機器のIPアドレスとつながっているスイッチを確認してください。
  en: Ask for the drawing of the installation, the address of the machine and the switch it is connected to.
examples:
  now: 2026-01-31
  bad:
    zones: [{zone: E}]
    ledger_assets: [{asset: a}, {asset: b, zone: F}, {asset: c, zone: E}, {asset: x}]
    assets: [{asset: a, declared: true}, {asset: b, declared: true}, {asset: c, declared: true}, {asset: x}]
    fails: [a, b]
    passes: [c]
  good:
    zones: [{zone: E}]
    ledger_assets: [{asset: c, zone: E}]
    assets: [{asset: c, declared: true}]
---*/
select m.asset, m.zone, m.evidence
from ledger_assets m
where m.zone is null or m.zone not in (select z.zone from zones z)
