/*---
title: {ja: 戻したデータベースが動かなかった, en: The restored database did not start}
severity: critical
subject: asset
key: [asset, job, repository]
scope: select asset from backup_posture where observed
why:
  ja: ファイルが戻っても、データベースが起動して答えなければ、電子カルテは開きません。
  en: Files may come back, but without a database that starts and answers the EHR does not open.
message:
  ja: "{asset}: バックアップ {job} から戻した {database} は、起動しないか、確認の問いに期待どおり答えませんでした({ended})"
  en: "{asset}: {database}, restored from backup {job}, did not start or did not answer as expected ({ended})"
fix:
  cost: none
  ja: データベースの版と取り方を確かめてください。動いたままのフォルダの写しは、起動しないことがあります。製品の書き出し(PostgreSQLなら pg_dump)を毎晩加えます。
  en: Look at the version and at how it is backed up. A copy of the folder of a running database may not start; add the product's own dump every night (pg_dump for PostgreSQL).
ask:
  ja: データベースを正しく取る方法と、起動までを含む復元の手順を確認してください。
  en: Ask how the database is backed up rightly, and for a restore procedure up to its start.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, observed: true}, {asset: lab, observed: true}, {asset: ris, observed: true}, {asset: old, job: a}]
    restore_proofs:
      - {asset: old, job: a, repository: r, ended: 2026-01-10, result: failed, database_ok: false}
      - {asset: ehr, job: z, repository: r, ended: 2025-01-31, result: failed, database_ok: false}
      - {asset: ehr, job: a, repository: r, ended: 2026-01-10, database: PostgreSQL 15, database_ok: false}
      - {asset: ehr, job: b, repository: r, ended: 2026-01-10, database_ok: false}
      - {asset: ehr, job: b, repository: r, ended: 2026-01-11, database_ok: true}
      - {asset: lab, job: a, repository: r, ended: 2025-01-30, database_ok: false}
      - {asset: ris, job: a, repository: r, ended: 2026-01-10, database_ok: false}
      - {asset: ris, job: a, repository: q, ended: 2026-01-11, database_ok: true}
      - {asset: ris, job: b, repository: r, ended: 2026-01-11, database_ok: true}
      - {asset: ris, job: a, repository: r, ended: 2026-01-10, database_ok: true}
      - {asset: ris, job: a, repository: r, ended: 2026-01-12}
    fails: [[ehr, a, r], [ris, a, r], [ehr, z, r]]
    passes: [lab]
  good:
    backup_posture: [{asset: ehr, observed: true}]
    restore_proofs: [{asset: ehr, job: a, repository: r, ended: 2026-01-11, database_ok: true}]
---*/
select p.asset, p.job, p.repository, p.database, p.ended, p.evidence
from restore_proofs p
where p.database_ok = false and p.ended >= $now - interval 365 days
  and not exists (select 1 from restore_proofs l
      where l.asset = p.asset and l.job = p.job and l.repository = p.repository and l.ended > p.ended and l.database_ok)
