/*---
title: {ja: サーバか端末かが台帳と異なる, en: Whether it is a server or a client differs from the ledger}
severity: low
subject: asset
key: [asset]
why:
  ja: 端末と思われているサーバは、バックアップも停電対策もされません。
  en: A server taken for a PC has no backup and no power supply for outages.
message:
  ja: "{asset}: 台帳では {declared}、実際は {observed} です"
  en: "{asset}: the ledger says {declared}, the machine {observed}"
fix:
  cost: none
  ja: 使い方を確かめ、「機器」シートの区分を直してください。
  en: See how it is used and correct its class in the sheet of machines.
ask:
  ja: この機器はサーバとして使われていますか。
  en: Is this machine used as a server?
examples:
  now: 2026-01-31
  bad:
    - hosts: [{asset: a, role: server}, {asset: b, role: client}]
      ledger_assets: [{asset: a, role: client}, {asset: b, role: server}]
      fails: [a, b]
    - hosts: [{asset: a, role: server}]
      ledger_assets: [{asset: a, role: client}]
      incomplete: [ledger_assets]
      fails: [a]
  good:
    hosts: [{asset: c, role: server}, {asset: d, role: server}, {asset: e, role: other}, {asset: f}]
    ledger_assets: [{asset: c, role: server}, {asset: d, role: medical}, {asset: e, role: server}, {asset: f, role: server}]
    passes: [c, d, e, f]
---*/
select h.asset, l.role as declared, h.role as observed, h.evidence
from hosts h join ledger_assets l on l.asset = h.asset
where h.role <> l.role and l.role in ('server', 'client') and h.role in ('server', 'client')
