/*---
title:
  ja: 回線について、台帳と業者の回答が違う
  en: Ledger and vendor say different things of a line
severity: medium
subject: line
key: [line, question]
why:
  ja: 病院が「限定している」と思っていた回線が、業者の側では開いていた例があります。
  en: A line the hospital believed to be restricted was open on the vendor's side.
message:
  ja: "{line}: {what_ja}は、台帳では「{declared}」、業者 {vendor} の回答({answered_on})では「{answered}」です"
  en: "{line}: {what_en} is `{declared}` in the ledger and `{answered}` in the answer of {vendor} ({answered_on})"
fix:
  cost: none
  ja: 業者と一緒に機器の設定を見て確かめ、違っている方(台帳または設定)を直してください。
  en: Look at the device together with the vendor, and correct the one that is wrong, ledger or setting.
ask:
  ja: 接続機器の設定画面で、この回線の設定を一緒に確認してください。
  en: Please tell us what the device's own settings say of this line; we would like to look at them with you.
equivalent:
  "join vendor_answers as a -> left": a line nobody answered for has no vendor's name to be contained
examples:
  now: 2026-01-31
  bad:
    remote_lines:
      - {line: a, vendor: V, source_restricted: "yes", two_factor: "yes"}
      - {line: b, vendor: "V、W", source_restricted: "no", two_factor: "no"}
      - {line: c, vendor: V, source_restricted: "yes", two_factor: "yes"}
      - {line: d, vendor: X, source_restricted: "yes"}
      - {line: e, vendor: V, source_restricted: unknown, two_factor: unknown}
    vendor_answers:
      - {vendor: V, asset: a, question: line-source, answer: "no"}
      - {vendor: V, asset: a, question: line-two-factor, answer: "no"}
      - {vendor: W, asset: b, question: line-exists, answer: "no"}
      - {vendor: V, asset: b, question: line-source, answer: "no"}
      - {vendor: V, asset: b, question: line-two-factor, answer: "no"}
      - {vendor: V, asset: c, question: line-source, answer: unknown}
      - {vendor: V, asset: c, question: line-two-factor, answer: unknown}
      - {vendor: V, asset: c, question: line-exists, answer: "yes"}
      - {vendor: V, asset: c, question: line-device, answer: "no"}
      - {vendor: V, asset: d, question: line-source, answer: "no"}
      - {vendor: V, asset: e, question: line-source, answer: "no"}
      - {vendor: V, asset: e, question: line-two-factor, answer: "yes"}
    fails: [[a, line-source], [a, line-two-factor], [b, line-exists]]
    passes: [c, d, e]
  good:
    remote_lines: [{line: a, vendor: V, source_restricted: "yes"}]
    vendor_answers: [{vendor: V, asset: a, question: line-source, answer: "yes"}]
---*/
select l.line, a.question, a.vendor, a.answered_on, a.evidence, a.answer = 'yes' as answered,
  case a.question when 'line-source' then '接続元の制限' when 'line-two-factor' then '二要素認証' else '回線があること' end as what_ja,
  case a.question when 'line-source' then 'restricted source' when 'line-two-factor' then 'second factor' else 'its existence' end as what_en,
  case a.question when 'line-source' then l.source_restricted when 'line-two-factor' then l.two_factor else 'yes' end = 'yes' as declared
from remote_lines l join vendor_answers a on a.asset = l.line
where contains(l.vendor, a.vendor) and (
  (a.question = 'line-exists' and a.answer = 'no')
  or (a.question = 'line-source' and a.answer in ('yes', 'no') and l.source_restricted in ('yes', 'no') and a.answer <> l.source_restricted)
  or (a.question = 'line-two-factor' and a.answer in ('yes', 'no') and l.two_factor in ('yes', 'no') and a.answer <> l.two_factor)
)
