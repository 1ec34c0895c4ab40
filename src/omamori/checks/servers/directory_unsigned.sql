/*---
title: {ja: ドメインの名簿への命令に署名が求められていない, en: Orders to the directory of the domain need no signature}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: 院内に入り込んだ者が、職員のログインを横取りしてドメインコントローラへ中継し、その人の名前で名簿を書き換えられます。
  en: An intruder inside can catch a login of your staff, relay it to the domain controller and change the directory in that name.
message:
  ja: "{asset}: LDAPの署名が必須ではありません(LDAPServerIntegrity)"
  en: "{asset}: LDAP signing is not required (LDAPServerIntegrity)"
fix:
  cost: none
  ja: 署名なしでつなぐ機器(複合機や古いシステム)をイベント2889で1か月調べ、直してから2にしてください。1に戻せば元どおりです。
  en: For a month look in event 2889 for what connects without signing (printers, old systems), mend those, then set it to 2. 1 undoes it.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Services\NTDS\Diagnostics" /v "16 LDAP Interface Events" /t REG_DWORD /d 2 /f
    reg add "HKLM\SYSTEM\CurrentControlSet\Services\NTDS\Parameters" /v LDAPServerIntegrity /t REG_DWORD /d 2 /f
ask:
  ja: 名簿につなぐ製品がLDAPの署名か暗号化(LDAPS)に対応しているかを確認してください。
  en: Ask whether the products that use the directory can sign or encrypt (LDAPS).
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: dc, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lin, platform: linux, domain_role: controller}, {asset: new, platform: windows, domain_role: controller}]
    windows_settings: [{asset: dc, ldap_signing_required: false}, {asset: m, ldap_signing_required: false}, {asset: lin, ldap_signing_required: false}, {asset: new, ldap_signing_required: true}]
    fails: [dc]
  good:
    hosts: [{asset: dc, platform: windows, domain_role: controller}]
    windows_settings: [{asset: dc, ldap_signing_required: true}]
---*/
select asset, evidence
from windows_settings
where ldap_signing_required is false
