/*---
title: {ja: サービスがドメインの管理者のアカウントで動いている, en: A service runs as an administrator of the domain}
severity: high
subject: site
key: [machine, service]
scope: select asset from assets where observed  # nobody knows the platform of those never looked at
why:
  ja: サービスのパスワードは、その機器の管理者なら取り出せます。それがドメインの管理者なら、一台が奪われた時に病院全体が奪われます。
  en: The administrator of a machine can take out the password its services use. If it is the domain's administrator, one machine taken means all of them.
message:
  ja: "{machine}: サービス {service} がドメインの管理者 {account} で動いています"
  en: "{machine}: the service {service} runs as {account}, an administrator of the domain"
fix:
  cost: low
  ja: そのサービスだけに使う、管理者でないアカウントを作って切り替え、切り替えた後に元のアカウントのパスワードを変えてください。業者の製品なら、どの権限が要るかを業者に確かめてから行います。
  en: Give the service an account of its own that is no administrator, switch over, then change the password of the old one. For a vendor's product ask first which rights it needs.
  run: |
    sc qc SERVICE
    # after the account was made and tested
    sc config SERVICE obj= "HOSP\svc-name" password= *
equivalent:
  "join hosts as h -> left": without a name of the machine the condition is NULL
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: dc, observed: true}, {asset: sv, observed: true}]
    hosts: [{asset: dc, hostname: DC01, platform: windows, domain_role: controller}, {asset: sv, hostname: SV01, platform: windows, domain_role: member}]
    services:
      - {asset: sv, name: Karte, account: 'HOSP\svc-karte'}
      - {asset: sv, name: Backup, account: 'Svc-Backup@hosp.local'}
      - {asset: sv, name: Own, account: '.\svc-karte'}
      - {asset: sv, name: OwnToo, account: 'sv01\svc-karte'}
      - {asset: sv, name: Bare, account: svc-karte}
      - {asset: sv, name: Told, account: 'HOSP\Administrator'}
      - {asset: sv, name: Plain, account: 'HOSP\svc-plain'}
    group_members:
      - {asset: dc, group_id: S-1-5-21-1-2-3-512, member: svc-karte}
      - {asset: dc, group_id: S-1-5-32-544, member: 'HOSP\svc-backup'}
      - {asset: dc, group_id: S-1-5-32-544, member: Administrator}
      - {asset: dc, group_id: S-1-5-32-545, member: svc-plain}
    fails: [[sv, Karte], [sv, Backup]]
  good:
    assets: [{asset: dc, observed: true}, {asset: sv, observed: true}, {asset: paper, observed: false, declared: true}]
    hosts: [{asset: dc, hostname: DC01, platform: windows, domain_role: controller}, {asset: sv, hostname: SV01, platform: windows, domain_role: member}]
    incomplete: {services: [paper], group_members: [paper], hosts: [paper]}
    services: [{asset: sv, name: Karte, account: 'HOSP\svc-karte'}, {asset: sv, name: W32Time, account: 'NT AUTHORITY\LocalService'}]
    group_members:
      - {asset: sv, group_id: S-1-5-32-544, member: 'HOSP\svc-karte'}
      - {asset: dc, group_id: S-1-5-32-544, member: 'HOSP\Kanri'}
    passes: [site]
---*/
-- What its domain controller lists: Administrators, Domain, Schema and Enterprise Admins. Administrator itself: services.runs_as_administrator.
with administrators as (
  select g.asset, regexp_replace(lower(g.member), '^.*\\', '') as name
  from group_members g
  join hosts d on d.asset = g.asset and d.domain_role = 'controller'
  where regexp_full_match(g.group_id, 'S-1-5-32-544|S-1-5-21-.*-(512|518|519)') and lower(g.member) <> 'administrator'
), services_of_others as (
  select s.asset, s.name, s.account, s.evidence, regexp_replace(lower(s.account), '^.*\\|@.*$', '', 'g') as bare
  from services s
  join hosts h on h.asset = s.asset
  where regexp_matches(s.account, '[\\@]') and lower(split_part(s.account, '\', 1)) not in ('.', lower(h.hostname))
)
select s.asset as machine, s.name as service, s.account, s.evidence
from services_of_others s
join administrators a on a.name = s.bare
