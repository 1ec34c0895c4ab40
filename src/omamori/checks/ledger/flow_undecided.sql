/*---
title:
  ja: 必要かどうか決めていない通信
  en: Connections nobody has decided on
severity: low
subject: asset
key: [asset]
scope: select asset from designed_flows
why:
  ja: あってよい通信が決まると、それ以外を止められます。費用のかからない最も強い守りです。
  en: Once it is settled which connections are meant to be, all others can be stopped, at no cost.
message:
  ja: "{asset}: {flows}件の通信が必要かどうか決まっていません(例: {example})"
  en: "{asset}: {flows} connections wait for a decision (for example {example})"
fix:
  cost: none
  ja: 「設計通信」シートの「必要か」に、はい/いいえ を付けてください。分からない相手は業者に聞きます。
  en: Tick them in the sheet of designed flows; ask the vendor about those you do not know.
ask:
  ja: 業者に、この機器が必要とする通信の一覧(相手・ポート・目的)を依頼してください。
  en: Ask for the list of connections this machine needs, with peer, port and purpose.
examples:
  now: 2026-01-31
  bad:
    designed_flows: [{asset: ehr, peer: b}, {asset: pacs, peer: c, needed: unknown}, {asset: lab, peer: d, needed: "yes"}]
    fails: [ehr, pacs]
    passes: [lab]
  good:
    designed_flows: [{asset: ehr, peer: b, needed: "no"}, {asset: ehr, peer: c, needed: "yes"}]
---*/
select asset, count(*) as flows, min(peer) as example, min(evidence) as evidence
from designed_flows
where needed is null or needed = 'unknown'
group by asset
