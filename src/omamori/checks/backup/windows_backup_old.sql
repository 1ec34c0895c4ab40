/*---
title: {ja: Windowsのバックアップが1週間より古い, en: The Windows backup is older than a week}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: ランサムウエアから戻すとき、最後のバックアップより後のものは失われます。
  en: Coming back from ransomware loses everything since the last backup.
message:
  ja: "{asset}: 最後のWindowsバックアップは {last} です"
  en: "{asset}: the last Windows backup was made on {last}"
fix:
  cost: none
  ja: 止まった理由を調べて一度実行し、ファイルを一つ戻してみてください。
  en: Find out why it stopped, run it once, and bring one file back.
  run: |
    wbadmin get versions
    wbadmin get status
ask:
  ja: バックアップが止まっていることを知っているか、いつから止まっているかを確認してください。
  en: Ask whether they know it stopped, and since when.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    backup_generations:
      - {asset: a, job: windows-backup, finished: "2026-01-23 23:59:59"}
      - {asset: a, job: windows-backup, finished: "2025-01-01 00:00:00"}
      - {asset: a, job: shadow-copy, finished: "2026-01-30 00:00:00"}
      - {asset: b, job: windows-backup, finished: "2026-01-24 00:00:00"}
      - {asset: b, job: windows-backup, finished: "2025-01-01 00:00:00"}
      - {asset: lx, job: windows-backup, finished: "2025-01-01 00:00:00"}
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}]
    backup_generations: [{asset: a, job: windows-backup, finished: "2026-01-24 00:00:00"}, {asset: b, job: shadow-copy, finished: "2025-01-01 00:00:00"}]
    passes: [a, b]
---*/
select asset, max(finished) as last, arg_max(evidence, finished) as evidence
from backup_generations
where job = 'windows-backup'
group by asset
having max(finished) < $now - interval 7 days
