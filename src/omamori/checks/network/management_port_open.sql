/*---
title: {ja: 管理用のポートが誰からでも届く, en: A management port can be reached by anybody}
severity: high
subject: asset
key: [asset, port]
scope: select asset from assets where important or role = 'server'
why:
  ja: 一台に入り込んだ者は、まず管理用のポートで隣の機器に入ろうとします。保守端末からだけ届けば足ります。
  en: Whoever is inside one machine next tries the management ports of its neighbours. Only the maintenance PC needs to reach them.
message:
  ja: "{asset}: {port}/tcp({process})が誰からでも届きます"
  en: "{asset}: anybody can reach {port}/tcp ({process})"
fix:
  cost: none
  ja: ファイアウォールで、接続元を保守端末のアドレスだけに絞ってください。
  en: Let the firewall pass the port only from the addresses of the maintenance PCs.
  run: "sudo ufw allow from 10.0.0.5 to any port 22 proto tcp && sudo ufw delete allow 22/tcp"
ask:
  ja: この管理用ポートの接続元を、保守に使う端末だけに絞ってください。
  en: Please limit this management port to the machines used for maintenance.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, important: true}, {asset: b, role: server}]
    exposures:
      - {asset: a, protocol: tcp, port: 22, inbound: open, process: sshd}
      - {asset: a, protocol: tcp, port: 3389, inbound: open}
      - {asset: b, protocol: tcp, port: 5985, inbound: open}
      - {asset: b, protocol: tcp, port: 5986, inbound: open}
      - {asset: b, protocol: tcp, port: 10000, inbound: open}
      - {asset: b, protocol: tcp, port: 9090, inbound: open}
      - {asset: b, protocol: tcp, port: 3389, inbound: unknown, doubt: to_confirm}
    fails: [[a, 22], [a, 3389], [b, 5985], [b, 5986], [b, 10000], [b, 9090]]
    unknowns: [[b, 3389]]
  good:
    assets: [{asset: c, important: true}, {asset: d, role: client}]
    exposures:
      - {asset: c, protocol: tcp, port: 22, inbound: restricted}
      - {asset: c, protocol: tcp, port: 443, inbound: open}
      - {asset: c, protocol: udp, port: 3389, inbound: open}
      - {asset: c, protocol: tcp, port: 23, inbound: open}
      - {asset: d, protocol: tcp, port: 22, inbound: open}
    passes: [c]
---*/
select asset, port, process, doubt as unknown, evidence
from exposures
where protocol = 'tcp' and inbound in ('open', 'unknown') and port in (22, 3389, 5985, 5986, 9090, 10000)
