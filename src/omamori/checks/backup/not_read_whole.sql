/*---
title: {ja: 控えを最後の1バイトまで読んだのが90日より前, en: Not every byte of the backup was read within 90 days}
severity: medium
subject: asset
key: [asset, job, repository]
scope: select asset from backup_posture where observed
why:
  ja: ディスクの傷みは、読むまで分かりません。目録が合うことと、中身が読めることは別です。
  en: A failing disk is noticed only by reading. That the lists fit says nothing about the contents.
message:
  ja: "{asset}: バックアップ {job}({target})は、すべてを読み終えた日が {since} です(今の一巡で{parts}のうち{read}まで)"
  en: "{asset}: all of backup {job} ({target}) was read since {since} ({read} of {parts} parts in the present round)"
fix:
  cost: none
  ja: 毎週少しずつ読ませてください。一度に1割なら、十週で一巡します。
  en: Let a share be read every week; with a tenth each time all has been read in ten weeks.
  run: omamori backup verify PLACE --share 10%
ask:
  ja: 控えの中身を読んで確かめる作業が保守に含まれるか、最後はいつかを確認してください。
  en: Ask whether reading the copies is part of the service, and when it was last done.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, job: a, observed: true}, {asset: old, job: a}]
    backup_repositories:
      - {asset: ehr, job: a, repository: "restic:1", readable: true, whole_since: "2025-11-01 23:59:59"}
      - {asset: ehr, job: b, repository: "restic:2", readable: true, whole_since: "2025-11-02 00:00:00"}
      - {asset: ehr, job: c, repository: "restic:3", readable: true, parts: 10, parts_read: 3}
      - {asset: ehr, job: d, repository: "restic:4", readable: false}
      - {asset: old, job: a, repository: "restic:5", readable: true, whole_since: 2020-01-01}
    fails: [[ehr, a, "restic:1"], [ehr, c, "restic:3"]]
    unknowns: [[ehr, d, "restic:4"]]
  good:
    backup_posture: [{asset: ehr, job: a, observed: true}]
    backup_repositories: [{asset: ehr, job: a, repository: "restic:1", readable: true, whole_since: "2025-11-02 00:00:00"}]
---*/
select asset, job, repository, target, whole_since as since, parts, parts_read as read,
    case when readable is not true then 'not_collected' end as unknown, evidence
from backup_repositories
where coalesce(whole_since, timestamp '1970-01-01') < $now - interval 90 days
