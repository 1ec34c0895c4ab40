/*---
title:
  ja: 回線を使う業者が業者の一覧にない
  en: A line is used by somebody who is not in the list of vendors
severity: medium
subject: line
key: [line]
why:
  ja: 誰が使う回線か分からないと、非常時に止めてよいか聞く相手がいません。
  en: When it is not known who uses a line, there is nobody to ask before cutting it.
message:
  ja: "{line}: 利用者「{vendor}」が「業者」シートにありません"
  en: "{line}: its user {vendor} is not in the sheet of vendors"
fix:
  cost: none
  ja: 「業者」シートに会社名・担当者・電話を書いてください。誰の回線か分からなければ、請求書と設置業者をたどります。
  en: Enter company, contact and telephone. When nobody knows whose line it is, follow the bill and the installer.
examples:
  now: 2026-01-31
  bad:
    vendors: [{vendor: A}]
    remote_lines: [{line: pacs, vendor: B}, {line: lab}, {line: mri, vendor: A}]
    fails: [pacs, lab]
    passes: [mri]
  good:
    vendors: [{vendor: A}]
    remote_lines: [{line: pacs, vendor: A}]
---*/
select l.line, l.vendor, l.evidence
from remote_lines l
where not exists (select 1 from vendors v where v.vendor = l.vendor)
