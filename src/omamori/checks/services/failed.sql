/*---
title:
  ja: サービスが異常終了している
  en: A service has failed
severity: medium
subject: asset
key: [asset, service]
why:
  ja: バックアップや対策ソフトのサービスが止まったままでも、画面には何も出ません。気付くのは必要になったときです。
  en: When the service of a backup or a protection fails, no screen tells. It is noticed when it is needed.
message:
  ja: "{asset}: サービス {service} が異常終了しています({display})"
  en: "{asset}: the service {service} has failed ({display})"
fix:
  cost: none
  ja: 理由を確かめて直すか、使っていないサービスなら無効にしてください。
  en: Find out why and mend it, or turn it off when nobody needs it.
  run: systemctl status SERVICE; journalctl -u SERVICE -n 50
ask:
  ja: このサービスが止まっている理由と、直す予定を確認してください。
  en: Ask why the service failed, and when it will be mended.
examples:
  now: 2026-01-31
  bad:
    services: [{asset: a, name: backup, state: failed}]
    fails: [[a, backup]]
  good:
    services: [{asset: a, name: backup, state: stopped}, {asset: b, name: backup, state: running}]
    passes: [a, b]
---*/
select asset, name as service, display_name as display, evidence
from services
where state = 'failed'
