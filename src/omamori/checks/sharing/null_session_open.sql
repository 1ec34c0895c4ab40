/*---
title: {ja: ログインしない相手に開いている共有がある, en: A share opens to machines that do not log in}
severity: high
subject: asset
key: [asset, setting]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 名前もパスワードもなしで開くので、院内につながった機器なら、持ち込みのPCやウイルスでも中身に届きます。古い装置のために開けたまま忘れられています。
  en: It opens without name or password, so anything on the network reaches it, a visitor's PC or a virus too. It was opened for some old device and forgotten.
message:
  ja: "{asset}: ログインなしの接続を制限する設定が {setting} = {value} です"
  en: "{asset}: of what limits connections without a login, {setting} is {value}"
fix:
  cost: none
  ja: その共有を使う装置に専用のアカウントを持たせ、一覧から外してください。RestrictNullSessAccessは1に戻します。
  en: Give the device an account of its own and take the share off the list. Set RestrictNullSessAccess back to 1.
  run: |
    reg query "HKLM\SYSTEM\CurrentControlSet\Services\LanmanServer\Parameters"
    reg add "HKLM\SYSTEM\CurrentControlSet\Services\LanmanServer\Parameters" /v RestrictNullSessAccess /t REG_DWORD /d 1 /f
ask:
  ja: 装置が共有に入る時に名前とパスワードを使えるかを確認してください。
  en: Ask whether the device can use a name and password for the share.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: lx, platform: linux}]
    share_settings:
      - {asset: a, protocol: smb, name: RestrictNullSessAccess, value: "0"}
      - {asset: b, protocol: smb, name: NullSessionShares, value: exchange}
      - {asset: c, protocol: smb, name: NullSessionShares, value: ""}
      - {asset: c, protocol: smb, name: RestrictNullSessAccess, value: "1"}
      - {asset: c, protocol: smb, name: EncryptData, value: "0"}
      - {asset: lx, protocol: smb, name: NullSessionShares, value: exchange}
    fails: [[a, RestrictNullSessAccess], [b, NullSessionShares]]
  good:
    hosts: [{asset: c, platform: windows}]
    share_settings: [{asset: c, protocol: smb, name: NullSessionShares, value: ""}, {asset: c, protocol: smb, name: RestrictNullSessAccess, value: "1"}]
    passes: [c]
---*/
select asset, name as setting, value, evidence
from share_settings
where (name = 'RestrictNullSessAccess' and value = '0') or (name = 'NullSessionShares' and value <> '')
