/*---
title:
  ja: 半年以上使われていない外部接続
  en: A line nobody has used for half a year
severity: medium
subject: line
key: [line]
why:
  ja: 使われない回線は、更新もパスワードの変更も忘れられます。
  en: A line nobody uses is forgotten when devices are updated and passwords changed.
message:
  ja: "{line}: 最後に使われた日: {last_used}"
  en: "{line}: last used: {last_used}"
fix:
  cost: none
  ja: 業者に必要かを聞き、不要なら線を抜いて解約してください。毎月の費用も減ります。
  en: Ask whether it is needed. If not, unplug and cancel it; that also saves its fee.
examples:
  now: 2026-07-31
  bad:
    remote_lines: [{line: pacs, last_used: 2026-01-31}, {line: lab}]
    fails: [pacs]
    unknowns: [[lab]]
  good:
    remote_lines: [{line: pacs, last_used: 2026-02-01}]
---*/
select line, last_used, if(last_used is null, 'to_confirm', null) as unknown, evidence
from remote_lines
where coalesce(last_used, date '1970-01-01') < $now - interval 180 days
