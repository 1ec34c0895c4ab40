/*---
title: {ja: 台帳にないポートを開けている, en: A port is offered that the ledger does not foresee}
severity: medium
subject: asset
key: [asset, port, protocol]
why:
  ja: 設計にない入口は、不要なサービスか、誰かが後から加えたものです。
  en: A port the design does not foresee is a service nobody needs, or one that somebody added.
message:
  ja: "{asset}: 台帳にない {port}/{protocol}({process})が開いています"
  en: "{asset}: {port}/{protocol} ({process}) is open and not in the ledger"
fix:
  cost: none
  ja: 使っていなければサービスを止めてください。必要なら「機器」シートの「使う通信ポート」に加えてください。
  en: Stop the service when it is not used. When it is needed, add the port to the sheet of machines.
  run: "sudo ss -tulpn"
ask:
  ja: このポートは何に使っていますか。不要なら止めてください。
  en: What is this port for? Please close it when it is not needed.
examples:
  now: 2026-01-31
  bad:
    exposures:
      - {asset: a, port: 8080, protocol: tcp, process: java, inbound: open}
      - {asset: a, port: 443, protocol: tcp, process: nginx, inbound: open}
      - {asset: a, port: 8080, protocol: udp, inbound: unknown, doubt: to_confirm}
      - {asset: u, port: 8080, protocol: tcp, inbound: unknown, doubt: to_confirm}
    deviations: [{asset: a, kind: undeclared-listener, item: 8080/tcp}, {asset: u, kind: undeclared-listener, item: 8080/tcp}]
    fails: [[a, 8080, tcp]]
    unknowns: [[u, 8080, tcp]]
  good:
    exposures:
      - {asset: b, port: 8080, protocol: tcp, inbound: blocked}
      - {asset: c, port: 9090, protocol: tcp, inbound: open}
    deviations:
      - {asset: b, kind: undeclared-listener, item: 8080/tcp}
      - {asset: c, kind: undeclared-software, item: 9090/tcp}
    passes: [b, c]
---*/
select e.asset, e.port, e.protocol, e.process, e.doubt as unknown, e.evidence
from exposures e
where e.inbound <> 'blocked'
    and (e.port || '/' || e.protocol) in (select d.item from deviations d where d.asset = e.asset and d.kind = 'undeclared-listener')
