/*---
title: {ja: 画面の遠隔操作(VNC)のポートがネットワークから使える, en: Remote control of the screen (VNC) is open to the network}
severity: high
subject: asset
key: [asset, port]
scope: select asset from assets where scanned
why:
  ja: VNCの多くは短いパスワードだけで、通信も暗号化されません。届いた人は、その機器の画面を見て操作できます。
  en: Most VNC has a short password and no encryption. Whoever reaches it can see and operate the screen of the machine.
message:
  ja: "{asset}({address}): ポート{port}(普通はVNC)が開いています"
  en: "{asset} ({address}): port {port}, usually VNC, is open"
fix:
  cost: none
  ja: 使っていなければ止めてください。保守で使うなら、使う間だけ開け、届く相手を踏み台や保守用PCだけに絞ってください。
  en: Switch it off where nobody uses it. Where maintenance needs it, open it only while it is used, and only to the jump server or the maintenance PC.
ask:
  ja: 遠隔操作(VNC)を常に開けておく必要があるか、接続元の限定、暗号化、パスワードの変更ができるかを教えてください。
  en: Does remote control (VNC) have to stay open? Can you limit who may connect, encrypt it and change its password?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, scanned: true}, {asset: b, scanned: true}, {asset: c, scanned: false}]
    network_ports:
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 5900, state: open}
      - {asset: a, address: 10.9.0.5, protocol: tcp, port: 5900, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 5432, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 5900, state: filtered}
      - {asset: b, address: 10.1.0.6, protocol: udp, port: 5900, state: open}
      - {asset: c, address: 10.1.0.7, protocol: tcp, port: 5900, state: open}
    fails: [[a, 5900]]
  good:
    assets: [{asset: b, scanned: true}]
    network_ports: [{asset: b, address: 10.1.0.6, protocol: tcp, port: 5432, state: open}]
    passes: [b]
---*/
select asset, port, address, evidence
from network_ports
where protocol = 'tcp' and state = 'open' and port = 5900
