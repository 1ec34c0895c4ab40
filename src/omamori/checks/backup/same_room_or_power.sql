/*---
title: {ja: すべての控えがサーバと同じ部屋か同じ電源にある, en: All copies are in the same room or on the same power as the server}
severity: medium
subject: asset
key: [asset]
scope: select a.asset from assets a join declared_backups b on b.asset = a.asset where a.important
why:
  ja: 水漏れ、落雷、分電盤の故障一つで、元と控えが同時に止まります。
  en: One leak, one lightning or one broken fuse box stops the original and the copies together.
message:
  ja: "{asset}: 控え{copies}件のうち、部屋も電源も別のものが台帳にありません"
  en: "{asset}: by the ledger none of its {copies} copies is in another room and on another power"
fix:
  cost: none
  ja: NASを別の部屋の別のコンセントに移すか、抜いたディスクを別の部屋にしまってください。
  en: Move the NAS to another room and another socket, or keep the disks that are out in another room.
ask:
  ja: 控えの機器を別の部屋・別の電源に移せるかを確認してください。
  en: Ask whether the place that keeps the copies can move to another room and power.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, important: true}, {asset: lab, important: true}, {asset: ris, important: true}, {asset: mix, important: true}, {asset: pc}]
    declared_backups:
      - {asset: ehr, job: a, other_room: "no", other_power: "yes"}
      - {asset: ehr, job: b, other_room: "yes", other_power: "no"}
      - {asset: ehr, job: c, other_power: "no"}
      - {asset: ehr, job: d, other_room: "no"}
      - {asset: lab, job: a, other_room: "yes"}
      - {asset: ris, job: a, other_power: "yes"}
      - {asset: mix, job: a, other_room: "no"}
      - {asset: mix, job: b}
      - {asset: pc, job: a, other_room: "no", other_power: "no"}
    fails: [ehr]
    unknowns: [[lab], [ris], [mix]]
  good:
    assets: [{asset: ehr, important: true}]
    declared_backups: [{asset: ehr, job: a, other_room: "no"}, {asset: ehr, job: b, other_room: "yes", other_power: "yes"}]
---*/
select asset, count(*) as copies,
    case when bool_and(other_room is not distinct from 'no' or other_power is not distinct from 'no') then null else 'to_confirm' end as unknown,
    min(evidence) as evidence
from declared_backups
group by asset
having not bool_or(other_room is not distinct from 'yes' and other_power is not distinct from 'yes')
