/*---
title: {ja: すべての控えがサーバと同じ建物にある, en: All copies are in the same building as the server}
severity: medium
subject: asset
key: [asset]
scope: select a.asset from assets a join declared_backups b on b.asset = a.asset where a.important
why:
  ja: 火事、水害、地震では、建物ごと失われます。備える相手は攻撃者だけではありません。
  en: Fire, flood or an earthquake takes the building as a whole. Attackers are not the only thing to be ready for.
message:
  ja: "{asset}: 控え{copies}件のうち、別の建物にあるものが台帳にありません"
  en: "{asset}: by the ledger none of its {copies} copies is in another building"
fix:
  cost: none
  ja: 月に一度、抜いたディスクを一本、別棟か分院の金庫に移してください(「別の建物・拠点」)。運ぶ間のために、必ず暗号化します。
  en: Once a month take one of the disks to a safe in another building or site. Encrypt it for the way.
ask:
  ja: 別の建物に置く媒体を加えられるかと、運び方を確認してください。
  en: Ask whether a medium can be kept in another building, and how it gets there.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, important: true}, {asset: lab, important: true}, {asset: pc}]
    declared_backups:
      - {asset: ehr, job: a, other_building: "no"}
      - {asset: ehr, job: b, other_building: "no"}
      - {asset: lab, job: a, other_building: "no"}
      - {asset: lab, job: b}
      - {asset: pc, job: a, other_building: "no"}
    fails: [ehr]
    unknowns: [[lab]]
  good:
    assets: [{asset: ehr, important: true}]
    declared_backups: [{asset: ehr, job: a, other_building: "no"}, {asset: ehr, job: b, other_building: "yes"}]
---*/
select asset, count(*) as copies, case when bool_and(other_building is not distinct from 'no') then null else 'to_confirm' end as unknown, min(evidence) as evidence
from declared_backups
group by asset
having not bool_or(other_building is not distinct from 'yes')
