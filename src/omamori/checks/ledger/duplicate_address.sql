/*---
title:
  ja: 同じIPアドレスの機器が台帳に二つある
  en: Two machines of the ledger have one address
severity: medium
subject: site
key: [address]
why:
  ja: どちらかの記載が古いか、分けたはずのネットワークで同じ番号が使われています。非常時に別の機器を切ってしまいます。
  en: One entry is outdated, or separate networks use the same numbers. In an emergency the wrong machine is cut.
message:
  ja: "{address} が{machines}台の機器に書かれています: {names}"
  en: "{address} is entered for {machines} machines: {names}"
fix:
  cost: none
  ja: 実際の機器で確かめ、古い方の行を直してください。
  en: Check the machines and correct the outdated row.
examples:
  now: 2026-01-31
  bad:
    ledger_addresses: [{asset: a, address: 10.1.0.1}, {asset: b, address: 10.1.0.1}, {asset: c, address: 10.1.0.2}]
    fails: [10.1.0.1]
  good:
    ledger_addresses: [{asset: a, address: 10.1.0.1}, {asset: a, address: 10.1.0.1}, {asset: b, address: 10.1.0.2}]
---*/
select address, count(distinct asset) as machines, string_agg(distinct asset, '、' order by asset) as names, min(evidence) as evidence
from ledger_addresses
group by address
having count(distinct asset) > 1
