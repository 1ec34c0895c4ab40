/*---
title: {ja: 同じドメインのグループがどの機器でも管理者になっている, en: One group or account of the domain is administrator on many machines}
severity: high
subject: site
key: [member]
scope: select asset from assets where observed  # nobody knows the platform of those never looked at
why:
  ja: そのグループの一人のパスワードが漏れるだけで、すべての機器が管理者として操作されます。ランサムウエアが一晩で全体に広がるのは、この道からです。
  en: One leaked password of one member opens every machine as administrator. This is the way ransomware reaches all of them in one night.
message:
  ja: "{member} が3台以上で管理者のグループに入っています({machine} など)"
  en: "{member} is in the administrators of three machines or more, {machine} among them"
fix:
  cost: low
  ja: サーバ用と端末用に管理者のグループを分け、ふだん使うアカウントを入れないでください。端末ごとの管理者パスワードはLAPSで自動で変えられます。
  en: Keep separate groups for servers and client PCs, with no account of daily use in them. LAPS gives each PC an administrator password of its own.
  run: |
    net group "GROUP" /domain          # who is in it
    net localgroup Administrators      # on one machine
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, observed: true}, {asset: b, observed: true}, {asset: c, observed: true}]
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}]
    group_members:
      - {asset: a, group_id: S-1-5-32-544, member: 'HOSP\PC-Kanri'}
      - {asset: b, group_id: S-1-5-32-544, member: 'hosp\pc-kanri'}
      - {asset: c, group_id: S-1-5-32-544, member: 'HOSP\PC-Kanri'}
    fails: [['hosp\pc-kanri']]
  good:
    assets: [{asset: a, observed: true}, {asset: b, observed: true}, {asset: c, observed: true}, {asset: lx, observed: true}, {asset: paper, observed: false, declared: true}]
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: lx, platform: linux}]
    incomplete: {group_members: [paper], hosts: [paper]}
    group_members:
      - {asset: a, group_id: S-1-5-32-544, member: 'HOSP\two'}
      - {asset: b, group_id: S-1-5-32-544, member: 'HOSP\two'}
      - {asset: a, group_id: S-1-5-32-544, member: 'HOSP\late'}
      - {asset: b, group_id: S-1-5-32-544, member: 'HOSP\late'}
      - {asset: c, group_id: S-1-5-32-544, member: 'HOSP\other'}
      - {asset: a, group_id: S-1-5-32-544, member: 'HOSP\twice'}
      - {asset: c, group_id: S-1-5-32-544, member: 'HOSP\twice'}
      - {asset: b, group_id: S-1-5-32-555, member: 'HOSP\twice'}
      - {asset: a, group_id: S-1-5-32-544, member: Administrator}
      - {asset: b, group_id: S-1-5-32-544, member: Administrator}
      - {asset: c, group_id: S-1-5-32-544, member: Administrator}
      - {asset: a, group_id: S-1-5-32-544, member: 'HOSP\Domain Admins'}
      - {asset: b, group_id: S-1-5-32-544, member: 'HOSP\Domain Admins'}
      - {asset: c, group_id: S-1-5-32-544, member: 'HOSP\Domain Admins'}
      - {asset: b, group_id: S-1-5-32-544, member: 'HOSP\pair'}
      - {asset: c, group_id: S-1-5-32-544, member: 'HOSP\pair'}
      - {asset: a, group_id: S-1-5-32-544, member: 'HOSP\linux'}
      - {asset: b, group_id: S-1-5-32-544, member: 'HOSP\linux'}
      - {asset: lx, group_id: S-1-5-32-544, member: 'HOSP\linux'}
    passes: [site]
---*/
-- Domain Admins belong there by themselves; everybody's groups are told by accounts.everybody_in_administrators.
-- Three machines that were seen are certain, whatever was not seen elsewhere: so none is counted.
with administrators as (
  select g.asset, lower(g.member) as member, g.evidence
  from group_members g
  join hosts h on h.asset = g.asset and h.platform = 'windows'
  where g.group_id = 'S-1-5-32-544'
    and regexp_full_match(lower(g.member), '.+\\.+')
    and not regexp_full_match(lower(g.member), '.*\\(domain admins|domain users|enterprise admins|users|everyone|authenticated users|interactive)')
)
select x.member, x.asset as machine, x.evidence
from administrators x
where exists (
  select 1 from administrators y
  where y.member = x.member and y.asset > x.asset
    and exists (select 1 from administrators z where z.member = y.member and z.asset > y.asset)
)
