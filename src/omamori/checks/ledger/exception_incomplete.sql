/*---
title:
  ja: 代わりの対策の種類や業者の書面のない例外
  en: An exception without the kind of control or the vendor's letter
severity: low
subject: site
key: [check_id, subject, finding_key]
why:
  ja: 対策の種類が分かると、実際に守られているかを見られます。更新できない理由は、業者の書面があると年が変わっても確かめられます。
  en: With the kind of control it can be looked at whether it is so. With the vendor's letter the reason can still be checked in years.
message:
  ja: "{check_id}({subject}): 空欄: {lacking_ja}"
  en: "{check_id} ({subject}): empty: {lacking}"
fix:
  cost: none
  ja: 「例外」シートの「代わりの対策の種類」を選び、更新できないものには業者の書面の番号と日付を書いてください。
  en: Choose the kind of control in the sheet of exceptions; for what cannot be updated enter number and date of the vendor's letter.
ask:
  ja: 業者に、更新できない理由と、いつまで・何で守るかを書面で依頼してください。
  en: Ask in writing why it cannot be updated, until when, and what protects it meanwhile.
examples:
  now: 2026-01-31
  bad:
    exceptions:
      - {check_id: accounts.no_lockout, subject: lab}
      - {check_id: support.os_ended, subject: ct, control: port_closed, letter_on: 2026-01-01}
      - {check_id: updates.windows_never, subject: ct, control: port_closed, letter: L-1}
      - {check_id: vulnerabilities.host_exploited, subject: ct, control: other}
      - {check_id: lines.firmware_stale, subject: vpn, control: other}
      - {check_id: accounts.no_lockout, subject: ct, control: other}
    fails:
      - [accounts.no_lockout, lab, all]
      - [support.os_ended, ct, all]
      - [updates.windows_never, ct, all]
      - [vulnerabilities.host_exploited, ct, all]
      - [lines.firmware_stale, vpn, all]
  good:
    exceptions:
      - {check_id: support.os_ended, subject: ct, control: port_closed, letter: L-1, letter_on: 2026-01-01}
      - {check_id: accounts.no_lockout, subject: ct, control: other}
---*/
select check_id, subject, coalesce(finding_key, 'all') as finding_key, evidence,
  case when control is null then 'kind of control' else 'vendor''s letter' end as lacking,
  case when control is null then '代わりの対策の種類' else '業者の書面(番号と日付)' end as lacking_ja
from exceptions
where control is null
  or (coalesce(letter, '') = '' or letter_on is null)
    and regexp_matches(check_id, '^(support|updates|vulnerabilities)\.|^(lines|devices)\.(firmware|never_updated)')
