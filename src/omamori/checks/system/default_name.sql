/*---
title:
  ja: 機器に名前が付いていない
  en: The machine has no name of its own
severity: low
subject: asset
key: [asset]
why:
  ja: 同じ初期名の機器が並ぶと、ログや台帳でどの機器のことか分からなくなり、対応が遅れます。
  en: When machines share the name they came with, nobody can tell them apart in logs and ledgers.
message:
  ja: "{asset}: 機器名が初期値({hostname})のままです"
  en: "{asset}: it still has the name it came with ({hostname})"
fix:
  cost: none
  ja: 台帳の名前と合わせて、重複しない機器名を付けてください。
  en: Give it a name of its own, the same as in the ledger.
  run: sudo hostnamectl set-hostname NAME
ask:
  ja: 機器名を変えても動作に影響がないかを確認してください。
  en: Ask whether the name can be changed without harm.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, hostname: localhost}, {asset: b, hostname: Ubuntu}]
    fails: [a, b]
  good:
    hosts: [{asset: a, hostname: ehr01}]
    passes: [a]
---*/
select asset, hostname, evidence
from hosts
where lower(hostname) in ('localhost', 'ubuntu', 'debian', 'centos', 'linux', 'server', 'vm', 'raspberrypi', 'template')
