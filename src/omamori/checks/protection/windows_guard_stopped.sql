/*---
title: {ja: 守りと記録のサービスが止まっている, en: A service that protects or records is stopped}
severity: high
subject: asset
key: [asset, service]
scope: select asset from hosts where platform = 'windows'
why:
  ja: ファイアウォールやイベントログが止まると、防げず、後から調べることもできません。侵入者が最初に止めるものでもあります。
  en: Without the firewall or the event log nothing is stopped and nothing can be found out later. Intruders stop these first.
message:
  ja: "{asset}: {service} が止まっています"
  en: "{asset}: {service} is stopped"
fix:
  cost: none
  ja: 止まった理由が分からなければ、侵入の印として調べてください。分かっていれば、自動起動に戻してください。
  en: If nobody knows why, treat it as a sign of intrusion. If it is known, set it back to automatic.
  run: |
    sc query MpsSvc
    sc config MpsSvc start= auto
    sc start MpsSvc
ask:
  ja: このサービスを止めたのは誰か、なぜかを確認してください。
  en: Ask who stopped it, and why.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: server}, {asset: b, platform: windows, role: server}, {asset: lx, platform: linux, role: server}]
    services:
      - {asset: a, name: MpsSvc, state: stopped, start: disabled}
      - {asset: a, name: EventLog, state: stopped}
      - {asset: a, name: WinDefend, state: stopped}
      - {asset: a, name: BFE, state: running}
      - {asset: lx, name: mpssvc, state: stopped}
    fails: [[a, MpsSvc], [a, EventLog]]
  good:
    hosts: [{asset: a, platform: windows}]
    services: [{asset: a, name: MpsSvc, state: running}, {asset: a, name: EventLog, state: running}, {asset: a, name: Fax, state: stopped}]
    passes: [a]
---*/
select asset, name as service, evidence
from services
where lower(name) in ('mpssvc', 'bfe', 'eventlog') and state = 'stopped'
