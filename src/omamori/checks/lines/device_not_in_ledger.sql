/*---
title:
  ja: 外部接続の機器が機器の一覧にない
  en: The device of a line is not among the machines
severity: medium
subject: line
key: [line]
why:
  ja: 一覧にない機器は、更新もバックアップも棚卸しもされません。忘れられたVPN装置はこうして生まれます。
  en: What is not on the list is neither updated nor counted. That is how VPN devices are forgotten.
message:
  ja: "{line}: 接続機器({device})が「機器」シートにありません"
  en: "{line}: its device ({device}) is not in the sheet of machines"
fix:
  cost: none
  ja: 「機器」シートに、区分「ネットワーク機器」として院内のIPアドレスとともに加えてください。
  en: Add it to the sheet of machines as a network device with its inside address.
examples:
  now: 2026-01-31
  bad:
    remote_lines: [{line: pacs, device: router, device_address: 10.1.0.1 10.2.0.1}, {line: lab}]
    ledger_addresses: [{asset: other, address: 10.1.0.2}]
    fails: [pacs]
    unknowns: [[lab]]
  good:
    remote_lines: [{line: pacs, device_address: 10.1.0.1 10.2.0.1}]
    ledger_addresses: [{asset: fw, address: 10.2.0.1}]
---*/
select l.line, l.device, case when l.device_address is null then 'to_confirm' end as unknown, l.evidence
from remote_lines l
where not exists (select 1 from ledger_addresses a where list_contains(string_split(l.device_address, ' '), a.address))
