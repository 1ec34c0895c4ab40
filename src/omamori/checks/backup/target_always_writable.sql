/*---
title: {ja: バックアップの保存先がいつも書き込める状態でつながっている, en: The place of the backup is always mounted for writing}
severity: high
subject: asset
key: [asset, job]
scope: select asset from backup_posture
why:
  ja: サーバを暗号化した者は、つながった保存先も同じように暗号化します。公表された被害で何度も起きています。
  en: Whoever encrypts the server also encrypts what is mounted on it. It has happened again and again.
message:
  ja: "{asset}: {job} の保存先 {target} は、取り終わってもつながったままで、書き込めます"
  en: "{asset}: {target}, where {job} writes, stays attached after the run and may be written to"
fix:
  cost: none
  ja: 取るときだけつなぎ、終わったら外してください(「取るときだけつなぐNAS」)。保存先の側から取りに来る形にすると、さらに確実です。
  en: Mount it for the run only and unmount it afterwards (a NAS connected only while copying); still better, let the other side fetch.
  run: |
    sudo mount /mnt/backup && /usr/local/bin/backup.sh; sudo umount /mnt/backup
ask:
  ja: 取り終えたら切り離すか、消せない(追記だけの)保存先にできるかを確認してください。
  en: Ask whether it can be disconnected after the run, or become append-only storage.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: inside, always_mounted: true, kept_on: ehr}
      - {asset: ehr, job: night, target: /mnt/nas/ehr, always_mounted: true}
      - {asset: ehr, job: week, always_mounted: false}
      - {asset: lab, job: night, always_mounted: true, offline: true, offline_by: append-only}
      - {asset: ris, job: night, always_mounted: true, offline: true, offline_by: object-lock}
    fails: [[ehr, night]]
  good:
    - backup_posture: [{asset: a, job: night, always_mounted: false}]
    - backup_posture: [{asset: a, job: night}]
      missing: {backup_posture: [always_mounted]}
      unknowns: [a]
---*/
-- What lies inside the machine itself is told by another check.
select asset, job, target, evidence
from backup_posture
where always_mounted and offline_by not in ('append-only', 'object-lock') and coalesce(kept_on, '') <> asset
