/*---
title: {ja: 対策ソフトを管理者が止められる, en: An administrator can switch the protection off}
severity: medium
subject: asset
key: [asset, product]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 公表された被害では、侵入者が管理者になり、対策ソフトを消してから暗号化しました。改ざん防止があると、それができません。
  en: In published incidents the intruder became administrator, removed the antivirus and then encrypted. Tamper protection prevents that.
message:
  ja: "{asset}: {product} の改ざん防止が無効です"
  en: "{asset}: tamper protection of {product} is off"
fix:
  cost: none
  ja: 改ざん防止(または削除用のパスワード)を有効にしてください。
  en: Switch on tamper protection, or set a password for removal.
  run: |
    Get-MpComputerStatus | Select-Object IsTamperProtected
    # Windows セキュリティ > ウイルスと脅威の防止 > 改ざん防止 / Windows Security > Virus & threat protection > Tamper Protection
ask:
  ja: 改ざん防止や削除用パスワードを設定できるかを確認してください。
  en: Ask whether tamper protection or a removal password can be set.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    security_products:
      - {asset: a, name: defender, kind: antivirus, running: true, tamper_protected: false}
      - {asset: b, name: defender, kind: antivirus, running: true, tamper_protected: true}
      - {asset: b, name: shut, kind: antivirus, running: false, tamper_protected: false}
      - {asset: lx, name: x, kind: antivirus, running: true, tamper_protected: false}
    fails: [[a, defender]]
  good:
    hosts: [{asset: a, platform: windows}]
    security_products: [{asset: a, name: defender, kind: antivirus, running: true, tamper_protected: true}]
    passes: [a]
---*/
select asset, name as product, evidence
from security_products
where running and tamper_protected is false
