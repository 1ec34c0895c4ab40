/*---
title: {ja: 同じ管理者アカウントが同じ日のパスワードで何台にもある, en: The same administrator with a password of the same day on many machines}
severity: high
subject: site
key: [account, changed]
scope: select asset from assets where observed and platform = 'windows'
why:
  ja: 同じ日に決めた同じ名前の管理者は、同じパスワードかもしれません。一台のものが分かれば、すべてに入れます。公表された被害では、これで全体に広がりました。
  en: The same name, set on the same day, may mean the same password. Whoever has one has all. In published incidents it spread everywhere this way.
message:
  ja: "{account}({changed} にパスワードを設定)が {count} 台にあります: {names}"
  en: "{account} (password set on {changed}) is on {count} machines: {names}"
fix:
  cost: low
  ja: まずサーバから、機器ごとに違うパスワードに変えてください。WindowsのLAPSを使うと自動になります。
  en: "Begin with the servers: give each machine a password of its own. LAPS of Windows does it by itself."
  run: |
    net user Administrator
    Get-LocalUser | Select-Object Name,PasswordLastSet
ask:
  ja: 導入時のパスワードが機器や病院ごとに違うかを確認してください。
  en: Ask whether the password set at installation differs from machine to machine and hospital to hospital.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, platform: windows, observed: true}, {asset: b, platform: windows, observed: true}, {asset: c, platform: windows, observed: true}, {asset: lx, platform: linux, observed: true}]
    accounts:
      - {asset: a, name: Administrator, enabled: true, administrator: true, password_changed: 2021-04-01}
      - {asset: b, name: administrator, enabled: true, administrator: true, password_changed: 2021-04-01}
      - {asset: c, name: Administrator, enabled: true, administrator: true, password_changed: 2021-04-01}
      - {asset: a, name: kanri, enabled: true, administrator: true, password_changed: 2021-04-01}
      - {asset: b, name: kanri, enabled: true, administrator: true, password_changed: 2021-04-02}
      - {asset: c, name: kanri, enabled: true, administrator: true, password_changed: 2021-04-01}
      - {asset: a, name: user, enabled: true, administrator: false, password_changed: 2021-04-01}
      - {asset: b, name: user, enabled: true, administrator: false, password_changed: 2021-04-01}
      - {asset: c, name: user, enabled: true, administrator: false, password_changed: 2021-04-01}
      - {asset: a, name: never, enabled: true, administrator: true}
      - {asset: b, name: never, enabled: true, administrator: true}
      - {asset: c, name: never, enabled: true, administrator: true}
      - {asset: a, name: old, enabled: false, administrator: true, password_changed: 2021-04-01}
      - {asset: b, name: old, enabled: false, administrator: true, password_changed: 2021-04-01}
      - {asset: c, name: old, enabled: false, administrator: true, password_changed: 2021-04-01}
    fails: [[administrator, "2021-04-01"]]
  good:
    assets: [{asset: a, platform: windows, observed: true}, {asset: b, platform: windows, observed: true}, {asset: c, platform: windows, declared: true}, {asset: lx, platform: linux, observed: true}]
    incomplete: {accounts: [c, lx]}
    accounts:
      - {asset: a, name: Administrator, enabled: true, administrator: true, password_changed: 2021-04-01}
      - {asset: b, name: Administrator, enabled: true, administrator: true, password_changed: 2021-04-01}
    passes: [site]
---*/
select lower(name) as account, password_changed as changed, count(distinct asset) as count, string_agg(distinct asset, '、' order by asset) as names, min(evidence) as evidence
from accounts
where enabled and administrator and password_changed is not null
group by lower(name), password_changed
having count(distinct asset) > 2
