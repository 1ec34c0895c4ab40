/*---
title: {ja: 機器ごとの管理者が、ネットワーク越しに全ての権限を持つ, en: Local administrators have full rights over the network}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 同じ名前と同じパスワードの管理者が各機器にあると、一台で盗まれたパスワードで全台を操作されます。過去の公立病院の事例で被害が広がった一因です。
  en: Where every machine has the same local administrator, a password stolen on one runs them all. It helped an intrusion at a public hospital to spread.
message:
  ja: "{asset}: ローカルの管理者がネットワーク越しに全権限で動けます(LocalAccountTokenFilterPolicyが1)"
  en: "{asset}: local administrators act with full rights over the network (LocalAccountTokenFilterPolicy is 1)"
fix:
  cost: none
  ja: バックアップや資産管理のソフトがローカルの管理者でつないでいないかを確かめ、0にしてください。ドメインのアカウントには影響しません。1で戻せます。
  en: See that no backup or inventory program connects as a local administrator, then set it to 0. Domain accounts are not touched; 1 undoes it.
  run: |
    reg add "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System" /v LocalAccountTokenFilterPolicy /t REG_DWORD /d 0 /f
ask:
  ja: この設定に頼る製品があるか、ドメインのアカウントに替えられるかを確認してください。
  en: Ask which product relies on it, and whether it can use a domain account.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, uac_remote_full: true}, {asset: ehr, uac_remote_full: true}, {asset: old}, {asset: new, uac_remote_full: false}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, uac_remote_full: false}]
---*/
select asset, evidence
from windows_settings
where uac_remote_full
