/*---
title: {ja: 古いVPN(PPTP)のポートが開いている, en: An old VPN (PPTP) is open}
severity: high
subject: asset
key: [asset, port]
scope: select asset from assets where scanned
why:
  ja: PPTPの暗号は解読でき、パスワードを取り出せることが知られています。外から入る口に使うと、盗み見たパスワードで中に入られます。
  en: The encryption of PPTP is known to be broken, and its passwords can be recovered. As an entrance from outside it lets in whoever listened.
message:
  ja: "{asset}({address}): ポート{port}(PPTP)が開いています"
  en: "{asset} ({address}): port {port} (PPTP) is open"
fix:
  cost: none
  ja: 使っていなければ止めてください。使っていれば、IPsecやSSL-VPN、WireGuardなど今の方式に切り替え、多要素の認証を付けてください。
  en: Switch it off where nobody uses it. Where it is used, move to a present VPN (IPsec, SSL VPN, WireGuard) with a second factor.
ask:
  ja: PPTPを使う保守回線を、今の方式のVPNに切り替える予定と費用を教えてください。
  en: When and at what cost can the line that uses PPTP move to a present kind of VPN?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, scanned: true}, {asset: b, scanned: true}, {asset: c, scanned: false}]
    network_ports:
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 1723, state: open}
      - {asset: a, address: 10.9.0.5, protocol: tcp, port: 1723, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 443, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 1723, state: filtered}
      - {asset: b, address: 10.1.0.6, protocol: udp, port: 1723, state: open}
      - {asset: c, address: 10.1.0.7, protocol: tcp, port: 1723, state: open}
    fails: [[a, 1723]]
  good:
    assets: [{asset: b, scanned: true}]
    network_ports: [{asset: b, address: 10.1.0.6, protocol: tcp, port: 443, state: open}]
    passes: [b]
---*/
select asset, port, address, evidence
from network_ports
where protocol = 'tcp' and state = 'open' and port = 1723
