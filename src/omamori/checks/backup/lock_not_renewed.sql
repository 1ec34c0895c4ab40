/*---
title: {ja: 消せない期間が切れたか、延ばされていない, en: The lock of a backup ran out or is not renewed}
severity: high
subject: asset
key: [asset, job, repository]
scope: select asset from backup_posture where observed
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
equivalent:
  "negate locked_until is null": both words mean unknown; only the reason told differs
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, observed: true}, {asset: lab, observed: true}, {asset: old, job: a}]
    backup_repositories:
      - {asset: ehr, job: a, repository: r1, locked_until: 2026-03-01, lock_renewed: false}
      - {asset: ehr, job: b, repository: r2, locked_until: "2026-01-30 23:59:59", lock_renewed: true}
      - {asset: ehr, job: c, repository: r3, locked_until: "2026-01-31 00:00:00", lock_renewed: true}
      - {asset: ehr, job: d, repository: r4, locked_until: 2026-03-01}
      - {asset: ehr, job: e, repository: r5, locked_until: 2026-01-01}
      - {asset: ehr, job: f, repository: r6, lock_renewed: false}
      - {asset: ehr, job: g, repository: r9, locked_until: 2026-01-31}
      - {asset: ehr, job: h, repository: r10, readable: false}
      - {asset: lab, job: a, repository: r7, readable: true}
      - {asset: old, job: a, repository: r8, locked_until: 2026-01-01}
    fails: [[ehr, a, r1], [ehr, b, r2], [ehr, e, r5], [ehr, f, r6]]
    unknowns: [[ehr, d, r4], [ehr, g, r9], [ehr, h, r10]]
    passes: [lab]
  good:
    backup_posture: [{asset: ehr, observed: true}]
    backup_repositories: [{asset: ehr, job: a, repository: r1, locked_until: 2026-03-01, lock_renewed: true}]
---*/
select asset, job, repository, locked_until as until,
    case when lock_renewed = false or locked_until < $now then null when locked_until is null then 'not_collected' else 'to_confirm' end as unknown,
    evidence
from backup_repositories
where lock_renewed = false or locked_until < $now or (locked_until is not null and lock_renewed is null)
    or (locked_until is null and readable is not true)
