/*---
title: {ja: DHCPのアドレスを、台帳にない機器が使っている, en: A machine that nobody knows got an address by DHCP}
severity: medium
subject: asset
key: [asset, address]
why:
  ja: つないだだけでアドレスをもらえるので、持ち込んだ機器や業者が置いた機器がだれにも知られずに院内へ入れます。
  en: "Whoever plugs in gets an address: a machine brought from home or left by a vendor is inside without anybody knowing."
message:
  ja: "{asset} が、台帳にも集めた機器にもない機器に {address} を割り当てています({machine})"
  en: "{asset} has given {address} to a machine that is neither in the ledger nor among those looked at ({machine})"
fix:
  cost: none
  ja: 名前とMACアドレス、つながっているスイッチの口から機器を探し、「機器」シートに加えるか、外してください。
  en: Find it by its name, its hardware address and the port of the switch it is behind, and add it to the sheet of machines or take it off.
ask:
  ja: このアドレスの機器は貴社が置いたものですか。用途と接続先を教えてください。
  en: Did you place the machine at this address? What is it for and what does it connect to?
examples:
  now: 2026-01-31
  bad:
    deviations:
      - {asset: dhcp, kind: undeclared-lease, item: 10.1.0.99, observed: "00:00:5e:00:53:aa, tablet, SW2 Gi1/0/12"}
      - {asset: dhcp, kind: undeclared-lease, item: 10.1.0.98, observed: "00:00:5e:00:53:ab"}
      - {asset: dhcp, kind: undeclared-neighbour, item: 10.1.0.97, observed: "00:00:5e:00:53:ac"}
    fails: [[dhcp, 10.1.0.99], [dhcp, 10.1.0.98]]
  good:
    deviations: [{asset: dhcp, kind: undeclared-neighbour, item: 10.1.0.97, observed: "00:00:5e:00:53:ac"}]
    passes: [dhcp]
---*/
select asset, item as address, observed as machine, evidence
from deviations
where kind = 'undeclared-lease'
