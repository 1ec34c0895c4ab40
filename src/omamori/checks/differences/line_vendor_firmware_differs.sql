/*---
title:
  ja: 回線の機器の版について、台帳と業者の回答が違う
  en: Ledger and vendor name different firmware of a line's device
severity: low
subject: line
key: [line]
why:
  ja: 古い版のつもりで守るか、新しい版のつもりで守らないかが変わります。弱点の有無は版で決まります。
  en: Whether a flaw concerns the device depends on its version.
message:
  ja: "{line}: 版は、台帳では {declared}、業者 {vendor} の回答({answered_on})では {answer} です"
  en: "{line}: firmware {declared} in the ledger, {answer} in the answer of {vendor} ({answered_on})"
fix:
  cost: none
  ja: 管理画面で版を確かめ、台帳を直してください。
  en: See the version on the device's page, and correct the ledger.
ask:
  ja: 接続機器の管理画面の、版が分かる部分の写しをください。
  en: Please give us a picture of the device's page that shows the version.
equivalent:
  "join vendor_answers as a -> left": a line nobody answered for has no vendor's name to be contained
examples:
  now: 2026-01-31
  bad:
    remote_lines: [{line: a, vendor: V, firmware: 7.2.8}, {line: b, vendor: "V、W", firmware: 6.0.4}, {line: c, vendor: V, firmware: "1.0"}, {line: d, vendor: X, firmware: "2"}]
    vendor_answers:
      - {vendor: V, asset: a, question: line-firmware, answer: 7.0.1}
      - {vendor: W, asset: b, question: line-firmware, answer: " 6.0.4 "}
      - {vendor: V, asset: c, question: line-device, answer: RTX}
      - {vendor: V, asset: d, question: line-firmware, answer: "3"}
    fails: [a]
    passes: [b, c, d]
  good:
    remote_lines: [{line: a, vendor: V, firmware: 7.2.8}]
    vendor_answers: [{vendor: V, asset: a, question: line-firmware, answer: 7.2.8}]
---*/
select l.line, a.vendor, a.answer, a.answered_on, l.firmware as declared, a.evidence
from remote_lines l join vendor_answers a on a.asset = l.line
where a.question = 'line-firmware' and contains(l.vendor, a.vendor) and trim(a.answer) <> trim(l.firmware)
