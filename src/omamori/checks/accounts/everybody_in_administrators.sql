/*---
title: {ja: 全員が管理者に入っている, en: Everybody is in Administrators}
severity: high
subject: asset
key: [asset, member]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 誰か一人のパスワードが漏れるか、一人が添付ファイルを開くだけで、機器全体が奪われます。公表された被害でも、全員が管理者でした。
  en: One leaked password, or one opened attachment, gives the whole machine away. In published incidents everybody was administrator.
message:
  ja: "{asset}: {member} が管理者のグループに入っています"
  en: "{asset}: {member} is in the group of administrators"
fix:
  cost: low
  ja: 業務ソフトが管理者でなくても動くかを一台で試し、グループから外してください。
  en: Try on one machine whether the software works without, then take it out of the group.
  run: |
    net localgroup Administrators
    net localgroup Administrators "HOSP\Domain Users" /delete
ask:
  ja: 管理者でないと動かない機能がどれかを確認してください。
  en: Ask which functions really need administrator rights.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    group_members:
      - {asset: a, group_name: Administrators, group_id: S-1-5-32-544, member: 'HOSP\Domain Users'}
      - {asset: a, group_name: Administrators, group_id: S-1-5-32-544, member: 'HOSP\Domain Admins'}
      - {asset: a, group_name: Users, group_id: S-1-5-32-545, member: Everyone}
      - {asset: b, group_name: Administrateurs, group_id: S-1-5-32-544, member: 'NT AUTHORITY\Authenticated Users'}
      - {asset: lx, group_name: Administrators, group_id: S-1-5-32-544, member: Everyone}
    fails: [[a, 'HOSP\Domain Users'], [b, 'NT AUTHORITY\Authenticated Users']]
  good:
    hosts: [{asset: a, platform: windows}]
    group_members: [{asset: a, group_name: Administrators, group_id: S-1-5-32-544, member: 'HOSP\Domain Admins'}, {asset: a, group_name: Users, group_id: S-1-5-32-545, member: 'HOSP\Domain Users'}]
    passes: [a]
---*/
select asset, member, evidence
from group_members
where group_id = 'S-1-5-32-544'
  and regexp_full_match(lower(member), '(.*\\)?(everyone|users|domain users|authenticated users|interactive)|s-1-1-0|s-1-5-11|s-1-5-4|s-1-5-32-545|s-1-5-21-.*-513')
