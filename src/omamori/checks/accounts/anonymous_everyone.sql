/*---
title: {ja: 名乗らない相手にもEveryoneの権限が与えられる, en: Strangers count as Everyone}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: Everyoneに開いたフォルダや設定が、アカウントを持たない相手にも開くことがあります。
  en: What is open to Everyone may then be open to those who have no account at all.
message:
  ja: "{asset}: 名乗らない相手もEveryoneに含まれます(EveryoneIncludesAnonymousが1)"
  en: "{asset}: somebody who gives no name counts as Everyone (EveryoneIncludesAnonymous is 1)"
fix:
  cost: none
  ja: 名乗らずにつないでくる古い機器や共有がないかを確かめ、Windowsの標準の値(0)に戻してください。1で戻せます。
  en: See whether some old device connects without a name, then set it back to the standard of Windows (0); 1 undoes it.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Lsa" /v EveryoneIncludesAnonymous /t REG_DWORD /d 0 /f
ask:
  ja: 名乗らずに接続する機器があるか、専用アカウントに替えられるかを確認してください。
  en: Ask which device connects without a name, and whether it can get an account.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, anonymous_everyone: true}, {asset: ehr, anonymous_everyone: true}, {asset: old}, {asset: new, anonymous_everyone: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, anonymous_everyone: false}]
---*/
select asset, evidence
from windows_settings
where anonymous_everyone
