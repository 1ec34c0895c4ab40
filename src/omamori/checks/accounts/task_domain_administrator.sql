/*---
title: {ja: 定期実行がドメインの管理者のアカウントで動いている, en: A scheduled task runs as an administrator of the domain}
severity: high
subject: site
key: [machine, task]
scope: select asset from assets where observed  # nobody knows the platform of those never looked at
why:
  ja: 定期実行に登録したパスワードはその機器に残り、機器の管理者なら取り出せます。ドメインの管理者のものなら、一台から病院全体が奪われます。
  en: The password given to a task stays on its machine, and the machine's administrator can take it out. If it is the domain's, one machine opens all.
message:
  ja: "{machine}: 定期実行 {task} がドメインの管理者 {account} で動きます"
  en: "{machine}: the task {task} runs as {account}, an administrator of the domain"
fix:
  cost: none
  ja: その機器の中だけの仕事ならSYSTEMか専用のアカウントに変え、ほかの機器に書き込むものは、書き込み先にだけ権限のあるアカウントにしてください。
  en: If it works only on this machine let it run as SYSTEM or as an account of its own; if it writes elsewhere, give it an account with rights to that place alone.
  run: |
    schtasks /query /tn "NAME" /v /fo list
    schtasks /change /tn "NAME" /ru SYSTEM
equivalent:
  "join hosts as h -> left": without a name of the machine the condition is NULL
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: dc, observed: true}, {asset: sv, observed: true}]
    hosts: [{asset: dc, hostname: DC01, platform: windows, domain_role: controller}, {asset: sv, hostname: SV01, platform: windows, domain_role: member}]
    tasks:
      - {asset: sv, name: '\Copy', account: 'HOSP\kanri'}
      - {asset: sv, name: '\Move', account: 'HOSP\Administrator', enabled: true}
      - {asset: sv, name: '\Off', account: 'HOSP\kanri', enabled: false}
      - {asset: sv, name: '\Own', account: 'SV01\kanri', enabled: true}
      - {asset: sv, name: '\Bare', account: kanri, enabled: true}
      - {asset: sv, name: '\Dot', account: '.\kanri', enabled: true}
      - {asset: sv, name: '\Plain', account: 'HOSP\tanaka', enabled: true}
    group_members:
      - {asset: dc, group_id: S-1-5-21-1-2-3-512, member: Kanri}
      - {asset: dc, group_id: S-1-5-32-544, member: 'HOSP\Administrator'}
      - {asset: dc, group_id: S-1-5-32-545, member: tanaka}
    fails: [[sv, '\Copy'], [sv, '\Move']]
  good:
    assets: [{asset: dc, observed: true}, {asset: sv, observed: true}, {asset: paper, observed: false, declared: true}]
    hosts: [{asset: dc, hostname: DC01, platform: windows, domain_role: controller}, {asset: sv, hostname: SV01, platform: windows, domain_role: member}]
    incomplete: {tasks: [paper], group_members: [paper], hosts: [paper]}
    tasks: [{asset: sv, name: '\Copy', account: 'HOSP\kanri'}, {asset: sv, name: '\Defrag', account: SYSTEM}]
    group_members:
      - {asset: sv, group_id: S-1-5-32-544, member: 'HOSP\kanri'}
      - {asset: dc, group_id: S-1-5-32-544, member: 'HOSP\other'}
    passes: [site]
---*/
-- What its domain controller lists: Administrators, Domain, Schema and Enterprise Admins. A bare name may be an account of the machine itself.
with administrators as (
  select g.asset, regexp_replace(lower(g.member), '^.*\\', '') as name
  from group_members g
  join hosts d on d.asset = g.asset and d.domain_role = 'controller'
  where regexp_full_match(g.group_id, 'S-1-5-32-544|S-1-5-21-.*-(512|518|519)')
), tasks_of_others as (
  select t.asset, t.name, t.account, t.evidence, regexp_replace(lower(t.account), '^.*\\|@.*$', '', 'g') as bare
  from tasks t
  join hosts h on h.asset = t.asset
  where regexp_matches(t.account, '[\\@]') and lower(split_part(t.account, '\', 1)) not in ('.', lower(h.hostname)) and t.enabled is not false
)
select t.asset as machine, t.name as task, t.account, t.evidence
from tasks_of_others t
join administrators a on a.name = t.bare
