/*---
title: {ja: 台帳にない機器がネットワークで応答した, en: A machine nobody knows answered on the network}
severity: high
subject: asset
key: [asset]
scope: select asset from assets where scanned
why:
  ja: 業者が置いたルータや私物のPCは、閉じたつもりのネットワークの入口になります。知らない機器は、更新も、被害のときの確認もされません。
  en: A router a vendor left, or somebody's own PC, becomes the entrance to a network believed to be closed. Nobody updates it, and nobody looks at it in an incident.
message:
  ja: "台帳にも集めた機器にもない機器が応答しました: {seen_as}"
  en: "what answered is neither in the ledger nor among the machines looked at: {seen_as}"
fix:
  cost: none
  ja: スイッチのどの口につながっているかを追って何の機器かを確かめ、「機器」シートに加えてください。誰のものでもなければ外してください。
  en: Follow it from the switch port, find out what it is, and add it to the sheet of machines. When it is nobody's, take it off the network.
ask:
  ja: このアドレスの機器は貴社が置いたものですか。用途と接続先を教えてください。
  en: Did you place the machine at this address? What is it for and what does it connect to?
examples:
  now: 2026-01-31
  bad:
    assets:
      - {asset: 10.1.0.99, scanned: true, stranger: true, seen_as: 10.1.0.99; 80/tcp}
      - {asset: b, scanned: true, stranger: false}
      - {asset: c, scanned: false}
    fails: [10.1.0.99]
  good:
    assets: [{asset: b, scanned: true, stranger: false}, {asset: c, scanned: false}]
    passes: [b]
---*/
select asset, seen_as, evidence
from assets
where stranger
