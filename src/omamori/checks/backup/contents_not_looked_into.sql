/*---
title: {ja: 控えの中身に攻撃の跡がないかを見たことがない, en: The contents of the backup were never looked into for traces}
severity: medium
subject: asset
key: [asset, job, repository]
scope: select asset from backup_posture where observed
why:
  ja: 攻撃者が何週間も前から書き込んでいることがあります。どの世代がきれいかを、その日に調べる時間はありません。
  en: An attacker may have been writing for weeks. On the day there is no time to find out which generation is clean.
message:
  ja: "{asset}: バックアップ {job}({target})の中身を、まだ世代の間で比べていません"
  en: "{asset}: the generations of backup {job} ({target}) were not compared yet"
fix:
  cost: none
  ja: 一度見れば、次からは前の世代との違いだけを見ます。読むだけで、置き場所には何も書きません。
  en: After the first time only what changed is looked at. It only reads; nothing is written to the place.
  run: omamori backup verify PLACE --password-file FILE
ask:
  ja: 控えを読むためのパスワードと、読み取り専用のIDをもらえるかを確認してください。
  en: Ask for the password of the backup and an account that may only read it.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, job: a, observed: true}, {asset: old, job: a}]
    backup_repositories:
      - {asset: ehr, job: a, repository: "restic:1", looked_into: false, readable: true}
      - {asset: ehr, job: d, repository: "restic:6", readable: true}
      - {asset: ehr, job: c, repository: "restic:3", looked_into: false, readable: false}
      - {asset: ehr, job: b, repository: "restic:2", looked_into: true}
      - {asset: old, job: a, repository: "restic:4", looked_into: false}
    fails: [[ehr, a, "restic:1"]]
    unknowns: [[ehr, c, "restic:3"], [ehr, d, "restic:6"]]
  good:
    - backup_posture: [{asset: ehr, job: a, observed: true}]
      backup_repositories: [{asset: ehr, job: a, repository: "restic:1", looked_into: true}]
    - backup_posture: [{asset: ehr, job: a, observed: true}]
      backup_repositories: [{asset: ehr, job: a, repository: "restic:1"}]
      unknowns: [[ehr, a, "restic:1"]]
---*/
select asset, job, repository, target, case when looked_into is null or readable is not true then 'not_collected' end as unknown, evidence
from backup_repositories
where looked_into is not true
