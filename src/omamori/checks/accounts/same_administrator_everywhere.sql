/*---
title: {ja: 同じ管理者アカウントが同じ日のパスワードで何台にもある, en: The same administrator with a password of the same day on many machines}
severity: high
subject: site
key: [account, changed]
scope: select asset from assets where observed  # nobody knows the platform of those never looked at
why:
  ja: 同じ日に決めた同じ名前の管理者は、同じパスワードかもしれません。一台のものが分かれば、すべてに入れます。公表された被害では、これで全体に広がりました。
  en: The same name, set on the same day, may mean the same password. Whoever has one has all. In published incidents it spread everywhere this way.
message:
  ja: "{account}({changed} にパスワードを設定)が3台以上にあります({machine} など)"
  en: "{account} (password set on {changed}) is on three machines or more, {machine} among them"
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
    assets: [{asset: a, observed: true}, {asset: b, observed: true}, {asset: c, observed: true}, {asset: d, observed: true}]
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: d, platform: windows}]
    accounts:
      - {asset: a, name: Administrator, enabled: true, administrator: true, password_changed: 2021-04-01}
      - {asset: b, name: administrator, enabled: true, administrator: true, password_changed: 2021-04-01}
      - {asset: c, name: Administrator, enabled: true, administrator: true, password_changed: 2021-04-01}
      - {asset: d, name: Administrator, enabled: true, administrator: true, password_changed: 2021-04-01}
    fails: [[administrator, "2021-04-01"]]
  good:
    assets: [{asset: a, observed: true}, {asset: b, observed: true}, {asset: c, observed: true}, {asset: lx, observed: true}, {asset: paper, observed: false, declared: true}]
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: lx, platform: linux}]
    incomplete: {accounts: [paper], hosts: [paper]}
    accounts:
      - {asset: a, name: late, enabled: true, administrator: true, password_changed: 2021-04-01}
      - {asset: b, name: late, enabled: true, administrator: true, password_changed: 2021-04-01}
      - {asset: c, name: late, enabled: true, administrator: true, password_changed: 2021-04-02}
      - {asset: a, name: between, enabled: true, administrator: true, password_changed: 2021-05-01}
      - {asset: b, name: between, enabled: true, administrator: true, password_changed: 2021-05-02}
      - {asset: c, name: between, enabled: true, administrator: true, password_changed: 2021-05-01}
      - {asset: a, name: two, enabled: true, administrator: true, password_changed: 2021-06-01}
      - {asset: b, name: two, enabled: true, administrator: true, password_changed: 2021-06-01}
      - {asset: c, name: other, enabled: true, administrator: true, password_changed: 2021-06-01}
      - {asset: a, name: ends, enabled: true, administrator: true, password_changed: 2021-07-01}
      - {asset: b, name: other, enabled: true, administrator: true, password_changed: 2021-07-01}
      - {asset: c, name: ends, enabled: true, administrator: true, password_changed: 2021-07-01}
      - {asset: a, name: user, enabled: true, administrator: true, password_changed: 2021-08-01}
      - {asset: b, name: user, enabled: true, administrator: true, password_changed: 2021-08-01}
      - {asset: c, name: user, enabled: true, administrator: false, password_changed: 2021-08-01}
      - {asset: a, name: shut, enabled: true, administrator: true, password_changed: 2021-09-01}
      - {asset: b, name: shut, enabled: true, administrator: true, password_changed: 2021-09-01}
      - {asset: c, name: shut, enabled: false, administrator: true, password_changed: 2021-09-01}
      - {asset: a, name: root, enabled: true, administrator: true, password_changed: 2021-10-01}
      - {asset: b, name: root, enabled: true, administrator: true, password_changed: 2021-10-01}
      - {asset: lx, name: root, enabled: true, administrator: true, password_changed: 2021-10-01}
      - {asset: a, name: never, enabled: true, administrator: true}
      - {asset: b, name: never, enabled: true, administrator: true}
      - {asset: c, name: never, enabled: true, administrator: true}
      - {asset: a, name: lone, enabled: true, administrator: true, password_changed: 2021-11-01}
      - {asset: b, name: pair, enabled: true, administrator: true, password_changed: 2021-11-01}
      - {asset: c, name: pair, enabled: true, administrator: true, password_changed: 2021-11-01}
      - {asset: a, name: moved, enabled: true, administrator: true, password_changed: 2021-12-01}
      - {asset: b, name: moved, enabled: true, administrator: true, password_changed: 2021-12-02}
      - {asset: c, name: moved, enabled: true, administrator: true, password_changed: 2021-12-02}
    passes: [site]
---*/
-- Three machines that were seen are certain, whatever was not seen elsewhere: so none is counted. Joined they would be millions of rows.
with administrators as (
  select a.asset, lower(a.name) as account, a.password_changed as changed, a.evidence
  from accounts a
  join hosts h on h.asset = a.asset and h.platform = 'windows'
  where a.enabled and a.administrator
)
select x.account, x.changed, x.asset as machine, x.evidence
from administrators x
where exists (
  select 1 from administrators y
  where y.account = x.account and y.changed = x.changed and y.asset > x.asset
    and exists (select 1 from administrators z where z.account = y.account and z.changed = y.changed and z.asset > y.asset)
)
