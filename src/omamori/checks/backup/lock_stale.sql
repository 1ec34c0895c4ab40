/*---
title: {ja: バックアップに古い鍵(ロック)が残っている, en: A stale lock is left in the backup}
severity: medium
subject: asset
key: [asset, job, repository]
scope: select asset from backup_posture where observed
why:
  ja: 途中で止まった作業の鍵が残ると、次の整理や確認が動かず、控えが静かに古くなります。
  en: A lock left by a run that broke off keeps the next tidying or check from running, and the copies quietly grow old.
message:
  ja: "{asset}: バックアップ {job}({target})に {since} からの鍵が残っています"
  en: "{asset}: a lock since {since} is left in backup {job} ({target})"
fix:
  cost: none
  ja: その機器でバックアップが動いていないことを確かめてから、鍵を外してください。resticは restic unlock、BorgBackupは borg break-lock です。
  en: Make sure that no backup is running on that machine, then remove the lock - restic unlock, or borg break-lock.
ask:
  ja: 途中で止まったバックアップがあるか、鍵を外してよいかを確認してください。
  en: Ask whether a run broke off and whether the lock may be removed.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, job: a, observed: true}, {asset: lab, job: a, observed: true}, {asset: old, job: a}]
    backup_repositories:
      - {asset: ehr, job: a, repository: "restic:1", stale_lock_since: 2026-01-20, locks: 1}
      - {asset: lab, job: a, repository: "restic:2", locks: 1}
      - {asset: old, job: a, repository: "restic:3", stale_lock_since: 2026-01-20}
    fails: [[ehr, a, "restic:1"]]
    passes: [lab]
  good:
    - backup_posture: [{asset: ehr, job: a, observed: true}]
      backup_repositories: [{asset: ehr, job: a, repository: "restic:1", locks: 0}]
    - backup_posture: [{asset: ehr, job: a, observed: true}]
      backup_repositories: [{asset: ehr, job: a, repository: "restic:1"}]
      unknowns: [[ehr, a, "restic:1"]]
---*/
select asset, job, repository, target, stale_lock_since as since,
    case when stale_lock_since is null then 'not_collected' end as unknown, evidence
from backup_repositories
where stale_lock_since is not null or locks is null
