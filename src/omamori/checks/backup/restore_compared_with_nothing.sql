/*---
title: {ja: 戻したものを、元の一覧と比べていない, en: The restored files were not compared with a list of the originals}
severity: low
subject: asset
key: [asset, job]
scope: select asset from backup_posture where restored_proven
why:
  ja: 戻せても、取ったときと同じ中身かは別です。取るときにハッシュの一覧を残しておくと、次の復元で一つずつ確かめられます。
  en: That files come back does not say that they are what was backed up. With a list of hashes made at backup time, the next restore can compare each.
message:
  ja: "{asset}: バックアップ {job} の復元({restored})は、比べる相手が「{compared_told}」でした"
  en: "{asset}: restoring backup {job} ({restored}) compared with: {compared_told}"
fix:
  cost: none
  ja: バックアップの直前に一覧を作り、控えとは別の場所に置いてください。読むだけの命令一つで作れます。
  en: Make the list right before a backup and keep it apart from the copy; one command that only reads does it.
  run: omamori backup manifest FOLDER --out FILE
ask:
  ja: バックアップの直前に、元のファイルの一覧を作る命令を加えられるかを確認してください。
  en: Ask whether a command that lists the originals can be run before the backup.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: a, restored_proven: true, compared_with: nothing}
      - {asset: ehr, job: b, restored_proven: true, compared_with: repository}
      - {asset: ehr, job: c, restored_proven: true, compared_with: manifest}
      - {asset: ehr, job: d, restored_proven: true, compared_with: manifest-inside}
      - {asset: lab, job: a, compared_with: nothing}
    fails: [[ehr, a], [ehr, b]]
  good:
    - backup_posture: [{asset: ehr, job: a, restored_proven: true, compared_with: manifest}]
    - backup_posture: [{asset: ehr, job: a, restored_proven: true}]
      missing: {backup_posture: [compared_with]}
      unknowns: [ehr]
---*/
select asset, job, restored, compared_with as compared_told, evidence
from backup_posture
where compared_with in ('nothing', 'repository')
