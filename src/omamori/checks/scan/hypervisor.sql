/*---
title: {ja: 仮想基盤の管理の口がネットワークから届く, en: The management of a hypervisor can be reached from the network}
severity: high
subject: asset
key: [asset, port]
scope: select asset from assets where scanned
why:
  ja: 仮想基盤に入られると、その上のサーバが一度に暗号化されます。実際の被害でも、仮想基盤ごと失われた例があります。
  en: Whoever gets into the hypervisor encrypts all its servers at once. Hospitals have lost the whole of it.
message:
  ja: "{asset}({address}): 調べた場所から、仮想基盤の管理に使うポート{port}が開いて見えました(902はVMware、8006はProxmoxが普通です)"
  en: "{asset} ({address}): port {port}, used to manage a hypervisor, is open to where the scan was made (902 is usually VMware, 8006 Proxmox)"
fix:
  cost: none
  ja: 管理の口は管理用のネットワークに分け、管理用PCからだけ届くようにしてください。調べた場所がそのネットワークの中なら、例外として記録してください。
  en: Put its management into a network of its own that only the PCs that administer it can reach. Where the scan was made inside that network, record it as an exception.
ask:
  ja: 仮想基盤の管理画面に届く機器を、管理用の端末だけに絞れるかを教えてください。
  en: Can the management of the hypervisor be limited to the terminals that administer it?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, scanned: true}, {asset: b, scanned: true}, {asset: c, scanned: false}]
    network_ports:
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 902, state: open}
      - {asset: a, address: 10.1.0.5, protocol: tcp, port: 8006, state: open}
      - {asset: a, address: 10.9.0.5, protocol: tcp, port: 902, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 443, state: open}
      - {asset: b, address: 10.1.0.6, protocol: tcp, port: 902, state: filtered}
      - {asset: b, address: 10.1.0.6, protocol: udp, port: 902, state: open}
      - {asset: c, address: 10.1.0.7, protocol: tcp, port: 902, state: open}
    fails: [[a, 902], [a, 8006]]
  good:
    assets: [{asset: b, scanned: true}]
    network_ports: [{asset: b, address: 10.1.0.6, protocol: tcp, port: 443, state: open}]
    passes: [b]
---*/
select asset, port, address, evidence
from network_ports
where protocol = 'tcp' and state = 'open' and port in (902, 8006)
