/*---
title: {ja: 入れた媒体のプログラムが自動で動くことがある, en: Media may start programs by themselves}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 古いWindowsでは、USBメモリやCDを入れただけでウイルスが動きました。今も開くかどうかを尋ねる画面が出て、間違えて開かれます。
  en: In old Windows a virus started as soon as a stick or disc was put in. Today it still asks, and people click.
message:
  ja: "{asset}: 自動実行を止める設定が全ての媒体に及んでいません(NoDriveTypeAutoRun)"
  en: "{asset}: automatic start is not switched off for all media (NoDriveTypeAutoRun)"
fix:
  cost: none
  ja: 255にして全ての媒体で止めてください。媒体はエクスプローラーから開けます。患者の画像CDを自動で開くソフトがあれば先に確かめます。
  en: Set it to 255, for all media; they still open from Explorer. Look first whether some viewer opens patients' image discs by itself.
  run: |
    reg add "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\Explorer" /v NoDriveTypeAutoRun /t REG_DWORD /d 255 /f
ask:
  ja: 媒体の自動実行に頼る製品があるかを確認してください。
  en: Ask whether some product relies on media that start by themselves.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, autorun: true}, {asset: ehr, autorun: true}, {asset: old}, {asset: new, autorun: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, autorun: false}]
---*/
select asset, evidence
from windows_settings
where autorun
