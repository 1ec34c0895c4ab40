/*---
title:
  ja: 院外のDNSサーバを使っている
  en: It asks a name server outside
severity: medium
subject: asset
key: [asset, server]
why:
  ja: 名前の問い合わせは閉域の外に出る通り道になり、情報の持ち出しや遠隔操作の合図に使われます。
  en: Questions about names are a way out of a closed network, used to carry data out and commands in.
message:
  ja: "{asset}: 院外のDNSサーバ {server} が設定されています({file})"
  en: "{asset}: the name server {server} lies outside ({file})"
fix:
  cost: none
  ja: 院内のDNSサーバを指定し、入口の装置で外への問い合わせを止めてください。
  en: Name the hospital’s own name server, and stop questions to others at the entrance.
  run: sudo resolvectl dns eth0 NAMESERVER
ask:
  ja: 院内のDNSサーバに替えられるかを確認してください。
  en: Ask whether it can use the hospital’s name server.
examples:
  now: 2026-01-31
  bad:
    outbound_settings: [{asset: a, kind: dns, value: 203.0.113.53, address_public: true, origin: /etc/resolv.conf}]
    fails: [[a, 203.0.113.53]]
  good:
    outbound_settings:
      - {asset: a, kind: dns, value: 10.1.0.2, address_public: false}
      - {asset: a, kind: ntp, value: 203.0.113.9, address_public: true}
    passes: [a]
---*/
select asset, value as server, origin as file, evidence
from outbound_settings
where kind = 'dns' and address_public
