/*---
title: {ja: 取り外したことになっている媒体が、すべて装置に入っている, en: All media that are said to be taken out are in their drives}
severity: high
subject: asset
key: [asset, job]
scope: select asset from declared_backups where offline = 'yes' and medium in ('disk', 'tape')
why:
  ja: 一本も外に出ていない時間があると、その間に襲われれば控えはすべて失われます。
  en: While not one of them is out, an attack in that hour takes them all.
message:
  ja: "{asset}: バックアップ {job} の媒体{media}本は、記録ではすべて装置に入っています(最後に外した日 {last})"
  en: "{asset}: by the log all {media} media of backup {job} are in their drives (last taken out {last})"
fix:
  cost: none
  ja: 一本を今抜いて、鍵のかかる別の部屋に置いてください。入れ替えは「次を入れる前に、前を抜く」ではなく「一本は必ず外」と決めます。
  en: Take one out now and lock it away in another room. Make it a rule that one is out at all times.
ask:
  ja: 媒体の入れ替えの手順で、いつも一本は外にあるかを確認してください。
  en: Ask whether by their procedure one medium is out at all times.
examples:
  now: 2026-01-31
  bad:
    declared_backups:
      - {asset: ehr, job: a, offline: "yes", medium: disk}
      - {asset: lab, job: a, offline: "no", medium: disk}
      - {asset: nas, job: a, offline: "yes", medium: tape}
      - {asset: net, job: a, offline: "yes", medium: other-server}
      - {asset: ris, job: a, offline: "yes", medium: disk}
      - {asset: ris, job: c, offline: "no", medium: disk}
      - {asset: ris, job: d, offline: "yes", medium: other-server}
      - {asset: sp, job: a, offline: "yes", medium: disk}
    backup_media:
      - {asset: ehr, job: a, medium: r1, taken_out: 2026-01-10, put_back: 2026-01-10}
      - {asset: ehr, job: a, medium: r2, written: 2026-01-12}
      - {asset: ehr, job: b, medium: r3, taken_out: 2026-01-12}
      - {asset: lab, job: a, medium: r4, written: 2026-01-12}
      - {asset: nas, medium: r8, written: 2026-01-12}
      - {asset: net, medium: r0, written: 2026-01-12}
      - {asset: ris, job: a, medium: r5, taken_out: 2026-01-12}
      - {asset: ris, job: a, medium: r6, written: 2026-01-12}
      - {asset: ris, job: c, medium: r7, written: 2026-01-12}
      - {asset: ris, job: d, medium: r7, written: 2026-01-12}
      - {asset: sp, job: z, medium: r9, written: 2026-01-12}
    fails: [[ehr, a], [nas, a]]
    unknowns: [[sp, a]]
    passes: [ris]
  good:
    declared_backups: [{asset: ehr, job: a, offline: "yes", medium: disk}]
    backup_media: [{asset: ehr, job: a, medium: r1, taken_out: 2026-01-10}]
---*/
select d.asset, d.job, count(distinct m.medium) as media, max(m.taken_out) as last, case when count(m.medium) = 0 then 'to_confirm' end as unknown, coalesce(min(m.evidence), min(d.evidence)) as evidence
from declared_backups d
left join backup_media m on m.asset = d.asset and coalesce(m.job, d.job) = d.job
where d.offline = 'yes' and d.medium in ('disk', 'tape')
group by d.asset, d.job
having count(*) filter (m.taken_out is not null and m.put_back is null) = 0
