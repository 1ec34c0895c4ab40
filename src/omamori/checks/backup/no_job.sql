/*---
title: {ja: サーバで定期的なバックアップが見つからない, en: No scheduled backup was found on a server}
severity: high
subject: asset
key: [asset]
scope: select asset from assets where role = 'server' and platform = 'linux'
why:
  ja: 暗号化されたときに戻れる場所は、控えだけです。外の装置が取りに来る方式なら、台帳の「バックアップ」に書いてください。
  en: After encryption a copy is the only way back. Where another device fetches it, say so in the ledger.
message:
  ja: "{asset}: この機器に動いているバックアップの予定がなく、台帳にもありません"
  en: "{asset}: no backup is scheduled on the machine, nor declared in the ledger"
fix:
  cost: none
  ja: まず大事なフォルダ一つを、毎晩別の機器へ写してください。無償のresticで始められます。
  en: Begin with one important folder, nightly, to another machine; restic is free.
  run: |
    sudo apt install restic
    restic -r sftp:backup@10.1.8.9:/vault init
ask:
  ja: この機器の控えを、どこに、どの間隔で取っているかを確認してください。
  en: Ask where its copies are and how often they are made.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, role: server, platform: linux}, {asset: lab, role: server, platform: linux}, {asset: pc, role: client, platform: linux}, {asset: win, role: server, platform: windows}]
    scheduled_backups: [{asset: lab, job: night, product: restic, enabled: false}]
    fails: [ehr, lab]
  good:
    assets: [{asset: ehr, role: server, platform: linux}, {asset: lab, role: server, platform: linux}]
    scheduled_backups: [{asset: ehr, job: night, product: restic, enabled: true}]
    declared_backups: [{asset: lab, job: image}]
---*/
select a.asset, a.evidence
from assets a
where not exists (select 1 from scheduled_backups b where b.asset = a.asset and b.enabled is not false)
  and not exists (select 1 from declared_backups d where d.asset = a.asset)
