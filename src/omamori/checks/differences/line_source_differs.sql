/*---
title: {ja: 接続元を限ったはずの回線が、どこからでも開ける, en: A line that was to be restricted can be opened from anywhere}
severity: high
subject: line
key: [line]
why:
  ja: 台帳では限定済みでも、機器の設定が変わったり戻されたりすると、世界中から試される入口になります。
  en: Restricted on paper, but not in the device, the door is tried from all over the world.
message:
  ja: "{line}: 台帳では接続元を限定、{device} の設定ではどのアドレスからも開けます"
  en: "{line}: restricted in the ledger; by the configuration of {device} any address may open it"
fix:
  cost: none
  ja: 業者の固定IPだけに限る設定を入れ直し、いつ外れたかを業者に聞いてください。
  en: Have the restriction to the vendor's addresses set again, and ask when it was taken away.
equivalent:
  "join entries as e -> left": a line without a row of its own has no value in e.observed
examples:
  now: 2026-01-31
  bad:
    remote_lines:
      - {line: pacs, source_restricted: "yes"}
      - {line: lab, source_restricted: "no"}
      - {line: mri, source_restricted: "yes"}
      - {line: paper, source_restricted: "yes"}
      - {line: lan, source_restricted: "yes"}
    entries:
      - {asset: pacs, entry: pacs, device: fw, observed: true, method: ssl-vpn}
      - {asset: lab, entry: lab, device: fw, observed: true, method: ssl-vpn}
      - {asset: mri, entry: mri, device: fw, observed: true, method: ssl-vpn, opened_from: 198.51.100.7}
      - {asset: paper, entry: paper, device: fw, observed: false, method: ssl-vpn}
      - {asset: lan, entry: lan, device: fw, observed: true, method: interface}
    fails: [pacs]
    passes: [lab, mri, paper, lan]
  good:
    remote_lines: [{line: mri, source_restricted: "yes"}]
    entries: [{asset: mri, entry: mri, device: fw, observed: true, method: ssl-vpn, opened_from: 198.51.100.7}]
    passes: [mri]
---*/
select l.line, e.device, e.evidence
from remote_lines l join entries e on e.asset = l.line
where l.source_restricted = 'yes' and e.observed and e.opened_from is null
    and e.method in ('ssl-vpn', 'openvpn', 'wireguard', 'l2tp', 'pptp', 'ipsec')
