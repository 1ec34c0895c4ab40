/*---
title:
  ja: 使っていないはずの回線が使われている
  en: A line the ledger calls idle is being used
severity: medium
subject: line
key: [line]
why:
  ja: 院内で誰も知らないうちに使われている回線は、業者も、業者でない人も入れます。
  en: A line that is used without anybody in the hospital knowing lets in the vendor, and others too.
message:
  ja: "{line}: 台帳では {idle_since} が最後ですが、{began} に使われています(接続元 {peer_address}、記録した機器 {machine})"
  en: "{line}: last used {idle_since} by the ledger, but used {began} (from {peer_address}, logged by {machine})"
fix:
  cost: none
  ja: 業者に今も使っているかを聞き、使っていれば台帳の最終利用日を直し、使っていなければ回線を止めてください。
  en: Ask the vendor. Correct the date in the ledger when the line is needed; switch it off when it is not.
ask:
  ja: この回線を今も使われていますか。いつ、どなたが使われましたか。
  en: Do you still use this line? When, and who?
examples:
  now: 2026-01-31
  bad:
    remote_lines: [{line: pacs, last_used: 2025-03-01}, {line: lab, last_used: 2026-01-01}]
    line_uses:
      - {asset: pacs, line: pacs, kind: session, machine: gw, peer_address: 203.0.113.9, began: "2026-01-20 10:00:00", idle_since: 2025-03-01}
      - {asset: pacs, line: pacs, kind: session, machine: gw, peer_address: 203.0.113.9, began: "2026-01-21 10:00:00", idle_since: 2025-03-01}
      - {asset: lab, line: lab, kind: session, machine: gw, peer_address: 203.0.113.9, began: "2026-01-20 10:00:00"}
    fails: [pacs]
    passes: [lab]
  good:
    remote_lines: [{line: lab, last_used: 2026-01-01}]
    line_uses: [{asset: lab, line: lab, kind: session, machine: gw, began: "2026-01-20 10:00:00"}]
    passes: [lab]
---*/
select asset as line, min(idle_since) as idle_since, max(began) as began, min(peer_address) as peer_address, min(machine) as machine,
  min(evidence) as evidence
from line_uses
where idle_since is not null
group by asset
