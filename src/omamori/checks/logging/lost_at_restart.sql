/*---
title: {ja: 再起動するとログが消える, en: The log is lost at a restart}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 攻撃のあと最初に行うのは再起動です。残らない設定だと、入口を突き止める手掛かりがそこで消えます。
  en: The first thing after an attack is a restart. If the log does not survive it, the way in is never found.
message:
  ja: "{asset}: 再起動後も残るログを書いている仕組みがありません"
  en: "{asset}: nothing writes a log that survives a restart"
fix:
  cost: none
  ja: systemdのログをディスクに残すようにしてください(一行で済みます)。
  en: Let systemd keep its log on disk; it is one line.
  run: |
    sudo mkdir -p /var/log/journal && sudo systemctl restart systemd-journald && sudo journalctl --flush
ask:
  ja: ログがどこに何日残るかを確認し、残らなければ残す設定を依頼してください。
  en: Ask where the log is and for how many days, and have it kept where it is not.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}, {asset: logins, platform: linux}, {asset: bsd, platform: other}]
    log_settings:
      - {asset: ehr, log: journald, active: true, persistent: false}
      - {asset: ehr, log: rsyslog, active: false, persistent: true}
      - {asset: logins, log: wtmp, active: true, persistent: true}
    fails: [ehr, lab, logins]
  good:
    hosts: [{asset: ehr, platform: linux}]
    log_settings: [{asset: ehr, log: journald, active: true, persistent: false}, {asset: ehr, log: rsyslog, active: true, persistent: true}]
---*/
select h.asset, null as evidence
from hosts h
left join log_settings l on l.asset = h.asset and l.active and l.persistent and l.log <> 'wtmp'
where l.asset is null
