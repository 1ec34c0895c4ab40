/*---
title: {ja: 全員が管理者になっている, en: Everybody is an administrator}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 全員が管理者だと、一人のパスワードが漏れただけで機器全体が奪われます。
  en: When all are administrators, one leaked password gives away the machine.
message:
  ja: "{asset}: 使えるアカウント{people}個がすべて管理者グループに入っています"
  en: "{asset}: all {people} accounts in use belong to the administrators' group"
fix:
  cost: none
  ja: 普段の作業に管理者の権限が要らない人を、グループから外してください。
  en: Take those out of the group who do not need it for their daily work.
  run: |
    sudo gpasswd -d NAME sudo
    sudo gpasswd -d NAME wheel
ask:
  ja: 管理者の権限が本当に必要なアカウントはどれかを確認してください。
  en: Ask which accounts really need administrator rights.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    accounts:
      - {asset: ehr, name: a, enabled: true, system: false, administrator: false}
      - {asset: ehr, name: b, enabled: true, system: false, administrator: false}
      - {asset: ehr, name: root, enabled: true, system: false, administrator: true}
      - {asset: ehr, name: shut, enabled: false, system: false, administrator: false}
      - {asset: ehr, name: pacs, enabled: true, system: true, administrator: false}
      - {asset: bsd, name: a, enabled: true, system: false, administrator: false}
      - {asset: bsd, name: b, enabled: true, system: false, administrator: false}
    group_members:
      - {asset: ehr, group_name: sudo, member: a}
      - {asset: ehr, group_name: wheel, member: b}
      - {asset: ehr, group_name: users, member: root}
      - {asset: bsd, group_name: sudo, member: a}
      - {asset: bsd, group_name: sudo, member: b}
    fails: [ehr]
  good:
    hosts: [{asset: one, platform: linux}, {asset: some, platform: linux}, {asset: mixed, platform: linux}]
    accounts:
      - {asset: one, name: a, enabled: true, system: false, administrator: false}
      - {asset: mixed, name: a, enabled: true, system: false, administrator: false}
      - {asset: mixed, name: b, enabled: true, system: false, administrator: false}
      - {asset: some, name: a, enabled: true, system: false, administrator: false}
      - {asset: some, name: b, enabled: true, system: false, administrator: false}
      - {asset: some, name: c, enabled: true, system: false, administrator: false}
    group_members:
      - {asset: one, group_name: sudo, member: a}
      - {asset: mixed, group_name: sudo, member: a}
      - {asset: mixed, group_name: sudo, member: root}
      - {asset: some, group_name: sudo, member: a}
      - {asset: some, group_name: wheel, member: b}
      - {asset: some, group_name: users, member: c}
---*/
select a.asset, count(distinct a.name) as people, min(a.evidence) as evidence
from accounts a
left join group_members g on g.asset = a.asset and g.member = a.name and g.group_name in ('sudo', 'wheel', 'admin')
where a.enabled and not a.system and not a.administrator
group by a.asset
having count(distinct a.name) >= 2 and count(distinct g.member) = count(distinct a.name)
