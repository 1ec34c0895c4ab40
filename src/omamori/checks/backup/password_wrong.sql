/*---
title: {ja: 保管しているパスワードではバックアップが開かない, en: The password you keep does not open the backup}
severity: critical
subject: asset
key: [asset, job, repository]
scope: select asset from backup_posture where observed
why:
  ja: 暗号化された控えは、パスワードがなければ誰にも戻せません。作った会社にも戻せません。その日に気付いても遅い種類の失敗です。
  en: An encrypted copy cannot be restored by anybody without its password, not even by its maker. It is the kind of mistake that must not be found on the day.
message:
  ja: "{asset}: バックアップ {job}({target})は、保管しているパスワードでは開きませんでした"
  en: "{asset}: backup {job} ({target}) did not open with the password you keep"
fix:
  cost: none
  ja: いまバックアップが動いている機器の設定から正しいパスワードを写し、開くことを確かめてから、紙にして封筒に入れ、サーバとは別の金庫に置いてください。開くまでは、消したり作り直したりしないでください。
  en: Copy the right password from the settings of the machine that still makes the backup, try that it opens, then put it on paper in an envelope in a safe away from the servers. Delete or renew nothing before it opens.
  run: omamori backup verify PLACE --password-file FILE
ask:
  ja: バックアップの暗号化のパスワードを書面で受け取り、立会いのもとで開くことを確かめてください。
  en: Ask for the password of the backup in writing, and try in the vendor's presence that it opens.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, job: night, observed: true}, {asset: lab, job: night, observed: true}, {asset: old, job: night, declared: true}]
    backup_repositories:
      - {asset: ehr, job: night, repository: "restic:1", readable: false, unreadable_because: wrong-password}
      - {asset: ehr, job: night, repository: "restic:2", readable: false, unreadable_because: unreachable}
      - {asset: ehr, job: night, repository: "restic:5"}
      - {asset: lab, job: night, repository: "restic:3", readable: true}
      - {asset: old, job: night, repository: "restic:4", readable: false, unreadable_because: wrong-password}
    fails: [[ehr, night, "restic:1"]]
    unknowns: [[ehr, night, "restic:2"], [ehr, night, "restic:5"]]
    passes: [lab]
  good:
    backup_posture: [{asset: ehr, job: night, observed: true}]
    backup_repositories: [{asset: ehr, job: night, repository: "restic:1", readable: true}]
---*/
select asset, job, repository, target,
    case when unreadable_because is distinct from 'wrong-password' then 'not_collected' end as unknown, evidence
from backup_repositories
where readable is not true
