/*---
title: {ja: SNMPの合言葉(コミュニティ名)が誰でも知っているもの, en: SNMP uses a word that everybody knows}
severity: medium
subject: asset
key: [asset, setting]
scope: select asset from hosts where platform = 'linux'
why:
  ja: public などの合言葉で、機器の構成や動いているソフトの一覧が読まれます。書き込みの合言葉なら設定も変えられます。
  en: With a word such as public, anybody reads what runs on the machine; with a writing word also changes settings.
message:
  ja: "{asset}: {setting} が初期値のままです"
  en: "{asset}: {setting} has its well-known value"
fix:
  cost: none
  ja: 使っていなければSNMPを止め、使うなら合言葉と、尋ねてよい機器のアドレスを書き換えてください。
  en: Stop SNMP where nobody asks; otherwise change the word and name the address that may ask.
  run: sudo systemctl disable --now snmpd
ask:
  ja: SNMPで監視している機器と、合言葉を変えられるかを確認してください。
  en: Ask who monitors by SNMP and whether the word can be changed.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    server_settings:
      - {asset: ehr, service: snmpd, name: rocommunity, value: "[secret: community, default] 10.1.0.0/16"}
      - {asset: ehr, service: snmpd, name: rwcommunity, value: "[secret: community, default]"}
      - {asset: bsd, service: snmpd, name: rwcommunity, value: "[secret: community, default]"}
    fails: [[ehr, rocommunity], [ehr, rwcommunity]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    server_settings:
      - {asset: ehr, service: snmpd, name: rocommunity, value: "[secret: community, set] 10.1.0.0/16"}
      - {asset: ehr, service: snmpd, name: rocommunity6, value: "[secret: community, default] default -V systemonly"}
      - {asset: ehr, service: redis, name: requirepass, value: "[secret: password, default]"}
---*/
select asset, name as setting, evidence
from server_settings
where service = 'snmpd' and contains(value, ', default]') and not contains(value, 'systemonly')
