/*---
title:
  ja: IPアドレスがゾーンの範囲に入っていない
  en: An address does not belong to the machine's zone
severity: medium
subject: asset
key: [asset, address]
scope: select asset from ledger_addresses
why:
  ja: 台帳と図面が食い違うと、通信を絞るときに止めてはいけないものを止めてしまいます。
  en: Where ledger and drawing differ, restricting the network stops what must not stop.
message:
  ja: "{asset}: {address} は「{zone}」の範囲に入りません"
  en: "{asset}: {address} is not within the networks of {zone}"
fix:
  cost: none
  ja: 機器の実際のアドレスを確かめ、「機器」か「ゾーン」のシートを直してください。
  en: Check the real address and correct the sheet of machines or of zones.
ask:
  ja: 業者に、この機器のIPアドレスと、二本目の接続がないかを確認してください。
  en: Ask for the addresses of this machine and whether it has a second connection.
equivalent:
  "join ledger_addresses as d -> left": a machine without an address has no address_first, which the first condition asks for
examples:
  now: 2026-01-31
  bad:
    zone_networks: [{zone: E, network: 10.1.0.0/24, network_first: 1000, network_last: 1255}, {zone: F, network: 10.2.0.0/24, network_first: 2000, network_last: 2255}]
    ledger_assets: [{asset: a, zone: E}, {asset: b, zone: E}, {asset: c, zone: E}, {asset: d, zone: E}]
    ledger_addresses:
      - {asset: a, address: low, address_first: 999}
      - {asset: b, address: high, address_first: 1256}
      - {asset: c, address: in, address_first: 1000}
      - {asset: d, address: other, address_first: 2001}
    fails: [[a, low], [b, high], [d, other]]
    passes: [c]
  good:
    zone_networks: [{zone: E, network: 10.1.0.0/24, network_first: 1000, network_last: 1255}]
    ledger_assets: [{asset: a, zone: E}, {asset: b, zone: G}, {asset: c, zone: E}, {asset: d, zone: E}, {asset: r, zone: E, role: network}]
    ledger_addresses:
      - {asset: r, address: leg, address_first: 5000}
      - {asset: a, address: last, address_first: 1255}
      - {asset: b, address: any, address_first: 5000}
      - {asset: c, address: "2001:db8::1"}
      - {asset: d, address: first, address_first: 1000}
---*/
select m.asset, d.address, m.zone, m.evidence
from ledger_assets m join ledger_addresses d on d.asset = m.asset
where d.address_first is not null
  and coalesce(m.role, 'other') <> 'network' -- a router has a leg in each of its zones
  and exists (select 1 from zone_networks n where n.zone = m.zone)
  and not exists (select 1 from zone_networks n where n.zone = m.zone and d.address_first between n.network_first and n.network_last)
