/*---
title: {ja: 控えがシャドウコピーだけになっている, en: Shadow copies are the only copies}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: シャドウコピーは同じディスクの中にあり、ランサムウエアが最初に消します。控えとしては数えられません。
  en: Shadow copies lie on the same disk, and ransomware deletes them first. They do not count as a backup.
message:
  ja: "{asset}: シャドウコピーが {count} あるだけで、ほかの控えが見つかりません"
  en: "{asset}: {count} shadow copies and no other backup was found"
fix:
  cost: low
  ja: Windows Serverバックアップなどで、別の機器への控えを一つ作ってください。別の方法でとっていれば台帳に書いてください。
  en: Make one backup to another machine, with Windows Server Backup for instance. If there is one by other means, write it into the ledger.
  run: |
    wbadmin start backup -backupTarget:\\SERVER\SHARE -include:C: -vssFull
ask:
  ja: この機器の控えを別の方法でとっているかを確認してください。
  en: Ask whether the machine is backed up in another way.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: lx, platform: linux}]
    backup_generations:
      - {asset: a, job: shadow-copy, generation: "1"}
      - {asset: a, job: shadow-copy, generation: "2"}
      - {asset: b, job: shadow-copy, generation: "1"}
      - {asset: b, job: windows-backup, generation: "2"}
      - {asset: c, job: shadow-copy, generation: "1"}
      - {asset: lx, job: shadow-copy, generation: "1"}
    declared_backups: [{asset: c, job: tape}]
    fails: [a]
  good:
    hosts: [{asset: b, platform: windows}]
    backup_generations: [{asset: b, job: shadow-copy, generation: "1"}, {asset: b, job: windows-backup, generation: "2"}]
    passes: [b]
---*/
select g.asset, count(*) as count, min(g.evidence) as evidence
from backup_generations g
where not exists (select 1 from declared_backups d where d.asset = g.asset)
group by g.asset
having count(*) = count(*) filter (g.job = 'shadow-copy')
