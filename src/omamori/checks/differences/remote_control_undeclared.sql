/*---
title: {ja: 台帳にない遠隔操作ソフトがある, en: Remote-control software that the ledger does not know}
severity: high
subject: asset
key: [asset, product]
why:
  ja: 誰かが外から操作できる入口です。病院が知らない入口は、見張ることも閉じることもできません。
  en: It lets somebody operate the machine from elsewhere. A door nobody knows of is neither watched nor closed.
message:
  ja: "{asset}: 遠隔操作ソフト {product} があります"
  en: "{asset}: remote-control software {product} is there"
fix:
  cost: none
  ja: 誰が何のために入れたかを確かめ、不要なら削除してください。必要なら「外部接続」シートに書き、使うときだけ起動してください。
  en: Find out who installed it and why; remove it when not needed. When needed, list it in the sheet of outside lines and start it only for use.
ask:
  ja: この遠隔操作ソフトはどなたが何のために使っていますか。常に動いている必要がありますか。
  en: Who uses this remote-control software and what for? Does it have to run all the time?
examples:
  now: 2026-01-31
  bad:
    remote_access:
      - {asset: a, product: anydesk, kind: remote-control, declared: false}
      - {asset: b, product: ngrok, kind: tunnel, declared: false}
    fails: [[a, anydesk], [b, ngrok]]
  good:
    remote_access:
      - {asset: c, product: anydesk, kind: remote-control, declared: true}
      - {asset: d, product: openvpn, kind: vpn, declared: false}
    passes: [c, d]
---*/
select asset, product, evidence
from remote_access
where not declared and kind in ('remote-control', 'tunnel')
