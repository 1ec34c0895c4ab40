/*---
title: {ja: 機器のログが外に送られていない, en: The log of a device does not leave it}
severity: medium
subject: asset
key: [asset]
scope: select asset from assets where configured
why:
  ja: ログが機器の中だけだと、電源を切れば消え、入った人にも消せます。誰が入ったかを後から調べられません。
  en: A log that stays in the device is lost with its power and can be deleted by an intruder. Nobody can tell later who came in.
message:
  ja: "{asset}: ログを送る先がありません"
  en: "{asset}: no target outside the device gets its log"
fix:
  cost: none
  ja: 院内のログサーバ(余っているPCでも構いません)へsyslogを送る設定を入れてください。
  en: Have it send syslog to a log server inside; a spare PC will do.
ask:
  ja: この機器のログを当院のログサーバにsyslogで送る設定をしてください。
  en: Please set this device to send its log by syslog to our log server.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: fw, configured: true}, {asset: rtx, configured: true}, {asset: pc}]
    device_facts: [{asset: fw}, {asset: rtx}, {asset: pc}]
    device_logs:
      - {asset: fw, target: memory, kind: memory, enabled: true}
      - {asset: rtx, target: 10.1.0.9, kind: syslog, enabled: false}
    fails: [fw, rtx]
  good:
    assets: [{asset: fw, configured: true}, {asset: rtx, configured: true}]
    device_facts: [{asset: fw}, {asset: rtx}]
    device_logs:
      - {asset: fw, target: 10.1.0.9, kind: syslog, enabled: true}
      - {asset: rtx, target: cloud, kind: cloud, enabled: null}
---*/
select f.asset, f.evidence
from device_facts f
where not exists (select 1 from device_logs l where l.asset = f.asset and l.kind in ('syslog', 'cloud') and coalesce(l.enabled, true))
