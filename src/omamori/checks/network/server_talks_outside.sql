/*---
title:
  ja: サーバが院外と直接通信している
  en: A server talks to the outside directly
severity: high
subject: asset
key: [asset, peer, port]
scope: select asset from assets where role = 'server'
why:
  ja: 侵入された機器は外に連絡して指示を受け、記録を持ち出します。サーバが外に出る相手は、分かっている数件だけのはずです。
  en: A machine that was broken into calls outside for orders and carries records out. A server should call only a few peers that are known.
message:
  ja: "{asset}: {process} が院外の {peer} ポート{port} と通信しています"
  en: "{asset}: {process} talks to {peer} port {port} outside"
fix:
  cost: low
  ja: 相手と目的を確かめ、必要なら台帳の設計通信に記入し、それ以外は入口の装置で止めてください。
  en: Find out who and why. Enter it as a designed flow if it is needed, and stop all else at the entrance.
  run: sudo ss -tunp state established
ask:
  ja: この通信の相手と目的、止めた場合の影響を確認してください。
  en: Ask who the peer is and why, and what happens without it.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, role: server}, {asset: pc, role: client}]
    connections:
      - {asset: a, seen: "2026-01-01 00:00:00", direction: out, state: established, peer_scope: public, peer_address: 203.0.113.7, peer_port: 443, process: agent}
      - {asset: pc, seen: 2026-01-30, direction: out, state: established, peer_scope: public, peer_address: 203.0.113.7, peer_port: 443}
    fails: [[a, 203.0.113.7, 443]]
  good:
    hosts: [{asset: a, role: server}]
    connections:
      - {asset: a, seen: "2025-12-31 23:59:59", direction: out, state: established, peer_scope: public, peer_address: 203.0.113.7, peer_port: 443}
      - {asset: a, seen: 2026-01-30, direction: in, state: established, peer_scope: public, peer_address: 203.0.113.7, peer_port: 50000}
      - {asset: a, seen: 2026-01-30, direction: out, state: time-wait, peer_scope: public, peer_address: 203.0.113.7, peer_port: 443}
      - {asset: a, seen: 2026-01-30, direction: out, state: established, peer_scope: private, peer_address: 10.1.0.9, peer_port: 443}
    passes: [a]
---*/
select asset, peer_address as peer, peer_port as port, max(process) as process, arg_max(evidence, seen) as evidence
from connections
where peer_scope = 'public' and direction = 'out' and state = 'established' and seen >= $now - interval 30 days
group by asset, peer_address, peer_port
