/*---
title: {ja: 誰のものか分からない名前のアカウントがある, en: An account's name tells nobody's name}
severity: medium
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 皆で使う名前は最初に試され、誰が何をしたかも分からなくなります。
  en: Shared names are tried first, and nobody can tell afterwards who did what.
message:
  ja: "{asset}: {account} というアカウントにパスワードでログインできます"
  en: "{asset}: the account {account} opens with a password"
fix:
  cost: none
  ja: 人ごとのアカウントを作り、共用のものは無効にしてください。すぐに替えられなければ、まず長いパスワードにします。
  en: Make one account per person and lock the shared one; until then give it a long password.
  run: sudo passwd -l NAME
ask:
  ja: 保守用の共用アカウントを、担当者ごとに分けられるかを確認してください。
  en: Ask whether the shared maintenance account can be split into personal ones.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    accounts: [{asset: ehr, name: Admin, enabled: true, password_state: set}, {asset: bsd, name: admin, enabled: true, password_state: set}]
    fails: [[ehr, Admin]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    accounts:
      - {asset: ehr, name: admin, enabled: false, password_state: set}
      - {asset: ehr, name: test, enabled: true, password_state: locked}
      - {asset: ehr, name: fukui, enabled: true, password_state: set}
---*/
select asset, name as account, evidence
from accounts
where enabled and password_state = 'set'
  and regexp_full_match(lower(name), '(admin|administrator|user|test|guest|vendor|maint|maintenance|hosyu|hoshu|hospital|kanri|operator|ope|demo|service|support)[0-9]*')
