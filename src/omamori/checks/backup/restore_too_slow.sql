/*---
title: {ja: 戻すのにかかる時間が、望む時間より長い, en: Restoring takes longer than wanted}
severity: high
subject: asset
key: [asset, job]
scope: select p.asset from backup_posture p join ledger_assets m on m.asset = p.asset where m.recovery_hours is not null and p.observed
why:
  ja: 紙で診療を続けられる時間には限りがあります。測った速さで計算すると、その時間に間に合いません。
  en: Care on paper can go on for so long. At the speed that was measured, the system is not back by then.
message:
  ja: "{asset}: バックアップ {job} から全部を戻すには、測った速さで約{hours}時間かかります(望む時間は{wanted}時間)"
  en: "{asset}: at the measured speed, restoring all of backup {job} takes about {hours} hours ({wanted} wanted)"
fix:
  cost: low
  ja: 先に要るもの(今月の記録、薬、患者の基本情報)だけを戻す順番を決めてください。次に、手元に一番新しい控えを一つ置くと速くなります。遠いクラウドや磁気テープだけでは間に合わないことがあります。
  en: Decide what is restored first (this month's records, drugs, patients' basic data). A newest copy kept near at hand makes it faster; a far cloud or magnetic tape alone may not do.
ask:
  ja: 診療の再開に要る部分だけを先に戻す手順と、その時間を確認してください。
  en: Ask how to restore first what care needs to start again, and how long that takes.
equivalent:
  "join ledger_assets as m -> left": without a row nothing is compared
examples:
  now: 2026-01-31
  bad:
    ledger_assets: [{asset: ehr, recovery_hours: 24}, {asset: lab, recovery_hours: 24}, {asset: pc}]
    backup_posture:
      - {asset: ehr, job: a, whole_hours: 24.5, observed: true}
      - {asset: ehr, job: b, whole_hours: 24.0, observed: true}
      - {asset: ehr, job: c, observed: true}
      - {asset: ehr, job: shadow-copy, observed: true}
      - {asset: lab, job: a, whole_hours: 99.0}
      - {asset: pc, job: a, whole_hours: 99.0, observed: true}
    fails: [[ehr, a]]
    unknowns: [[ehr, c]]
    passes: []
  good:
    ledger_assets: [{asset: ehr, recovery_hours: 24}]
    backup_posture: [{asset: ehr, job: a, whole_hours: 23.0, observed: true}]
---*/
select p.asset, p.job, round(p.whole_hours, 1) as hours, m.recovery_hours as wanted,
    case when p.whole_hours is null then 'not_collected' end as unknown, p.evidence
from backup_posture p join ledger_assets m on m.asset = p.asset
where (p.whole_hours > m.recovery_hours or p.whole_hours is null) and p.job <> 'shadow-copy'
