/*---
title: {ja: 修正のない相手にも遠隔操作でログインする設定になっている, en: It logs in by Remote Desktop even to machines that lack a fix}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 2018年に見つかった弱点で、通信の途中にいる者がログイン情報を使って別の命令を実行できます。つながらない相手のために緩めたまま忘れられた設定です。
  en: A weakness found in 2018 lets somebody in the middle use the login to run commands. The setting was loosened to reach one old machine and then forgotten.
message:
  ja: "{asset}: CredSSPの検査が緩められています(AllowEncryptionOracle 2)"
  en: "{asset}: the check of CredSSP is loosened (AllowEncryptionOracle 2)"
fix:
  cost: none
  ja: 相手の機器に更新を入れてから0に戻してください。更新できない相手だけのためなら、そこへ入る一台だけを例外にして記録します。
  en: Update the other side, then set it back to 0. If one machine cannot be updated, keep the exception to the one PC that visits it, and write it down.
  run: |
    reg add "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\CredSSP\Parameters" /v AllowEncryptionOracle /t REG_DWORD /d 0 /f
ask:
  ja: どの機器へ入るために緩めたか、その機器に更新を入れられるかを確認してください。
  en: Ask which machine it was loosened for, and whether that machine can be updated.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, credssp_unpatched: true}, {asset: ehr, credssp_unpatched: true}, {asset: old}, {asset: new, credssp_unpatched: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, credssp_unpatched: false}]
---*/
select asset, evidence
from windows_settings
where credssp_unpatched
