/*---
title:
  ja: 外部接続のパスワードを1年以上変えていない
  en: Passwords of a line not changed for a year
severity: high
subject: line
key: [line]
scope: select line from remote_lines where coalesce(kind, 'other') <> 'eligibility'
why:
  ja: 弱点を直しても、その前に盗まれたパスワードは変えるまで使えます。
  en: Mending a flaw does not take back passwords stolen before.
message:
  ja: "{line}: パスワードを最後に変えた日: {changed}"
  en: "{line}: passwords last changed: {changed}"
fix:
  cost: none
  ja: 装置の管理者とVPN利用者のパスワードを一度に変え、使わない利用者を消してください。
  en: Change the passwords of the administrator and all VPN users at once, and delete users nobody needs.
examples:
  now: 2026-01-31
  bad:
    remote_lines:
      - {line: pacs, kind: ssl-vpn, password_changed: 2025-01-30, two_factor: "no"}
      - {line: lab, two_factor: unknown}
      - {line: mri}
    fails: [pacs]
    unknowns: [[lab], [mri]]
  good:
    remote_lines:
      - {line: pacs, password_changed: 2025-01-31}
      - {line: key, password_changed: 2020-01-01, two_factor: "yes"}
      - {line: online, kind: eligibility}
    passes: [pacs, key]
---*/
select line, password_changed as changed, case when password_changed is null then 'to_confirm' end as unknown, evidence
from remote_lines
where (password_changed is null or password_changed < $now - interval 365 days) and two_factor is distinct from 'yes'
