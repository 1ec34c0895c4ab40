/*---
title:
  ja: VPNなどの通り道が開いている
  en: A tunnel such as a VPN is up
severity: medium
subject: asset
key: [asset, name]
why:
  ja: 機器から直接開くVPNは、入口の装置の記録や制限を通りません。閉域の機器なら、外への通り道です。
  en: A VPN opened from the machine itself passes no record and no limit of the entrance. On a closed machine it is a way out.
message:
  ja: "{asset}: 通り道 {name}({address})が開いています"
  en: "{asset}: the tunnel {name} ({address}) is up"
fix:
  cost: low
  ja: 相手と目的を確かめて台帳の外部接続に記入し、使わないときは閉じてください。
  en: Find out where it leads and why, enter it as an outside line, and close it while it is not used.
  run: ip addr show; sudo wg show
ask:
  ja: VPNの接続先と用途、使うときだけ開けるかを確認してください。
  en: Ask where the VPN leads and what for, and whether it can be open only while used.
examples:
  now: 2026-01-31
  bad:
    interfaces: [{asset: a, name: tun0, kind: tunnel, up: true, address: 10.8.0.6}]
    fails: [[a, tun0]]
  good:
    interfaces:
      - {asset: a, name: tun0, kind: tunnel, up: false, address: 10.8.0.6}
      - {asset: a, name: sit0, kind: tunnel, up: true}
      - {asset: a, name: eth0, kind: ethernet, up: true, address: 10.1.0.11}
    passes: [a]
---*/
select asset, name, address, evidence
from interfaces
where kind = 'tunnel' and up and address is not null
