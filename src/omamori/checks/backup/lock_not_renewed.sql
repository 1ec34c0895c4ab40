/*---
title: {ja: 消せない期間が切れたか、延ばされていない, en: The lock of a backup ran out or is not renewed}
severity: high
subject: asset
key: [asset, job]
scope: select asset from backup_posture where offline_by = 'object-lock' or locked_until is not null
why:
  ja: 取ったときだけの鍵は、やがて切れます。切れた世代から順に、攻撃者にも消せるようになります。
  en: A lock set only when the copy is made runs out, and from then on an attacker can delete that generation too.
message:
  ja: "{asset}: バックアップ {job} の消せない期間は {until} までで、まだ要る世代が守られていません"
  en: "{asset}: the lock of backup {job} holds until {until}; generations that are still needed are not protected"
fix:
  cost: none
  ja: 「消せない保存先」の設定で、残している世代の分だけ毎日期限を延ばすようにしてください。期間は、気付くまでの日数(30日以上)に合わせます。
  en: Let the write-once storage renew the lock every day for the generations that are kept, and make it as long as noticing may take (30 days or more).
ask:
  ja: 消せない期間の長さと、世代が残っている間は延ばされるかを確認してください。
  en: Ask how long the lock is, and whether it is renewed while a generation is kept.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: a, offline_by: object-lock, locked_until: 2026-03-01, lock_renewed: false}
      - {asset: ehr, job: b, offline_by: object-lock, locked_until: "2026-01-30 23:59:59", lock_renewed: true}
      - {asset: ehr, job: c, locked_until: "2026-01-31 00:00:00", lock_renewed: true}
      - {asset: tape, job: a, lock_renewed: false}
      - {asset: lab, job: a, locked_until: 2026-01-01}
      - {asset: ris, job: a, offline_by: object-lock, lock_renewed: false}
    fails: [[ehr, a], [ehr, b], [lab, a], [ris, a]]
  good:
    - backup_posture: [{asset: ehr, job: a, offline_by: object-lock, locked_until: 2026-03-01, lock_renewed: true}]
    - backup_posture: [{asset: ehr, job: a, offline_by: object-lock, locked_until: 2026-03-01}]
      missing: {backup_posture: [lock_renewed]}
      unknowns: [ehr]
---*/
select asset, job, locked_until as until, evidence
from backup_posture
where lock_renewed = false or locked_until < $now
