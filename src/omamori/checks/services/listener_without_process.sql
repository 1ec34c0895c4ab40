/*---
title:
  ja: 待ち受けているプログラムが分からない
  en: A port listens without a known program
severity: low
subject: asset
key: [asset, protocol, port]
why:
  ja: 管理者として調べてもプログラムが見えない待ち受けは、OSの機能か、隠れたプログラムです。何のためかを確かめる必要があります。
  en: A port whose program even an administrator does not see belongs to the system itself, or to something hidden. Somebody has to find out.
message:
  ja: "{asset}: ポート{port}({protocol})で待ち受けているプログラムが分かりません"
  en: "{asset}: nobody knows which program listens on port {port} ({protocol})"
fix:
  cost: none
  ja: 業者の記録と照らし合わせ、用途を台帳に記入してください。分からない場合は詳しい人に調べてもらってください。
  en: Compare with the vendor’s records and write its purpose into the ledger; if it stays unknown have it examined.
  run: sudo ss -tulpne
ask:
  ja: このポートが何のためかを確認してください。
  en: Ask what the port is for.
examples:
  now: 2026-01-31
  bad:
    listeners: [{asset: a, protocol: tcp, port: 4444, loopback: false}]
    fails: [[a, tcp, 4444]]
  good:
    listeners:
      - {asset: a, protocol: tcp, port: 22, process: sshd, loopback: false}
      - {asset: a, protocol: tcp, port: 4444, loopback: true}
      - {asset: a, protocol: tcp, port: 2049, loopback: false}
    passes: [a]
---*/
select asset, protocol, port, evidence
from listeners
where process is null and loopback is false and port <> 2049  -- NFS listens inside the system itself
