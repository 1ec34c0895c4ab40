/*---
title:
  ja: 業者への照会に回答がない、または一年より古い
  en: A vendor has not answered the inquiry, or more than a year ago
severity: low
subject: vendor
key: [vendor]
scope: select vendor from ledger_assets
why:
  ja: 業者が管理する機器を誰がいつ直すかは、業者に聞かないと決まりません。
  en: Who mends a vendor's machine, and when, is settled only by asking.
message:
  ja: "{vendor}: 照会への最後の回答: {last}"
  en: "{vendor}: last answer to the inquiry: {last}"
fix:
  cost: none
  ja: 照会書を書いて送り、回答の入ったExcelを取り込んでください。
  en: Write the inquiry, send it, and import the Excel file with the answers.
  run: omamori vendor export "業者名"
examples:
  now: 2026-01-31
  bad:
    vendors: [{vendor: A}, {vendor: B}, {vendor: C}, {vendor: D}, {vendor: idle}]
    ledger_assets: [{asset: ehr, vendor: A}, {asset: pacs, vendor: B}, {asset: lab, vendor: C}, {asset: call, vendor: D}]
    vendor_answers:
      - {vendor: A, asset: ehr, question: finding, answered_on: 2025-01-30}
      - {vendor: C, asset: lab, question: finding, answered_on: 2024-05-01}
      - {vendor: C, asset: lab, question: mds, answered_on: 2025-01-31}
      - {vendor: D, asset: call, question: mds}
    fails: [A, B, D]
    passes: [C]
  good:
    vendors: [{vendor: A}]
    ledger_assets: [{asset: ehr, vendor: A}]
    vendor_answers: [{vendor: A, asset: ehr, question: finding, answered_on: 2025-01-31}]
---*/
select v.vendor, max(a.answered_on) as last, coalesce(max(a.evidence), v.evidence) as evidence
from vendors v left join vendor_answers a on a.vendor = v.vendor
group by v.vendor, v.evidence
having coalesce(max(a.answered_on), date '1970-01-01') < $now - interval 1 year
