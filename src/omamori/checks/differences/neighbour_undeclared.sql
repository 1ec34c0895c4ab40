/*---
title: {ja: 同じネットワークに、台帳にない機器がいる, en: A machine on the same network that nobody knows}
severity: medium
subject: asset
key: [asset, address]
why:
  ja: 業者が置いたルータや私物のPCが、閉じたつもりのネットワークの入口になります。
  en: A router a vendor left, or somebody's own PC, becomes the entrance to a network believed to be closed.
message:
  ja: "{asset} の隣に、台帳にも集めた機器にもない {address}({mac})がいます"
  en: "beside {asset} there is {address} ({mac}), neither in the ledger nor among the machines looked at"
fix:
  cost: none
  ja: スイッチのどの口につながっているかを追い、何の機器かを確かめて「機器」シートに加えるか、外してください。
  en: Follow the cable from the switch, find out what it is, and add it to the sheet of machines or take it off.
ask:
  ja: このアドレスの機器は貴社が置いたものですか。用途と接続先を教えてください。
  en: Did you place the machine at this address? What is it for and what does it connect to?
examples:
  now: 2026-01-31
  bad:
    deviations: [{asset: a, kind: undeclared-neighbour, item: 10.1.0.99, observed: "00:00:5e:00:53:aa"}]
    fails: [[a, 10.1.0.99]]
  good:
    deviations: [{asset: b, kind: os-differs, item: os, observed: Debian}]
    passes: [b]
---*/
select asset, item as address, observed as mac, evidence
from deviations
where kind = 'undeclared-neighbour'
