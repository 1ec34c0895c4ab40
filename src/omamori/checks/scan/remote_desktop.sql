/*---
title: {ja: リモートデスクトップのポートがネットワークから届く, en: Remote Desktop can be reached from the network}
severity: medium
subject: asset
key: [asset, port]
scope: select asset from assets where scanned
why:
  ja: リモートデスクトップは、盗んだパスワードで次の機器へ移るときに最もよく使われる口です。保守の回線から届くと、病院の外からも使われます。
  en: Remote Desktop is the door most used to move on with stolen passwords; where a maintenance line reaches it, from outside the hospital too.
message:
  ja: "{asset}({address}): 調べた場所から、リモートデスクトップのポート{port}が開いて見えました"
  en: "{asset} ({address}): the port of Remote Desktop, {port}, is open to where the scan was made"
fix:
  cost: none
  ja: 使わない機器では止め、使う機器では届く相手を踏み台や管理用PCだけに絞ってください。
  en: Switch it off where it is not used; elsewhere let only the jump server or the PCs that administer it connect.
ask:
  ja: リモートデスクトップの接続元を、踏み台と保守用の端末だけに絞れるかを教えてください。
  en: Can Remote Desktop be limited to the jump server and the terminals used for maintenance?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, scanned: true}, {asset: b, scanned: true}, {asset: c, scanned: false}]
    network_ports:
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 3389, state: open}
      - {asset: a, address: 10.9.0.5, protocol: tcp, port: 3389, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 443, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 3389, state: filtered}
      - {asset: b, address: 10.1.0.6, protocol: udp, port: 3389, state: open}
      - {asset: c, address: 10.1.0.7, protocol: tcp, port: 3389, state: open}
    fails: [[a, 3389]]
  good:
    assets: [{asset: b, scanned: true}]
    network_ports: [{asset: b, address: 10.1.0.6, protocol: tcp, port: 443, state: open}]
    passes: [b]
---*/
select asset, port, address, evidence
from network_ports
where protocol = 'tcp' and state = 'open' and port = 3389
