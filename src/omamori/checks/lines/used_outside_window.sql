/*---
title:
  ja: 保守回線が、決めた時間の外で使われた
  en: A line was used outside its service window
severity: high
subject: line
key: [line, began, account, peer_address]
scope: select line from remote_lines where service_window is not null
why:
  ja: 深夜や休日の保守回線は、業者の作業ではないことがあります。侵入は夜間の接続で始まりました。
  en: At night and on holidays a service line may be used by somebody who is not the vendor. Intrusions began with a connection at night.
message:
  ja: "{line}: {began} から {ended} まで使われました(アカウント {account}、接続元 {peer_address}、記録した機器 {machine})。決めた時間は {service_window}"
  en: "{line}: used from {began} to {ended} (account {account}, from {peer_address}, logged by {machine}); its window is {service_window}"
fix:
  cost: none
  ja: 業者にその日時の作業かを聞いてください。心当たりがなければ、回線を止め、そのアカウントを無効にしてから調べてください。
  en: Ask the vendor whether they worked then. If nobody did, switch the line off, disable the account, and look into it.
ask:
  ja: この日時に、この回線で作業をされましたか。どなたが、何の作業をされたか教えてください。
  en: Did you work over this line at that time? Who, and on what?
examples:
  now: 2026-01-31
  bad:
    remote_lines:
      - {line: pacs, service_window: "Tue 13:00-17:00"}
      - {line: lab, service_window: on call}
      - {line: mri, service_window: anytime}
      - {line: paper}
    line_uses:
      - {asset: pacs, line: pacs, kind: session, machine: gw, account: v1, peer_address: 203.0.113.9, began: "2026-01-25 02:10:00", ended: "2026-01-25 03:00:00", in_window: false, service_window: "Tue 13:00-17:00"}
      - {asset: pacs, line: pacs, kind: session, machine: gw, account: v1, peer_address: 203.0.113.9, began: "2026-01-27 13:30:00", in_window: true, service_window: "Tue 13:00-17:00"}
      - {asset: lab, line: lab, kind: packets, machine: fw, peer_address: 203.0.113.7, began: "2026-01-20 10:00:00", service_window: on call}
      - {asset: mri, line: mri, kind: logon, machine: srv, account: v2, began: "2026-01-20 23:00:00", in_window: true, service_window: anytime}
      - {asset: paper, line: paper, kind: session, machine: gw, account: v3, began: "2026-01-20 23:00:00"}
    fails: [[pacs, "2026-01-25 02:10:00", v1, 203.0.113.9]]
    unknowns: [[lab, "2026-01-20 10:00:00", null, 203.0.113.7]]
    passes: [mri]
  good:
    remote_lines: [{line: pacs, service_window: "Tue 13:00-17:00"}]
    line_uses:
      - {asset: pacs, line: pacs, kind: session, machine: gw, account: v1, peer_address: 203.0.113.9, began: "2026-01-27 13:30:00", in_window: true}
    passes: [pacs]
---*/
select asset as line, machine, account, peer_address, began, coalesce(ended, began) as ended, service_window,
  if(in_window is null, 'to_confirm', null) as unknown, evidence
from line_uses
where not coalesce(in_window, false)
