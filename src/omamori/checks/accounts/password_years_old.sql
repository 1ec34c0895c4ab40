/*---
title: {ja: パスワードが3年以上変わっていない, en: A password has not changed for three years}
severity: medium
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 長く同じパスワードは、知っている人が増え続けます。導入時のままなら、他の病院と同じかもしれません。
  en: The longer it stays, the more people know it. If it dates from the installation, other hospitals may have the same.
message:
  ja: "{asset}: {account} のパスワードは {changed} から変わっていません"
  en: "{asset}: the password of {account} has been the same since {changed}"
fix:
  cost: none
  ja: 13文字以上のものに一度変えてください。この長さなら、定期的な変更は要りません。
  en: Change it once to thirteen characters or more; at that length no regular change is needed.
  run: sudo passwd NAME
ask:
  ja: パスワードを変えると止まる処理がないかを確認し、他の施設と違うものに変えてもらってください。
  en: Ask what would stop when it changes, and have it changed to one that no other site has.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    accounts:
      - {asset: ehr, name: root, enabled: true, password_state: set, password_changed: 2023-01-31}
      - {asset: bsd, name: root, enabled: true, password_state: set, password_changed: 2013-01-31}
    fails: [[ehr, root]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    accounts:
      - {asset: ehr, name: root, enabled: true, password_state: set, password_changed: 2023-02-01}
      - {asset: ehr, name: locked, enabled: true, password_state: locked, password_changed: 2013-01-31}
      - {asset: ehr, name: shut, enabled: false, password_state: set, password_changed: 2013-01-31}
---*/
select asset, name as account, password_changed as changed, evidence
from accounts
where enabled and password_state = 'set' and password_changed < $now - interval 1095 days
