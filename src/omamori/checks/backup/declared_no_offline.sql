/*---
title:
  ja: ネットワークから切り離したバックアップがない
  en: No copy of the backup is cut off from the network
severity: critical
subject: asset
key: [asset]
scope: select a.asset from assets a join declared_backups b on b.asset = a.asset where a.important
why:
  ja: つながったままのバックアップは、サーバと一緒に暗号化されます。公表された被害で何度も起きています。
  en: A backup that stays connected is encrypted together with the server. It has happened again and again.
message:
  ja: "{asset}: バックアップ{jobs}件のうち、書き込み後に切り離すものがありません"
  en: "{asset}: none of its {jobs} backups is disconnected after writing"
fix:
  cost: low
  ja: 外付けディスクを二台用意し、取り終わったら抜いて交互に使ってください。追記不能の保存先でも構いません。
  en: Use two removable disks in turn and unplug them after writing; write-once storage serves as well.
ask:
  ja: 業者に、書き込み後に取り外せる媒体か、追記不能(WORM)の領域を加える方法を確認してください。
  en: Ask how a removable medium or a write-once area can be added.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, important: true}, {asset: lab, important: true}, {asset: ris, important: true}, {asset: pc}]
    declared_backups:
      - {asset: ehr, job: a, offline: "no"}
      - {asset: lab, job: a, offline: "no"}
      - {asset: lab, job: b}
      - {asset: ris, job: a, offline: unknown}
      - {asset: pc, job: a, offline: "no"}
    fails: [ehr]
    unknowns: [[lab], [ris]]
  good:
    assets: [{asset: ehr, important: true}]
    declared_backups: [{asset: ehr, job: a, offline: "no"}, {asset: ehr, job: b, offline: "yes"}]
---*/
select asset, count(*) as jobs, case when bool_and(offline is not distinct from 'no') then null else 'to_confirm' end as unknown, min(evidence) as evidence
from declared_backups
group by asset
having not bool_or(offline is not distinct from 'yes')
