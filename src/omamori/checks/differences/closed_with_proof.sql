/*---
title: {ja: 「閉域」の機器が院外と通信している, en: A machine of the closed network talks to the outside}
severity: critical
subject: asset
key: [asset, detail]
scope: select asset from assets where closed
why:
  ja: 「外にはつながっていない」という思い込みは、被害を受けた病院に共通していました。出られる道は、入られる道でもあります。
  en: The hospitals that were hit all believed that they were not connected. A way out is a way in.
message:
  ja: "{asset}: 院外の {detail} と通信していました"
  en: "{asset}: it was talking to {detail} outside"
fix:
  cost: none
  ja: 通信しているプログラムを調べ、不要なら止めてください。必要な通信なら、台帳の「インターネットに出られるか」を直し、相手を限って許可してください。
  en: Find the program that talks and stop it when it is not needed. When it is, correct the ledger and allow only this peer.
  run: "sudo ss -tupn"
ask:
  ja: この機器は閉域にあるはずですが、院外と通信しています。何のための通信ですか。止められますか。
  en: This machine should be in a closed network but talks to the outside. What for, and can it be stopped?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, closed: true}]
    ways_out:
      - {asset: a, kind: connection, detail: 203.0.113.5 443/tcp, strength: proof}
      - {asset: a, kind: dns, detail: 203.0.113.53, strength: sign}
    fails: [[a, 203.0.113.5 443/tcp]]
  good:
    assets: [{asset: b, closed: false}, {asset: c, closed: true}, {asset: d}]
    ways_out:
      - {asset: b, kind: connection, detail: 203.0.113.5 443/tcp, strength: proof}
      - {asset: d, kind: connection, detail: 203.0.113.5 443/tcp, strength: proof}
    passes: [c]
---*/
select asset, detail, evidence
from ways_out
where strength = 'proof'
