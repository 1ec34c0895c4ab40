/*---
title: {ja: 外部接続の機器の弱点に、今の系統では修正がない, en: A flaw of a line's device is not repaired in its branch}
severity: critical
subject: line
key: [line, flaw]
why:
  ja: 今の系統(枝番)には修正が出ないため、更新を待っても直りません。別の系統か後継機に移る必要があります。
  en: The maker publishes no repair for this branch, so waiting does not help. It has to move to another branch or device.
message:
  ja: "{line}: {firmware} の系統には {flaw} の修正がありません"
  en: "{line}: the branch of {firmware} has no repair for {flaw}"
fix:
  cost: medium
  ja: 保守業者に、修正のある系統への更新か機器の交換を求めてください。それまでは接続元を業者のIPだけに絞り、使うときだけ開けてください。
  en: Have the vendor move the device to a branch with the repair, or replace it. Until then allow only the vendor's address, and only for use.
examples:
  now: 2026-01-31
  bad:
    - remote_lines: [{line: pacs, firmware: 6.0.18}, {line: lab, firmware: 7.0.1}, {line: odd, firmware: 6.0.1}]
      vulnerabilities:
        - {asset: pacs, subject_kind: line, flaw: CVE-2024-21762, version: 6.0.18}
        - {asset: lab, subject_kind: line, flaw: CVE-2024-21762, version: 7.0.1, fixed: 7.0.14}
        - {asset: odd, subject_kind: line, flaw: CVE-2024-21762, version: 6.0.1, undecided: true}
      fails: [[pacs, CVE-2024-21762]]
      unknowns: [[odd, CVE-2024-21762]]
      passes: [lab]
    - remote_lines: [{line: pacs, firmware: 6.0.18}]
      vulnerabilities: [{asset: pacs, subject_kind: line, flaw: CVE-2024-21762, version: 6.0.18}]
      incomplete: [remote_lines]
      fails: [[pacs, CVE-2024-21762]]
  good:
    remote_lines: [{line: pacs, firmware: 6.0.18}]
    passes: [pacs]
---*/
select l.line, l.firmware, v.flaw, case when v.undecided then 'to_confirm' end as unknown, l.evidence
from vulnerabilities v join remote_lines l on l.line = v.asset
where v.fixed is null
