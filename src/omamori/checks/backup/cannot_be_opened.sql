/*---
title: {ja: バックアップの保存先を開けない, en: The place of the backup cannot be opened}
severity: high
subject: asset
key: [asset, job, repository]
scope: select asset from backup_posture where observed
why:
  ja: 見に行って開けない控えは、その日にも開けません。早く気付けば、まだ取り直せます。
  en: A copy that cannot be opened today will not open on the day either. Noticed early, it can still be made anew.
message:
  ja: "{asset}: バックアップ {job}({target})を開けませんでした({why_told})"
  en: "{asset}: backup {job} ({target}) could not be opened ({why_told})"
fix:
  cost: none
  ja: 保存先の電源、ケーブル、空き容量、名前の変更の順に見てください。別の場所に移しただけなら、その場所を指定してもう一度読みます。
  en: Look at power, cable, free space and a changed name, in this order. Where it was only moved, read it again at its new place.
  run: omamori backup verify PLACE
ask:
  ja: 保存先の今の場所と、開くために要るものを確認してください。
  en: Ask where it lies now and what is needed to open it.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, job: night, observed: true}, {asset: lab, job: night, observed: true}, {asset: old, job: night, declared: true}]
    backup_repositories:
      - {asset: ehr, job: a, repository: "restic:1", readable: false, unreadable_because: unreachable}
      - {asset: ehr, job: b, repository: "restic:2", readable: false, unreadable_because: not-a-repository}
      - {asset: ehr, job: c, repository: "restic:3", readable: false, unreadable_because: gone}
      - {asset: ehr, job: d, repository: "restic:4", readable: false, unreadable_because: wrong-password}
      - {asset: ehr, job: e, repository: "restic:5", readable: false, unreadable_because: program-missing}
      - {asset: ehr, job: g, repository: "restic:8", readable: false}
      - {asset: ehr, job: h, repository: "restic:9"}
      - {asset: lab, job: f, repository: "restic:6", readable: true}
      - {asset: old, job: g, repository: "restic:7", readable: false, unreadable_because: gone}
    fails: [[ehr, a, "restic:1"], [ehr, b, "restic:2"], [ehr, c, "restic:3"], [ehr, g, "restic:8"]]
    unknowns: [[ehr, e, "restic:5"], [ehr, h, "restic:9"]]
    passes: [lab]
  good:
    backup_posture: [{asset: ehr, job: night, observed: true}]
    backup_repositories: [{asset: ehr, job: a, repository: "restic:1", readable: true}]
---*/
-- A program that is not installed here says nothing about the repository.
select asset, job, repository, target, unreadable_because as why_told,
    case when readable is null then 'to_confirm' when unreadable_because = 'program-missing' then 'not_collected' end as unknown, evidence
from backup_repositories
where readable is not true and unreadable_because is distinct from 'wrong-password'
