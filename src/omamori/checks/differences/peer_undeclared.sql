/*---
title: {ja: 設計にない相手と通信している, en: A machine talks to a peer that the design does not foresee}
severity: medium
subject: asset
key: [asset, direction, peer, port, protocol]
why:
  ja: 部門のサーバから電子カルテへと侵入が広がった道は、どの図面にもない通信でした。
  en: The way by which intruders came from a department's server to the records was on no drawing.
message:
  ja: "{asset}: {peer}({peer_asset})との {port}/{protocol} {direction} は設計にありません"
  en: "{asset}: {port}/{protocol} {direction} with {peer} ({peer_asset}) is not in the design"
fix:
  cost: none
  ja: 「設計通信」シートで要るか要らないかを決めてください。要らない通信は、ファイアウォールで止めてください。
  en: Decide in the sheet of designed flows whether it is needed, and block in the firewall what is not.
ask:
  ja: この通信は何のためですか。要らなければ止めてよいですか。
  en: What is this connection for, and may it be blocked when it is not needed?
examples:
  now: 2026-01-31
  bad:
    peers:
      - {asset: a, direction: in, peer: 10.9.0.5, port: 3389, protocol: tcp, designed: false}
      - {asset: a, direction: in, peer: 10.1.0.5, port: 1433, protocol: tcp, designed: true}
      - {asset: b, direction: out, peer: 10.1.0.9, port: 22, protocol: tcp}
    fails: [[a, in, 10.9.0.5, 3389, tcp]]
    passes: [b]
  good:
    peers: [{asset: c, direction: in, peer: 10.1.0.5, port: 1433, protocol: tcp, designed: true}]
    passes: [c]
---*/
select asset, direction, peer, peer_asset, port, protocol, evidence
from peers
where not designed
