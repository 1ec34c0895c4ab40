/*---
title: {ja: 管理者の権限が尋ねられずに使われる, en: Administrator rights are given without asking}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 「通知しない」にすると、添付ファイルから始まったウイルスも、何も尋ねられずに管理者として動きます。
  en: With “never notify”, a virus started from an attachment gets administrator rights without a question.
message:
  ja: "{asset}: UACが尋ねない設定です(ConsentPromptBehaviorAdmin 0)"
  en: "{asset}: UAC does not ask (ConsentPromptBehaviorAdmin 0)"
fix:
  cost: none
  ja: 既定(5)に戻してください。確認の画面が増えて困るソフトがあれば、そのソフトのために毎日管理者で使わない方法を探します。
  en: Set it back to its default (5). If some program then asks too often, look for a way to use it without being administrator.
  run: |
    reg add "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System" /v ConsentPromptBehaviorAdmin /t REG_DWORD /d 5 /f
ask:
  ja: UACを止めないと動かない製品か、新しい版で直っているかを確認してください。
  en: Ask whether the product needs this, and whether a newer version does not.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: shut, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, uac_enabled: true, uac_asks: false}, {asset: ehr, uac_enabled: true, uac_asks: false}, {asset: shut, uac_enabled: false, uac_asks: false}, {asset: new, uac_enabled: true, uac_asks: true}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, uac_enabled: true, uac_asks: true}]
---*/
-- UAC switched off as a whole: system.uac_off.
select asset, evidence
from windows_settings
where uac_enabled and uac_asks is false
