/*---
title: {ja: バックアップが失敗しているか、動いていない, en: A backup failed or does not run}
severity: high
subject: asset
key: [asset, job]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 失敗は静かに続きます。戻そうとした日に初めて気付くことになります。
  en: Failures are quiet. One notices on the day one has to restore.
message:
  ja: "{asset}: {job} の最後の動作は {last}、結果は {result} です"
  en: "{asset}: {job} last ran on {last}, with the result {result}"
fix:
  cost: none
  ja: 手で一度動かして、出るメッセージの原因を直してください。失敗をメールや画面で知らせる設定も加えます。
  en: Run it once by hand and repair what it complains about; let failures send a message.
  run: |
    systemctl list-timers --all
    journalctl -u NAME -n 50
ask:
  ja: 失敗の原因と、失敗したときに誰に知らせが届くかを確認してください。
  en: Ask for the cause, and who is told when it fails.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    scheduled_backups:
      - {asset: ehr, job: failed, product: borg, enabled: true, last_run: "2026-01-30 04:00:00", last_result: failed}
      - {asset: ehr, job: old, product: borg, enabled: true, last_run: "2025-12-30 23:59:59", last_result: success}
      - {asset: bsd, job: failed, product: borg, enabled: true, last_run: "2026-01-30 04:00:00", last_result: failed}
    fails: [[ehr, failed], [ehr, old]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    scheduled_backups:
      - {asset: ehr, job: night, product: borg, enabled: true, last_run: "2025-12-31 00:00:00", last_result: success}
      - {asset: ehr, job: cron, product: tar, enabled: true}
      - {asset: ehr, job: gone, product: borg, enabled: false, last_run: "2020-01-01 00:00:00", last_result: failed}
---*/
select asset, job, last_run as last, last_result as result, evidence
from scheduled_backups
where enabled is not false and (last_result = 'failed' or last_run < $now - interval 31 days)
