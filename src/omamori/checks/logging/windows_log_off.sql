/*---
title: {ja: Windowsの主なログが止められている, en: A main log of Windows is switched off}
severity: high
subject: asset
key: [asset, log]
scope: select asset from hosts where platform = 'windows'
why:
  ja: ログが書かれていないと、何が起きたかを後から知ることができません。侵入者が止めることもあります。
  en: Without the log nobody can tell later what happened. Intruders switch it off too.
message:
  ja: "{asset}: {log} のログが止められています"
  en: "{asset}: the log {log} is switched off"
fix:
  cost: none
  ja: 止めた理由を確かめ、書き込みを再開してください。
  en: Find out why, and switch it on again.
  run: |
    wevtutil sl Security /e:true
ask:
  ja: ログを止めた理由を確認してください。
  en: Ask why the log was switched off.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: b, platform: windows, role: server}, {asset: lx, platform: linux, role: server}]
    log_settings:
      - {asset: a, log: Security, active: false}
      - {asset: a, log: System, active: true}
      - {asset: a, log: Microsoft-Windows-X/Debug, active: false}
      - {asset: lx, log: system, active: false}
    fails: [[a, Security]]
  good:
    hosts: [{asset: a, platform: windows}]
    log_settings: [{asset: a, log: Security, active: true}, {asset: a, log: Setup, active: false}]
    passes: [a]
---*/
select asset, log, evidence
from log_settings
where lower(log) in ('security', 'system', 'application') and active is false
