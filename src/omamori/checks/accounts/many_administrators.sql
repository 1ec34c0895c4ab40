/*---
title: {ja: 管理者が多い, en: There are many administrators}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 管理者の一人ひとりが、機器全体への入口になります。
  en: Each administrator is a door to the whole machine.
message:
  ja: "{asset}: 管理者のグループに {count} の名前があります({names})"
  en: "{asset}: {count} names are in the group of administrators ({names})"
fix:
  cost: none
  ja: 誰のものかを確かめ、要らないものを外してください。
  en: Find out whose they are and take out those not needed.
  run: |
    net localgroup Administrators
ask:
  ja: 業者のアカウントはどれか、要るものはどれかを確認してください。
  en: Ask which are theirs and which are needed.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    group_members:
      - {asset: a, group_id: S-1-5-32-544, member: a1}
      - {asset: a, group_id: S-1-5-32-544, member: a2}
      - {asset: a, group_id: S-1-5-32-544, member: a3}
      - {asset: a, group_id: S-1-5-32-544, member: a4}
      - {asset: a, group_id: S-1-5-32-544, member: a5}
      - {asset: b, group_id: S-1-5-32-544, member: a1}
      - {asset: b, group_id: S-1-5-32-544, member: a2}
      - {asset: b, group_id: S-1-5-32-544, member: a3}
      - {asset: b, group_id: S-1-5-32-544, member: a4}
      - {asset: b, group_id: S-1-5-32-544, member: a4}
      - {asset: b, group_id: S-1-5-32-544, member: 'HOSP\a4'}
      - {asset: b, group_id: S-1-5-32-545, member: a5}
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}, {asset: lx, platform: linux}]
    group_members: [{asset: a, group_id: S-1-5-32-544, member: a1}]
    passes: [a]
---*/
with administrators as (
    select asset, regexp_replace(member, '^.*\\', '') as name, evidence from group_members where group_id = 'S-1-5-32-544'
)
select asset, count(distinct name) as count, string_agg(distinct name, ', ' order by name) as names, min(evidence) as evidence
from administrators
group by asset
having count(distinct name) > 4
