/*---
title:
  ja: サーバで画面付きの操作環境が動いている
  en: A server runs a desktop
severity: low
subject: asset
key: [asset, service]
scope: select asset from assets where role = 'server'
why:
  ja: サーバで画面を開くと、Webやメールを見る習慣ができ、弱点のあるプログラムも増えます。
  en: A desktop on a server invites browsing and mail, and brings more programs with flaws.
message:
  ja: "{asset}: 画面の操作環境 {service} が動いています"
  en: "{asset}: the desktop {service} is running"
fix:
  cost: low
  ja: 必要がなければ、起動しない設定にしてください。
  en: Unless somebody needs it, let the server start without.
  run: sudo systemctl set-default multi-user.target
ask:
  ja: 画面の操作環境なしで運用できるかを確認してください。
  en: Ask whether the server can do without the desktop.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, role: server}, {asset: pc, role: client}]
    services: [{asset: a, name: gdm, state: running}, {asset: pc, name: gdm, state: running}]
    fails: [[a, gdm]]
  good:
    hosts: [{asset: a, role: server}]
    services: [{asset: a, name: gdm, state: stopped}, {asset: a, name: ssh, state: running}]
    passes: [a]
---*/
select asset, name as service, evidence
from services
where name in ('gdm', 'gdm3', 'lightdm', 'sddm', 'kdm', 'xdm', 'display-manager') and state = 'running'
