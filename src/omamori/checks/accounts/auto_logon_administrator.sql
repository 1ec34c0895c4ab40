/*---
title: {ja: 自動でログオンするアカウントが管理者である, en: The account that logs in by itself is an administrator}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 通りかかった人も、その人が開いたファイルのウイルスも、初めから機器の全てを変えられます。
  en: Whoever walks by, and any virus in a file that is opened, may change the whole machine from the start.
message:
  ja: "{asset}: 管理者の {account} で自動的にログオンします"
  en: "{asset}: it logs in as {account}, an administrator, by itself"
fix:
  cost: none
  ja: 別の管理者アカウントで入れることを確かめてから、このアカウントを管理者から外し、業務のソフトが動くかを見てください。add で戻せます。
  en: See that you can get in with another administrator, then take this account out of the group and look whether the programs still work; add undoes it.
  run: |
    net localgroup Administrators
    net localgroup Administrators NAME /delete
ask:
  ja: このアカウントを管理者から外しても製品が動くかを確認してください。
  en: Ask whether the product works when this account is no administrator.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ct, platform: windows}, {asset: lin, platform: linux}, {asset: c, platform: windows}, {asset: d, platform: windows}, {asset: e, platform: windows}]
    windows_settings:
      - {asset: ct, auto_logon: true, auto_logon_account: Operator}
      - {asset: lin, auto_logon: true, auto_logon_account: op}
      - {asset: c, auto_logon: false, auto_logon_account: op}
      - {asset: d, auto_logon: true, auto_logon_account: op}
      - {asset: e, auto_logon: true}
    accounts:
      - {asset: ct, name: operator, administrator: true}
      - {asset: lin, name: op, administrator: true}
      - {asset: c, name: op, administrator: true}
      - {asset: d, name: op, administrator: false}
      - {asset: d, name: admin, administrator: true}
      - {asset: e, name: op, administrator: true}
    fails: [ct]
  good:
    hosts: [{asset: a, platform: windows}]
    windows_settings: [{asset: a, auto_logon: true, auto_logon_account: ward3}]
    accounts: [{asset: a, name: ward3, administrator: false}]
---*/
select s.asset, s.auto_logon_account as account, s.evidence
from windows_settings s
join accounts a on a.asset = s.asset and lower(a.name) = lower(s.auto_logon_account) and a.administrator
where s.auto_logon
