/*---
title:
  ja: 保守回線が常に開いている
  en: A maintenance line is open all the time
severity: high
subject: line
key: [line]
scope: select line from remote_lines where coalesce(kind, 'other') not in ('eligibility', 'internet', 'partner')
why:
  ja: 使わない夜間や休日も開いている入口は、気付かれずに試され続けます。
  en: A door that stays open at night and on holidays is tried without anybody noticing.
message:
  ja: "{line}: 使わないときも開いています(利用者 {vendor}、開ける人 {opened_by})"
  en: "{line}: it is open also when nobody uses it (used by {vendor}, opened by {opened_by})"
fix:
  cost: none
  ja: 使うときだけ電源を入れるか、業者の連絡を受けてから有効にし、終わったら無効に戻してください。
  en: Switch it on, or enable it, only after the vendor's call, and disable it afterwards.
examples:
  now: 2026-01-31
  bad:
    remote_lines:
      - {line: pacs, kind: ssl-vpn, always_open: "yes", vendor: a, opened_by: desk}
      - {line: lab, always_open: unknown}
    fails: [pacs]
    unknowns: [[lab]]
  good:
    remote_lines:
      - {line: pacs, kind: ssl-vpn, always_open: "no"}
      - {line: online, kind: eligibility, always_open: "yes"}
      - {line: net, kind: internet, always_open: "yes"}
      - {line: region, kind: partner, always_open: "yes"}
    passes: [pacs]
---*/
select line, vendor, opened_by, case when always_open = 'yes' then null else 'to_confirm' end as unknown, evidence
from remote_lines
where always_open is distinct from 'no'
