/*---
title: {ja: 何でもできるようになれる、ドメインの古いグループにだれかが入っている, en: Somebody is in an old group of the domain that leads to everything}
severity: medium
subject: asset
key: [asset, group, member]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: バックアップや印刷の係のためのこれらのグループは、ドメインコントローラの中身を持ち出したり、管理者になったりできます。名前から想像するより強い権限です。
  en: These groups for people who run backups or printers can carry off what a domain controller holds, or make themselves administrators. They are stronger than they sound.
message:
  ja: "{asset}: {member} がグループ {group} に入っています"
  en: "{asset}: {member} is in the group {group}"
fix:
  cost: none
  ja: 空にしてください。バックアップはバックアップ専用のアカウントで、パスワードの再発行などは組織単位(OU)への権限の委任で行えます。
  en: Empty them. Give backups an account of their own, and delegate work such as new passwords on an organizational unit instead.
  run: |
    net localgroup "Backup Operators" /domain
    net localgroup "Backup Operators" NAME /delete /domain
    net group "Schema Admins" /domain
    net group "Schema Admins" NAME /delete /domain
ask:
  ja: 製品がこのグループを必要とするか、どの権限に置き換えられるかを確認してください。
  en: Ask whether the product needs this group, and which right could take its place.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: dc, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    group_members:
      - {asset: dc, group_name: Backup Operators, group_id: S-1-5-32-551, member: svc-backup}
      - {asset: dc, group_name: Account Operators, group_id: S-1-5-32-548, member: helpdesk}
      - {asset: dc, group_name: Schema Admins, group_id: S-1-5-21-1-2-3-518, member: tanaka}
      - {asset: dc, group_name: Schema Admins, group_id: S-1-5-21-1-2-3-518, member: Administrator}
      - {asset: dc, group_name: Schema Admins, group_id: S-1-5-21-1-2-3-518, member: 'HOSP\Kanri'}
      - {asset: dc, group_name: Users, group_id: S-1-5-32-545, member: suzuki}
      - {asset: m, group_name: Backup Operators, group_id: S-1-5-32-551, member: svc-backup}
      - {asset: lx, group_name: Backup Operators, group_id: S-1-5-32-551, member: svc-backup}
    accounts:
      - {asset: dc, name: kanri, uid: S-1-5-21-1-2-3-500}
      - {asset: dc, name: tanaka, uid: S-1-5-21-1-2-3-1500}
      - {asset: m, name: tanaka, uid: S-1-5-21-4-5-6-500}
    fails: [[dc, Backup Operators, svc-backup], [dc, Account Operators, helpdesk], [dc, Schema Admins, tanaka]]
  good:
    hosts: [{asset: dc, platform: windows, domain_role: controller}]
    accounts: [{asset: dc, name: kanri, uid: S-1-5-21-1-2-3-500}, {asset: dc, name: suzuki, uid: S-1-5-21-1-2-3-1500}]
    group_members: [{asset: dc, group_name: Schema Admins, group_id: S-1-5-21-1-2-3-518, member: Kanri}, {asset: dc, group_name: Schema Admins, group_id: S-1-5-21-1-2-3-518, member: Administrator}, {asset: dc, group_name: Administrators, group_id: S-1-5-32-544, member: kanri}]
    passes: [dc]
---*/
-- The first administrator (-500) is in Schema Admins from the start, under whatever name he has now.
select g.asset, g.group_name as "group", g.member, g.evidence
from group_members g
where g.group_id in ('S-1-5-32-548', 'S-1-5-32-549', 'S-1-5-32-550', 'S-1-5-32-551')
  or (
    ends_with(g.group_id, '-518') and lower(g.member) <> 'administrator'
    and not exists (select 1 from accounts a where a.asset = g.asset and ends_with(a.uid, '-500') and lower(a.name) = regexp_replace(lower(g.member), '^.*\\', ''))
  )
