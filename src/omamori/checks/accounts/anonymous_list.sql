/*---
title: {ja: 名乗らずにアカウントの一覧を取れる, en: Strangers may list the accounts}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: アカウントの名前が分かれば、あとはパスワードを試すだけになります。
  en: Once the names are known, only the passwords are left to try.
message:
  ja: "{asset}: 名乗らない相手がアカウントの一覧を取れます(RestrictAnonymousSAMが0)"
  en: "{asset}: somebody who gives no name may list the accounts (RestrictAnonymousSAM is 0)"
fix:
  cost: none
  ja: Windowsの標準の値(1)に戻してください。困る機器はWindows NTの頃のものだけです。0で戻せます。
  en: Set it back to the standard of Windows (1). Only machines of the Windows NT days mind; 0 undoes it.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Lsa" /v RestrictAnonymousSAM /t REG_DWORD /d 1 /f
ask:
  ja: この設定を標準に戻せない理由があるかを確認してください。
  en: Ask whether something speaks against the standard value.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, anonymous_accounts: true}, {asset: ehr, anonymous_accounts: true}, {asset: old}, {asset: new, anonymous_accounts: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, anonymous_accounts: false}]
---*/
select asset, evidence
from windows_settings
where anonymous_accounts
