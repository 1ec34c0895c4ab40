/*---
title: {ja: 院外からの接続を、遠隔操作や管理の口へ通している, en: Connections from outside are let in to ports for remote work and administration}
severity: critical
subject: asset
key: [asset, port]
scope: select asset from assets where role = 'network' or declared = false  # a device nobody wrote down is judged too
why:
  ja: 遠隔操作やファイル共有、データベースの口が院外に開いていると、暗証番号を試されたり弱点を突かれたりして、そこから院内に入られます。
  en: "Where ports for remote work, file sharing or databases are open to the outside, passwords are tried and flaws used there: the usual way in."
message:
  ja: "{asset} のログで、院外の {source} などから院内 {destination} のポート {port} への接続 {times} 回を通しています(最後は {last})"
  en: "the log of {asset} shows {times} connections let in from outside ({source} and others) to port {port} of {destination}, the last on {last}"
fix:
  cost: low
  ja: この口を通す規則を探し、使う相手だけに絞るか閉じてください。保守に要るなら、VPNと二要素認証の奥に移します。
  en: Find the rule that lets it through and narrow it to who needs it, or close it. What maintenance needs belongs behind a VPN with a second factor.
ask:
  ja: この接続は貴社の保守によるものですか。VPNなど守りのある入口に替えられますか。
  en: Are these connections yours? Can they be moved behind a VPN or another guarded entrance?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: fw, role: network}, {asset: gw, declared: false}, {asset: pc, role: client, declared: true}]
    flows:
      - {asset: fw, last_seen: "2026-01-01 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 21, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 23, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 135, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 139, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 445, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 1433, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 1521, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 3306, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 5432, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 5900, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 5985, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 5986, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 8291, action: accept, times: 1}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 3389, action: accept, times: 2}
      - {asset: fw, last_seen: "2026-01-03 00:00:00", source_scope: public, source_address: 198.51.100.8, destination_scope: private, destination_address: 10.1.0.5, destination_port: 3389, action: accept, times: 3}
      - {asset: fw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.8, destination_scope: private, destination_address: 10.1.0.5, destination_port: 443, action: accept, times: 3}
      - {asset: gw, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.8, destination_scope: private, destination_address: 10.1.0.6, destination_port: 22, action: accept, times: 1}
      - {asset: pc, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.8, destination_scope: private, destination_address: 10.1.0.7, destination_port: 3389, action: accept, times: 1}
    fails: [[fw, 21], [fw, 23], [fw, 135], [fw, 139], [fw, 445], [fw, 1433], [fw, 1521], [fw, 3306], [fw, 5432], [fw, 5900], [fw, 5985], [fw, 5986], [fw, 8291], [fw, 3389], [gw, 22]]
  good:
    assets: [{asset: a, role: network}]
    flows:
      - {asset: a, last_seen: "2025-12-31 23:59:59", source_scope: public, source_address: 198.51.100.7, destination_scope: private, destination_address: 10.1.0.5, destination_port: 3389, action: accept, times: 2}
      - {asset: a, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.8, destination_scope: private, destination_address: 10.1.0.5, destination_port: 3389, action: drop, times: 3}
      - {asset: a, last_seen: "2026-01-02 00:00:00", source_scope: private, source_address: 10.1.0.8, destination_scope: private, destination_address: 10.1.0.5, destination_port: 3389, action: accept, times: 3}
      - {asset: a, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.8, destination_scope: public, destination_address: 203.0.113.5, destination_port: 3389, action: accept, times: 3}
      - {asset: a, last_seen: "2026-01-02 00:00:00", source_scope: public, source_address: 198.51.100.8, destination_scope: private, destination_address: 10.1.0.5, destination_port: 3389, times: 3}
    passes: [a]
---*/
select asset, destination_port as port, sum(times) as times, max(last_seen) as last, arg_max(source_address, last_seen) as source,
  arg_max(destination_address, last_seen) as destination, arg_max(evidence, last_seen) as evidence
from flows
where action = 'accept' and source_scope = 'public' and destination_scope = 'private' and last_seen >= $now - interval 30 days
  and destination_port in (21, 22, 23, 135, 139, 445, 1433, 1521, 3306, 3389, 5432, 5900, 5985, 5986, 8291)
group by asset, destination_port
