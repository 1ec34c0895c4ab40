/*---
title:
  ja: 申告していないアドレスから保守回線に入られた
  en: Somebody came in by a line from an address nobody declared
severity: high
subject: line
key: [line, peer_address]
scope: select line from remote_lines where opened_from is not null
why:
  ja: 業者の認証情報が盗まれると、業者ではない場所から入られます。接続元を見れば気付けます。
  en: Stolen credentials of a vendor are used from elsewhere. The source address shows it.
message:
  ja: "{line}: 申告にない {peer_address} から入られました({began}、アカウント {account}、記録した機器 {machine})"
  en: "{line}: opened from {peer_address}, which is not declared ({began}, account {account}, logged by {machine})"
fix:
  cost: none
  ja: 業者にそのアドレスが自社のものかを聞き、違えば回線を止めてください。装置の設定で接続元を申告のアドレスに限ってください。
  en: Ask the vendor whether the address is theirs; switch the line off when it is not. Let the device accept the declared addresses only.
ask:
  ja: このアドレスは御社のものですか。使う人と場所を教えてください。
  en: Is this address yours? Who uses it, and where?
examples:
  now: 2026-01-31
  bad:
    remote_lines:
      - {line: pacs, opened_from: 203.0.113.8/32}
      - {line: lab, opened_from: 198.51.100.0/24}
      - {line: paper}
    line_uses:
      - {asset: pacs, line: pacs, kind: session, machine: gw, account: v1, peer_address: 203.0.113.99, began: "2026-01-25 02:10:00", source_declared: false}
      - {asset: lab, line: lab, kind: session, machine: gw, account: v2, peer_address: 198.51.100.7, began: "2026-01-25 02:10:00", source_declared: true}
      - {asset: paper, line: paper, kind: session, machine: gw, account: v3, peer_address: 198.51.100.7, began: "2026-01-25 02:10:00"}
    fails: [[pacs, 203.0.113.99]]
    passes: [lab]
  good:
    remote_lines: [{line: lab, opened_from: 198.51.100.0/24}]
    line_uses: [{asset: lab, line: lab, kind: session, machine: gw, peer_address: 198.51.100.7, source_declared: true}]
    passes: [lab]
---*/
select asset as line, peer_address, min(began) as began, min(account) as account, min(machine) as machine, min(evidence) as evidence
from line_uses
where not source_declared
group by asset, peer_address
