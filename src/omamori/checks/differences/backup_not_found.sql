/*---
title: {ja: 台帳のバックアップが、実機で見つからない, en: A backup of the ledger is not found on the machine}
severity: high
subject: asset
key: [asset, job]
scope: select asset from assets where observed and platform = 'linux'
why:
  ja: 「取っているはず」のバックアップが、被害の後で何年も前に止まっていたと分かった例があります。
  en: Backups believed to run were found, after an incident, to have stopped years before.
message:
  ja: "{asset}: 台帳のバックアップ「{job}」({method})の仕組みが見つかりません"
  en: "{asset}: nothing was found that makes the backup “{job}” ({method})"
fix:
  cost: none
  ja: どの機器がこのバックアップを取っているかを確かめ、最後に成功した日と、戻せるかどうかを確認してください。
  en: Find out which machine makes this backup, when it last succeeded, and whether it can be restored.
  run: "systemctl list-timers --all; sudo crontab -l"
ask:
  ja: このバックアップはどの機器がいつ取っていますか。最後に成功した日の記録をください。
  en: Which machine makes this backup and when? Please send the record of the last success.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, observed: true, platform: linux}, {asset: b, observed: true, platform: linux}]
    declared_backups: [{asset: a, job: night, method: restic}, {asset: b, job: night}]
    scheduled_backups: [{asset: b, job: restic.timer, enabled: false}]
    fails: [[a, night], [b, night]]
  good:
    assets: [{asset: c, observed: true, platform: linux}, {asset: d, observed: false, platform: linux}, {asset: e, observed: true, platform: windows}, {asset: f, observed: true, platform: linux}]
    declared_backups: [{asset: c, job: night}, {asset: d, job: night}, {asset: e, job: night}, {asset: f, job: night}]
    scheduled_backups: [{asset: c, job: restic.timer, enabled: true}, {asset: f, job: cron}]
    passes: [c, f]
---*/
select d.asset, d.job, d.method, d.evidence
from declared_backups d
where not exists (select 1 from scheduled_backups s where s.asset = d.asset and coalesce(s.enabled, true))
