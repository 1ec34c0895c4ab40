/*---
title: {ja: 図面にないネットワークから通信が来ている, en: Packets come from a network nobody drew}
severity: medium
subject: site
key: [entry]
why:
  ja: 図面にないネットワークの先には、業者の拠点か、忘れられた部門の機器があります。守る範囲の外から院内に届いています。
  en: Behind a network nobody drew stands a vendor's site or a forgotten department. It reaches the inside from outside what is guarded.
message:
  ja: "{sources} から院内の機器に通信が来ています(最後 {last_used})"
  en: "machines of the hospital are reached from {sources} (last seen {last_used})"
fix:
  cost: none
  ja: その範囲が院内のものなら「ゾーン」シートに、業者や連携先のものなら「外部接続」か「その他の入口」シートに書いてください。心当たりがなければ、通っている機器で止めてください。
  en: When it is the hospital's own, add it to the sheet of zones; when it is a vendor's or partner's, to outside lines or other ways in. When nobody knows it, block it where it passes.
examples:
  now: 2026-01-31
  bad:
    entries:
      - {asset: srv, entry: network 172.31.4.0/24, method: network, sources: 172.31.4.0/24, observed: true, declared: false}
      - {asset: srv, entry: network 172.31.5.0/24, method: network, sources: 172.31.5.0/24, observed: true, declared: true}
      - {entry: web Internet, asset: web, method: network, observed: true, declared: false}
      - {entry: fw lab, asset: fw, method: ipsec, sources: 192.168.7.0/24, observed: true, declared: false}
    fails: [network 172.31.4.0/24]
  good:
    entries: [{asset: srv, entry: network 172.31.5.0/24, method: network, sources: 172.31.5.0/24, observed: true, declared: true}]
    passes: [site]
---*/
select 'site' as site, entry, sources, last_used, evidence
from entries
where method = 'network' and sources is not null and not declared
