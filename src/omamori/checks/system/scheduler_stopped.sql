/*---
title:
  ja: 定期実行の仕組みが止まっている
  en: The scheduler does not run
severity: medium
subject: asset
key: [asset]
why:
  ja: 登録した定期実行(バックアップ、ログの整理、更新など)が一つも動きません。
  en: None of the tasks that were set up (backup, logs, updates) will run.
message:
  ja: "{asset}: 定期実行の仕組みが止まっていて、{count}件が動きません"
  en: "{asset}: the scheduler does not run; {count} tasks wait in vain"
fix:
  cost: none
  ja: cron を動かし、起動時に始まるようにしてください。
  en: Start cron, and let it start with the machine.
  run: "sudo systemctl enable --now cron   # or: crond"
ask:
  ja: 定期実行を止めている理由を確認してください。
  en: Ask why the scheduler was stopped.
examples:
  now: 2026-01-31
  bad:
    tasks: [{asset: a, name: t1, kind: cron, enabled: false}, {asset: a, name: t2, kind: cron, enabled: false}, {asset: a, name: t3, kind: timer, enabled: true}]
    fails: [a]
  good:
    tasks:
      - {asset: a, name: t1, kind: cron, enabled: false}
      - {asset: a, name: t2, kind: cron, enabled: true}
      - {asset: b, name: t3, kind: timer, enabled: false}
      - {asset: c, name: t4, kind: cron}
    passes: [a, b, c]
---*/
select asset, count(*) as count, min(evidence) as evidence
from tasks
where kind = 'cron'
group by asset
having bool_and(enabled is false)
