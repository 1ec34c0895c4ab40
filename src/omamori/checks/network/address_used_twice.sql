/*---
title:
  ja: 二台の機器が同じアドレスを持っている
  en: Two machines have the same address
severity: medium
subject: site
key: [address]
scope: select asset from assets where observed  # those never looked at are told by differences.never_seen
why:
  ja: 同じアドレスの機器があると、通信が届いたり届かなかったりします。ログからどちらの機器かも分かりません。
  en: With one address on two machines, traffic arrives now here, now there, and logs do not tell which it was.
message:
  ja: "{address}: {names} が同じアドレスです"
  en: "{address}: {names} have the same address"
fix:
  cost: none
  ja: どちらかのアドレスを変えて、台帳を直してください。
  en: Change one of them, and correct the ledger.
examples:
  now: 2026-01-31
  bad:
    interfaces: [{asset: a, name: eth0, kind: ethernet, address: 10.1.0.11}, {asset: b, name: eth0, kind: ethernet, address: 10.1.0.11}]
    fails: [10.1.0.11]
  good:
    assets: [{asset: a, observed: true}, {asset: b, observed: true}, {asset: c, declared: true}]
    incomplete: {interfaces: [c]}
    unknowns: []
    interfaces:
      - {asset: a, name: eth0, kind: ethernet, address: 10.1.0.11}
      - {asset: a, name: eth1, kind: ethernet, address: 10.1.0.11}
      - {asset: b, name: eth0, kind: ethernet, address: 10.1.0.12}
      - {asset: a, name: docker0, kind: bridge, address: 172.17.0.1}
      - {asset: b, name: docker0, kind: bridge, address: 172.17.0.1}
      - {asset: a, name: eth0, kind: ethernet, address: "fe80::1"}
      - {asset: b, name: eth0, kind: ethernet, address: "fe80::1"}
---*/
select address, string_agg(distinct asset, '、' order by asset) as names, min(evidence) as evidence
from interfaces
where kind in ('ethernet', 'wireless') and address not like 'fe80:%'
group by address
having count(distinct asset) > 1
