/*---
title: {ja: ドメインの管理者が多い, en: The domain has many administrators}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: ドメインの管理者は病院のすべてのWindowsを動かせます。一人分のパスワードが漏れれば足りるので、数がそのまま危うさになります。
  en: An administrator of the domain commands every Windows of the hospital. One leaked password is enough, so every further one adds to the risk.
message:
  ja: "{asset}: ドメインの管理者が {count} 人います: {names}"
  en: "{asset}: there are {count} administrators of the domain: {names}"
fix:
  cost: none
  ja: 要らない人、退職者、業者、サービス用のアカウントを外し、2〜3人にしてください。端末の管理には、端末だけの管理者を使います。
  en: Take out people who do not need it, those who left, vendors and accounts of services, down to two or three. For client PCs use administrators of client PCs alone.
  run: |
    net group "Domain Admins" /domain
    net group "Domain Admins" NAME /delete /domain
ask:
  ja: 業者のアカウントがドメインの管理者である必要があるか、保守の時だけ有効にできるかを確認してください。
  en: Ask whether the vendor's account has to be administrator of the domain, and whether it can be enabled only for maintenance.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: dc, platform: windows, domain_role: controller}, {asset: few, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    group_members:
      - {asset: dc, group_id: S-1-5-21-1-2-3-512, member: a1}
      - {asset: dc, group_id: S-1-5-21-1-2-3-512, member: a2}
      - {asset: dc, group_id: S-1-5-21-1-2-3-512, member: a3}
      - {asset: dc, group_id: S-1-5-21-1-2-3-512, member: a4}
      - {asset: dc, group_id: S-1-5-21-1-2-3-512, member: a5}
      - {asset: dc, group_id: S-1-5-21-1-2-3-512, member: a6}
      - {asset: few, group_id: S-1-5-21-1-2-3-512, member: a1}
      - {asset: few, group_id: S-1-5-21-1-2-3-512, member: a2}
      - {asset: few, group_id: S-1-5-21-1-2-3-512, member: a3}
      - {asset: few, group_id: S-1-5-21-1-2-3-512, member: a4}
      - {asset: few, group_id: S-1-5-21-1-2-3-512, member: a5}
      - {asset: few, group_id: S-1-5-21-1-2-3-513, member: a6}
      - {asset: m, group_id: S-1-5-21-1-2-3-512, member: a1}
      - {asset: m, group_id: S-1-5-21-1-2-3-512, member: a2}
      - {asset: m, group_id: S-1-5-21-1-2-3-512, member: a3}
      - {asset: m, group_id: S-1-5-21-1-2-3-512, member: a4}
      - {asset: m, group_id: S-1-5-21-1-2-3-512, member: a5}
      - {asset: m, group_id: S-1-5-21-1-2-3-512, member: a6}
      - {asset: lx, group_id: S-1-5-21-1-2-3-512, member: a1}
      - {asset: lx, group_id: S-1-5-21-1-2-3-512, member: a2}
      - {asset: lx, group_id: S-1-5-21-1-2-3-512, member: a3}
      - {asset: lx, group_id: S-1-5-21-1-2-3-512, member: a4}
      - {asset: lx, group_id: S-1-5-21-1-2-3-512, member: a5}
      - {asset: lx, group_id: S-1-5-21-1-2-3-512, member: a6}
    fails: [dc]
  good:
    hosts: [{asset: dc, platform: windows, domain_role: controller}]
    group_members: [{asset: dc, group_id: S-1-5-21-1-2-3-512, member: a1}, {asset: dc, group_id: S-1-5-21-1-2-3-512, member: a2}]
    passes: [dc]
---*/
select asset, count(distinct member) as count, string_agg(distinct member, ', ' order by member) as names, min(evidence) as evidence
from group_members
where ends_with(group_id, '-512')
group by asset
having count(distinct member) > 5
