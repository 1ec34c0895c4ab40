/*---
title:
  ja: 台帳にないアカウントで保守回線に入られた
  en: Somebody came in by a line with an account the ledger does not name
severity: medium
subject: line
key: [line, account]
scope: select line from remote_lines where accounts is not null
why:
  ja: 誰のものか分からないアカウントは、退職した担当者のものか、侵入者が作ったものかもしれません。
  en: An account nobody knows may belong to somebody who left, or have been made by an intruder.
message:
  ja: "{line}: アカウント {account} は台帳にありません({peer_address} から、記録した機器 {machine})"
  en: "{line}: the account {account} is not in the ledger (from {peer_address}, logged by {machine})"
fix:
  cost: none
  ja: 業者にそのアカウントの持ち主を聞き、台帳に書いてください。持ち主がいなければ無効にしてください。
  en: Ask the vendor whose account it is and enter it in the ledger. Disable it when it is nobody's.
ask:
  ja: このアカウントはどなたのものですか。要らなければ消してください。
  en: Whose account is this? Please remove it when it is not needed.
examples:
  now: 2026-01-31
  bad:
    remote_lines: [{line: pacs, accounts: "v1, v2"}, {line: lab, accounts: v3}, {line: paper}]
    line_uses:
      - {asset: pacs, line: pacs, kind: session, machine: gw, account: v9, peer_address: 203.0.113.9, account_declared: false}
      - {asset: lab, line: lab, kind: session, machine: gw, account: v3, peer_address: 203.0.113.7, account_declared: true}
      - {asset: paper, line: paper, kind: session, machine: gw, account: v4, peer_address: 203.0.113.7}
    fails: [[pacs, v9]]
    passes: [lab]
  good:
    remote_lines: [{line: lab, accounts: v3}]
    line_uses: [{asset: lab, line: lab, kind: session, machine: gw, account: v3, account_declared: true}]
    passes: [lab]
---*/
select asset as line, account, min(peer_address) as peer_address, min(machine) as machine, min(evidence) as evidence
from line_uses
where not account_declared
group by asset, account
