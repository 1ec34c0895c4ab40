/*---
title: {ja: 院外と通信した「閉域」の機器が、全員にポートを開けている, en: A closed machine that talked to the outside offers ports to everybody}
severity: high
subject: asset
key: [asset, port, protocol]
scope: select asset from assets where closed
why:
  ja: 外に出る道がある機器に開いたポートがあると、外からも届くおそれがあります。
  en: Where there is a way out, an open port may also be reached from the outside.
message:
  ja: "{asset}: {port}/{protocol}({process})が誰からでも届きます"
  en: "{asset}: anybody can reach {port}/{protocol} ({process})"
fix:
  cost: none
  ja: 院外との通信を止め、ポートは使う相手だけにファイアウォールで絞ってください。
  en: Stop the traffic to the outside, and let the firewall pass the port only from those who use it.
ask:
  ja: このポートを使う相手だけに絞る設定をお願いします。使う相手の一覧もください。
  en: Please limit this port to those who use it, and give us the list of them.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, closed: true}]
    exposures: [{asset: a, port: 8080, protocol: tcp, inbound: open, process: java}, {asset: a, port: 9000, protocol: tcp, inbound: unknown, doubt: to_confirm}, {asset: a, port: 22, protocol: tcp, inbound: restricted}]
    ways_out: [{asset: a, kind: connection, detail: 203.0.113.5 443/tcp, strength: proof}]
    fails: [[a, 8080, tcp]]
    unknowns: [[a, 9000, tcp]]
  good:
    assets: [{asset: b, closed: true}, {asset: c, closed: false}, {asset: d, closed: true}]
    exposures:
      - {asset: b, port: 8080, protocol: tcp, inbound: open}
      - {asset: c, port: 8080, protocol: tcp, inbound: open}
      - {asset: d, port: 8080, protocol: tcp, inbound: blocked}
    ways_out:
      - {asset: b, kind: dns, detail: 203.0.113.5, strength: sign}
      - {asset: c, kind: connection, detail: 203.0.113.5 443/tcp, strength: proof}
      - {asset: d, kind: connection, detail: 203.0.113.5 443/tcp, strength: proof}
    passes: [b, d]
---*/
select e.asset, e.port, e.protocol, e.process, e.doubt as unknown, e.evidence
from exposures e
where e.inbound in ('open', 'unknown') and exists (select 1 from ways_out w where w.asset = e.asset and w.strength = 'proof')
