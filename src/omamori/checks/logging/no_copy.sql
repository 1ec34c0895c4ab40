/*---
title: {ja: サーバのログの控えが機器の外にない, en: No copy of the server's log leaves the machine}
severity: medium
subject: asset
key: [asset]
scope: select asset from assets where role = 'server'
why:
  ja: 侵入した者は記録を消し、復旧の作業でも記録は上書きされます。外に一つ控えがあれば、何が起きたかを後から調べられます。
  en: Intruders delete logs, and repairs overwrite them. With one copy elsewhere, it can still be found out what happened.
message:
  ja: "{asset}: {loggers} の記録はこの機器の中だけにあります"
  en: "{asset}: what {loggers} writes stays on this machine only"
fix:
  cost: low
  ja: 使っていないPCを一台ログ置き場にし、rsyslogの転送を一行書いてください。
  en: Make a spare PC the log store and add one line to rsyslog.
  run: |
    echo '*.* @@10.1.0.50:514' | sudo tee /etc/rsyslog.d/90-copy.conf && sudo systemctl restart rsyslog
ask:
  ja: ログの転送先を一つ加えられるか、費用がかかるかを確認してください。
  en: Ask whether one forwarding address can be added and what it costs.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, role: server}, {asset: pc, role: client}]
    log_settings: [{asset: ehr, log: rsyslog, active: true}, {asset: ehr, log: journald, active: true}, {asset: ehr, log: auditd, active: false, forwarded_to: 10.1.0.50}, {asset: pc, log: rsyslog, active: true}]
    fails: [ehr]
  good:
    assets: [{asset: ehr, role: server}]
    log_settings: [{asset: ehr, log: rsyslog, active: true, forwarded_to: 10.1.0.50}, {asset: ehr, log: journald, active: true}]
---*/
select asset, string_agg(if(active, log, null), ', ' order by log) as loggers, min(evidence) as evidence
from log_settings
group by asset
having count(forwarded_to) filter (active) = 0
