/*---
title: {ja: 更新の配り元に決めたサーバをだれも知らない, en: Nobody knows the server that updates are to come from}
severity: medium
subject: site
key: [server]
scope: select asset from assets where observed  # nobody knows the platform of those never looked at
why:
  ja: 入れ替えで無くなったサーバや、名前を書き間違えたサーバからは更新が来ません。エラーは出ないので、何年も気づかれないことがあります。
  en: No updates come from a server that was replaced, or whose name was mistyped. Nothing complains, and it may go unnoticed for years.
message:
  ja: "更新の配り元 {server} が、台帳にも見た機器にもありません({machine} など)"
  en: "{server}, which updates are to come from, is neither in the ledger nor among the machines seen ({machine} and others)"
fix:
  cost: none
  ja: そのサーバが今もあるかを確かめてください。あれば台帳に書き、なければ、ポリシーの配り元を今のものに替えます。
  en: See whether it still exists. If it does, enter it in the ledger; if not, name today's source in the policy.
  run: |
    nslookup SERVER
    reg query "HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate" /v WUServer
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: pc, observed: true}, {asset: wsus server, hostname: wsus2.hosp.local, observed: false, declared: true}]
    hosts: [{asset: pc, platform: windows}, {asset: pc2, platform: windows}, {asset: lx, platform: linux}]
    update_policy: [{asset: pc, server: old-wsus.hosp.local}, {asset: pc2, server: WSUS2.hosp.local}, {asset: lx, server: deb.debian.org}]
    fails: [[old-wsus.hosp.local]]
  good:
    assets: [{asset: pc, observed: true}, {asset: pc3, observed: true}, {asset: pc4, observed: true}, {asset: pc6, observed: true}, {asset: wsus, observed: false, declared: true}]
    hosts: [{asset: pc, platform: windows}, {asset: pc3, platform: windows}, {asset: pc4, platform: windows}, {asset: pc6, platform: windows}]
    incomplete: {update_policy: [wsus], hosts: [wsus]}
    update_policy: [{asset: pc, server: wsus.hosp.local}, {asset: pc3}, {asset: pc4, server: 10.1.0.5}, {asset: pc6, server: "fd00:1::5"}]
    passes: [site]
---*/
select u.server, u.asset as machine, u.evidence
from update_policy u
join hosts h on h.asset = u.asset and h.platform = 'windows'
-- An address, also of IPv6, is no name.
where not regexp_full_match(u.server, '[0-9.]+|[^:]*:.*')
  and not exists (select 1 from assets a where lower(split_part(u.server, '.', 1)) in (lower(a.asset), lower(split_part(a.hostname, '.', 1))))
