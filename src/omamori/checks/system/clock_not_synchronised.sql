/*---
title:
  ja: 時計が合わせられていない
  en: The clock follows no time source
severity: medium
subject: asset
key: [asset]
why:
  ja: 時計がずれると、いつ何が起きたかをログで追えず、診療記録の時刻も信用できなくなります。
  en: With a wrong clock nobody can follow in the logs what happened when, and the times in records are doubtful.
message:
  ja: "{asset}: 時計が時刻サーバに合っていません"
  en: "{asset}: its clock does not follow a time server"
fix:
  cost: none
  ja: 院内の時刻サーバを指定してください。
  en: Name the time server of the hospital.
  run: sudo timedatectl set-ntp true
ask:
  ja: どの時刻サーバに合わせるべきかを確認してください。
  en: Ask which time server it should follow.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, clock_synchronised: false}]
    fails: [a]
  good:
    hosts: [{asset: a, clock_synchronised: true}, {asset: b}]
    passes: [a, b]
---*/
select asset, evidence
from hosts
where not clock_synchronised
