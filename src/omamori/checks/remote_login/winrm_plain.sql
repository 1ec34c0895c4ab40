/*---
title: {ja: 遠隔管理がそのままのパスワードや暗号化しない通信を受け付ける, en: Remote management takes plain passwords or unencrypted traffic}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 管理者のパスワードや操作の内容が、同じネットワークにいる者に読み取られます。
  en: Anybody on the same network may read the administrator's password, or what is done with it.
message:
  ja: "{asset}: 遠隔管理(WinRM)の設定は、基本認証: {basic}、暗号化しない通信: {unencrypted}"
  en: "{asset}: remote management (WinRM) takes basic authentication: {basic}, unencrypted traffic: {unencrypted}"
fix:
  cost: none
  ja: 監視や管理のソフトがこの設定でつないでいないかを確かめ、無効にしてください。ドメインの機器はKerberosでつながるので困りません。
  en: See that no monitoring or management program relies on it, then switch it off. Domain machines use Kerberos and are not touched.
  run: |
    winrm get winrm/config/service   # [Source="GPO"] behind a value: change it in group policy
    Set-Item WSMan:\localhost\Service\Auth\Basic $false
    Set-Item WSMan:\localhost\Service\AllowUnencrypted $false
ask:
  ja: WinRMを使う製品があるか、KerberosやHTTPSに替えられるかを確認してください。
  en: Ask which product uses WinRM, and whether it can use Kerberos or HTTPS.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lin, platform: linux}, {asset: c, platform: windows}, {asset: d, platform: windows}]
    windows_settings:
      - {asset: a, winrm_basic: true, winrm_unencrypted: false}
      - {asset: b, winrm_unencrypted: true}
      - {asset: lin, winrm_basic: true, winrm_unencrypted: true}
      - {asset: c}
      - {asset: d, winrm_basic: false, winrm_unencrypted: false}
    fails: [a, b]
  good:
    hosts: [{asset: a, platform: windows}]
    windows_settings: [{asset: a, winrm_basic: false, winrm_unencrypted: false}]
---*/
select asset, winrm_basic as basic, winrm_unencrypted as unencrypted, evidence
from windows_settings
where winrm_basic or winrm_unencrypted
