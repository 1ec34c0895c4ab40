/*---
title: {ja: SNMPが動いている, en: SNMP is running}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: SNMPの古い版は合い言葉一つで機器の情報を渡します。監視に使っていなければ要りません。
  en: Old versions of SNMP hand out what a machine is for one word. Without monitoring it is not needed.
message:
  ja: "{asset}: SNMPのサービスが動いています"
  en: "{asset}: the service of SNMP is running"
fix:
  cost: none
  ja: 監視に使っていなければ止めてください。使うなら合い言葉を変え、監視サーバからだけ受けてください。
  en: Stop it unless monitoring uses it. If it does, change the word and take it from the monitoring server only.
  run: |
    sc stop SNMP
    sc config SNMP start= disabled
ask:
  ja: SNMPで監視しているか、監視元のアドレスはどれかを確認してください。
  en: Ask whether SNMP is used for monitoring, and from which address.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: b, platform: windows, role: server}, {asset: lx, platform: linux, role: server}]
    services:
      - {asset: a, name: SNMP, state: running}
      - {asset: b, name: SNMPTRAP, state: running}
      - {asset: a, name: SNMPTRAP, state: running}
      - {asset: lx, name: snmp, state: running}
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}]
    services: [{asset: a, name: SNMP, state: stopped}]
    passes: [a]
---*/
select asset, evidence
from services
where lower(name) = 'snmp' and state = 'running'
