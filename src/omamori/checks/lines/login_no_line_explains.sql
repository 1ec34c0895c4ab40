/*---
title:
  ja: どの回線でもないログインが、院外から来た
  en: A login from outside that no line explains
severity: high
subject: site
key: [machine, account, peer_address]
scope: select asset from assets where configured
why:
  ja: 台帳のどの回線にも当たらないログインは、知らない入口があるか、知らない人が入っている印です。
  en: A login that fits no line of the ledger means a door or a person nobody knows.
message:
  ja: "{machine}: {peer_address} からアカウント {account} でログインされましたが、どの回線にも当たりません({began}、{times} 件)"
  en: "{machine}: {account} logged in from {peer_address}, which no line of the ledger explains ({began}, {times} times)"
fix:
  cost: none
  ja: 誰のログインかを確かめてください。業者のものなら台帳の回線にアカウントと接続元を書き、分からなければアカウントを無効にしてください。
  en: Find out whose login it is. Enter the account and source of a vendor in the line of the ledger; disable the account when nobody knows.
ask:
  ja: このログインは御社のものですか。どの回線から、どなたが入られたか教えてください。
  en: Is this login yours? By which line, and who?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: gw, configured: true}]
    line_uses:
      - {asset: gw, machine: gw, kind: session, account: x, peer_address: 203.0.113.50, began: "2026-01-20 10:00:00"}
      - {asset: gw, machine: gw, kind: session, account: x, peer_address: 203.0.113.50, began: "2026-01-21 10:00:00"}
      - {asset: pacs, line: pacs, machine: gw, kind: session, account: v1, peer_address: 203.0.113.9, began: "2026-01-20 10:00:00"}
    fails: [[gw, x, 203.0.113.50]]
  good:
    assets: [{asset: gw, configured: true}, {asset: pc, role: client}]
    incomplete: {line_uses: [pc]}
    line_uses: [{asset: pacs, line: pacs, machine: gw, kind: session, account: v1, peer_address: 203.0.113.9, began: "2026-01-20 10:00:00"}]
    passes: [site]
---*/
select 'site' as site, machine, account, peer_address, max(began) as began, sum(times) as times, min(evidence) as evidence
from line_uses
where line is null
group by machine, account, peer_address
