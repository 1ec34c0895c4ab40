/*---
title: {ja: ログが3か月より前に消える, en: Logs vanish before three months}
severity: medium
subject: asset
key: [asset, log]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 侵入から気付くまで数週間かかります。公表された例では8週間でした。短いと、最初の記録が残りません。
  en: It takes weeks until an intrusion is noticed, eight in one published case. If logs are short, its beginning is gone.
message:
  ja: "{asset}: {log} の記録は{days}日で消えます"
  en: "{asset}: {log} is kept for {days} days"
fix:
  cost: none
  ja: logrotate の rotate の数を増やしてください(週ごとなら 52 で1年)。圧縮すれば容量はわずかです。
  en: Raise the number after rotate in logrotate (weekly, 52 makes a year); compressed, it takes little space.
  run: sudo sed -i 's/rotate 4/rotate 52/' /etc/logrotate.conf /etc/logrotate.d/rsyslog
ask:
  ja: ログの保存日数を90日以上にできるか、容量が足りるかを確認してください。
  en: Ask whether ninety days or more can be kept and whether the disk is large enough.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    log_settings: [{asset: ehr, log: rsyslog, active: true, kept_days: 89}, {asset: bsd, log: rsyslog, active: true, kept_days: 28}]
    fails: [[ehr, rsyslog]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    log_settings:
      - {asset: ehr, log: rsyslog, active: true, kept_days: 90}
      - {asset: ehr, log: syslog-ng, active: false, kept_days: 7}
      - {asset: ehr, log: journald, active: true}
---*/
select asset, log, kept_days as days, evidence
from log_settings
where active and kept_days < 90
