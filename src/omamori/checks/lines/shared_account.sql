/*---
title:
  ja: 保守回線のIDを複数人で使っている
  en: Several people share one account on a line
severity: medium
subject: line
key: [line]
why:
  ja: 共用のIDでは、誰が入ったか分からず、辞めた人も入れるままになります。
  en: With a shared account nobody knows who came in, and people who left can still come in.
message:
  ja: "{line}: 一つのIDを複数人で使っています"
  en: "{line}: several people use one account"
fix:
  cost: none
  ja: 業者に、作業者ごとのIDの発行と、共用IDの廃止を依頼してください。
  en: Ask the vendor for one account per engineer and have the shared one deleted.
examples:
  now: 2026-01-31
  bad:
    remote_lines: [{line: pacs, shared_account: "yes"}, {line: lab}]
    fails: [pacs]
    unknowns: [[lab]]
  good:
    remote_lines: [{line: pacs, shared_account: "no"}]
---*/
select line, case when shared_account = 'yes' then null else 'to_confirm' end as unknown, evidence
from remote_lines
where coalesce(shared_account, 'unknown') <> 'no'
