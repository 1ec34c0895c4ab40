/*---
title: {ja: 機器の管理に、全員で一つのパスワードを使う, en: One password for all who administer a device}
severity: medium
subject: asset
key: [asset, kind]
scope: select asset from assets where configured
why:
  ja: 名前のないパスワードでは、誰が設定を変えたか分からず、辞めた人も入れるままになります。
  en: With a password without a name nobody knows who changed what, and people who left can still come in.
message:
  ja: "{asset}: 名前のない共通のパスワードで入れます({kind})"
  en: "{asset}: one password without a name lets anybody in ({kind})"
fix:
  cost: none
  ja: 人ごとのアカウントを作り、共通のパスワードだけでは入れない設定にしてください。
  en: Make an account for each person and stop logins by the common password alone.
ask:
  ja: 作業者ごとのアカウントを作り、共通のパスワードでのログインを止められますか。
  en: Can each engineer get an account, and logins by a common password be stopped?
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: rtx, configured: true}, {asset: pc}]
    device_accounts:
      - {asset: rtx, name: "", kind: administrator, enabled: null}
      - {asset: rtx, name: desk, kind: administrator, enabled: true}
      - {asset: rtx, name: "", kind: vpn-user, enabled: false}
      - {asset: pc, name: "", kind: administrator, enabled: true}
    fails: [[rtx, administrator]]
  good:
    assets: [{asset: rtx, configured: true}]
    device_accounts: [{asset: rtx, name: desk, kind: administrator, enabled: true}]
---*/
select asset, kind, evidence
from device_accounts
where name = '' and coalesce(enabled, true)
