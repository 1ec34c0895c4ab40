/*---
title:
  ja: 業者の回答に、その業者の担当ではない機器がある
  en: A vendor answered for a machine that is not its own
severity: low
subject: site
key: [vendor, asset]
why:
  ja: 担当でない業者の「変更できない」を採ると、直せるはずの機器が直されないままになります。
  en: A refusal by somebody who does not look after a machine would leave it as it is for nothing.
message:
  ja: "{vendor} の回答に {asset} があります。台帳ではその業者の担当ではないため、使っていません"
  en: "The answer of {vendor} speaks of {asset}, which is not its own by the ledger; it was not used"
fix:
  cost: none
  ja: 担当が変わったのなら台帳の「保守業者」を直し、違うなら業者に確かめてください。
  en: Correct the vendor in the ledger if the machine changed hands; otherwise ask the vendor.
examples:
  now: 2026-01-31
  bad:
    ledger_assets: [{asset: ehr, vendor: A}, {asset: pacs, vendor: B}, {asset: lab, vendor: "A、B"}, {asset: pc}]
    remote_lines: [{line: vpn, vendor: A}, {line: lte, vendor: B}]
    vendor_answers:
      - {vendor: A, asset: ehr, question: finding}
      - {vendor: A, asset: lab, question: finding}
      - {vendor: A, asset: vpn, question: line-exists}
      - {vendor: A, asset: "", question: mds}
      - {vendor: A, asset: pacs, question: finding}
      - {vendor: A, asset: lte, question: line-exists}
      - {vendor: A, asset: pc, question: finding}
      - {vendor: A, asset: ghost, question: finding}
    fails: [[A, pacs], [A, lte], [A, pc], [A, ghost]]
  good:
    ledger_assets: [{asset: ehr, vendor: A}]
    remote_lines: [{line: vpn, vendor: A}]
    vendor_answers: [{vendor: A, asset: ehr, question: finding}, {vendor: A, asset: vpn, question: line-exists}]
---*/
select a.vendor, a.asset, min(a.evidence) as evidence
from vendor_answers a
where a.asset <> ''
  and not exists (select 1 from ledger_assets l where l.asset = a.asset and contains(l.vendor, a.vendor))
  and not exists (select 1 from remote_lines r where r.line = a.asset and contains(r.vendor, a.vendor))
group by a.vendor, a.asset
