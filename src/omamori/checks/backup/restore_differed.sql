/*---
title: {ja: 戻したものが元と違ったか、戻せなかった, en: "What was restored differed, or could not be restored"}
severity: critical
subject: asset
key: [asset, job, repository]
scope: select asset from backup_posture where observed
why:
  ja: その日に初めて分かるはずだったことが、今日分かりました。元のデータがあるうちに取り直せます。
  en: It was found out today and not on the day. While the original is there, the copy can be made again.
message:
  ja: "{asset}: バックアップ {job} の復元({ended})は、違うファイルが{differ}、戻らないファイルが{lacking}ありました({because_told})"
  en: "{asset}: restoring backup {job} ({ended}) gave {differ} files that differ and lacked {lacking} ({because_told})"
fix:
  cost: none
  ja: 別の世代で同じ復元を試し、それも違えば、今夜別の場所に新しい控えを取ってください。使用中のファイルが違うだけなら、止めて取るか、製品の正しい取り方に替えます。
  en: Try the same restore from another generation. If that differs too, make a new copy elsewhere tonight. Where only open files differ, stop the program for the backup or use the product's own way.
  run: omamori backup prove PLACE --generation ID
ask:
  ja: 違いが出たファイルの種類を伝え、正しく取れているかを確認してください。
  en: Tell the vendor what kind of files differed and ask whether they are backed up rightly.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, observed: true}, {asset: lab, observed: true}, {asset: ris, observed: true}, {asset: old, job: a}]
    restore_proofs:
      - {asset: old, job: a, repository: r, ended: 2026-01-10, result: failed, database_ok: false}
      - {asset: ehr, job: z, repository: r, ended: 2025-01-31, result: failed, database_ok: false}
      - {asset: ehr, job: a, repository: r, ended: 2026-01-10, result: differs, files_differ: 2}
      - {asset: ehr, job: b, repository: r, ended: 2026-01-10, result: failed}
      - {asset: ehr, job: c, repository: r, ended: 2026-01-10, result: differs}
      - {asset: ehr, job: c, repository: r, ended: 2026-01-11, result: whole}
      - {asset: ehr, job: d, repository: r, ended: 2026-01-10, result: incomplete}
      - {asset: lab, job: a, repository: r, ended: 2025-01-30, result: failed}
      - {asset: ris, job: a, repository: r, ended: 2026-01-10, result: failed}
      - {asset: ris, job: a, repository: q, ended: 2026-01-11, result: whole}
      - {asset: ris, job: b, repository: r, ended: 2026-01-11, result: whole}
      - {asset: ris, job: a, repository: r, ended: 2026-01-10, result: whole}
      - {asset: ris, job: a, repository: r, ended: 2026-01-12, result: incomplete}
    fails: [[ehr, a, r], [ehr, b, r], [ris, a, r], [ehr, z, r]]
    passes: [lab]
  good:
    backup_posture: [{asset: ehr, observed: true}]
    restore_proofs: [{asset: ehr, job: a, repository: r, ended: 2026-01-11, result: whole}]
---*/
select p.asset, p.job, p.repository, p.ended, p.files_differ as differ, p.files_lacking as lacking, p.because as because_told, p.evidence
from restore_proofs p
where p.result in ('differs', 'failed') and p.ended >= $now - interval 365 days
  and not exists (select 1 from restore_proofs l
      where l.asset = p.asset and l.job = p.job and l.repository = p.repository and l.ended > p.ended and l.result = 'whole')
