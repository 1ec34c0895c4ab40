/*---
title:
  ja: 院外から直接つながれている
  en: Somebody outside is connected
severity: critical
subject: asset
key: [asset, port]
why:
  ja: 院外の機器がこの機器に直接つながっています。装置の設定誤りか、意図しない公開です。
  en: "A machine outside has connected to this one: by a mistake in a device, or because it was opened without intent."
message:
  ja: "{asset}: 院外の{count}か所からポート{port}({process})につながっています(例 {peer})"
  en: "{asset}: {count} peers outside are connected to port {port} ({process}), for example {peer}"
fix:
  cost: low
  ja: 入口の装置の転送設定を確かめ、必要がなければ閉じてください。
  en: Look at what the entrance device forwards, and close it unless it is needed.
  run: sudo ss -tunp state established
ask:
  ja: 院外からの接続が保守によるものか、守りのある別の入口に替えられるかを確認してください。
  en: Ask whether the connection is theirs, and whether another, guarded entrance can be used.
equivalent: {"join assets as a -> left": every machine stands in assets}
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, closed: true}, {asset: b, closed: false}, {asset: c}]
    connections:
      - {asset: a, seen: "2026-01-01 00:00:00", direction: in, peer_scope: public, peer_address: 203.0.113.7, local_port: 443, process: nginx}
      - {asset: a, seen: 2026-01-02, direction: in, peer_scope: public, peer_address: 203.0.113.8, local_port: 80, process: nginx}
      - {asset: a, seen: 2026-01-03, direction: in, peer_scope: public, peer_address: 203.0.113.9, local_port: 80, process: nginx}
      - {asset: b, seen: 2026-01-03, direction: in, peer_scope: public, peer_address: 203.0.113.9, local_port: 3389}
      - {asset: b, seen: 2026-01-03, direction: in, peer_scope: public, peer_address: 203.0.113.9, local_port: 444}
      - {asset: b, seen: 2026-01-03, direction: in, peer_scope: public, peer_address: 203.0.113.9, local_port: 442}
      - {asset: b, seen: 2026-01-03, direction: in, peer_scope: public, peer_address: 203.0.113.9, local_port: 81}
      - {asset: b, seen: 2026-01-03, direction: in, peer_scope: public, peer_address: 203.0.113.9, local_port: 79}
      - {asset: c, seen: 2026-01-03, direction: in, peer_scope: public, peer_address: 203.0.113.9, local_port: 443}
    fails: [[a, 443], [a, 80], [b, 3389], [b, 444], [b, 442], [b, 81], [b, 79], [c, 443]]
  good:
    assets: [{asset: a}, {asset: b, closed: false}]
    connections:
      - {asset: a, seen: "2025-12-31 23:59:59", direction: in, peer_scope: public, peer_address: 203.0.113.7, local_port: 443}
      - {asset: a, seen: 2026-01-30, direction: out, peer_scope: public, peer_address: 203.0.113.7, local_port: 40000}
      - {asset: a, seen: 2026-01-30, direction: in, peer_scope: private, peer_address: 10.1.0.50, local_port: 22}
      - {asset: b, seen: 2026-01-30, direction: in, peer_scope: public, peer_address: 203.0.113.7, local_port: 443}  # a website the ledger knows to be public
      - {asset: b, seen: 2026-01-30, direction: in, peer_scope: public, peer_address: 203.0.113.7, local_port: 80}
    passes: [a, b]
---*/
with reached as (
  select asset, local_port as port, count(distinct peer_address) as count, min(peer_address) as peer, max(process) as process,
    arg_max(evidence, seen) as evidence
  from connections
  where direction = 'in' and peer_scope = 'public' and seen >= $now - interval 30 days
  group by asset, local_port
)
select r.asset, r.port, r.count, r.peer, r.process, r.evidence
from reached r join assets a on a.asset = r.asset
where r.port not in (80, 443) or a.closed is distinct from false
