/*---
title: {ja: ドメインのパスワードを隔離する機能が動いていない, en: The function that keeps passwords of the domain apart does not run}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and domain_role = 'member' and regexp_matches(lower(os_name), 'enterprise|education|server')
why:
  ja: 一台の管理者になった者は、そこに入った人のドメインのログイン情報をメモリから取り出して、次の機器へ進みます。この版のWindowsには、それを隔離する機能が付いています。
  en: Whoever becomes administrator of one machine takes the domain logins of others out of its memory and moves on. This edition of Windows can keep them apart.
message:
  ja: "{asset}: Credential Guardが動いていません"
  en: "{asset}: Credential Guard does not run"
fix:
  cost: none
  ja: まず管理に使うPCで有効にし、古い認証(NTLMv1など)や無線の認証を使う製品が動くかを確かめてから広げてください。
  en: Begin with the PCs used for administration; see whether products with old logins (NTLMv1) or wireless logins still work, then go on.
  run: |
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Lsa" /v LsaCfgFlags /t REG_DWORD /d 2 /f
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\DeviceGuard" /v EnableVirtualizationBasedSecurity /t REG_DWORD /d 1 /f
ask:
  ja: Credential Guardを有効にしたとき、製品の認証が動くかを確認してください。
  en: Ask whether the logins of the product work with Credential Guard.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows, domain_role: member, os_name: Windows 11 Enterprise}, {asset: pro, platform: windows, domain_role: member, os_name: Windows 11 Pro}, {asset: dc, platform: windows, domain_role: controller, os_name: Windows Server 2022}, {asset: lin, platform: linux, domain_role: member, os_name: Enterprise Linux}, {asset: new, platform: windows, domain_role: member, os_name: Windows Server 2022}]
    windows_settings: [{asset: pc, credential_guard: false}, {asset: pro, credential_guard: false}, {asset: dc, credential_guard: false}, {asset: lin, credential_guard: false}, {asset: new, credential_guard: true}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows, domain_role: member, os_name: Windows 11 Enterprise}]
    windows_settings: [{asset: pc, credential_guard: true}]
---*/
select asset, evidence
from windows_settings
where credential_guard is false
