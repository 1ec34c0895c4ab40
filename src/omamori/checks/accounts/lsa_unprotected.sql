/*---
title: {ja: パスワードを扱うメモリが守られていない, en: The memory that holds passwords is not protected}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 管理者の権限を得た者が最初に行うのは、このメモリから他の人のパスワードを取り出すことです。
  en: Whoever gains administrator rights first takes the passwords of others out of this memory.
message:
  ja: "{asset}: LSAの保護が有効になっていません(RunAsPPL)"
  en: "{asset}: LSA protection is not on (RunAsPPL)"
fix:
  cost: none
  ja: まず一台で1か月ほど、止められる部品(ICカードのドライバなど)がないかを記録で見てから有効にしてください。1にすると機器によっては戻しにくいので、Windows 11(22H2以降)では2を書きます。
  en: Watch one machine for about a month for parts it would stop, such as smart card drivers, then switch it on. 1 may be hard to undo; on Windows 11 (22H2 and later) write 2.
  run: |
    reg add "HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Image File Execution Options\LSASS.exe" /v AuditLevel /t REG_DWORD /d 8 /f
    Get-WinEvent -LogName Microsoft-Windows-CodeIntegrity/Operational | Where-Object Id -in 3065, 3066   # what would be stopped
    # then (older than Windows 11 22H2 and Server 2025: /d 1):
    reg add "HKLM\SYSTEM\CurrentControlSet\Control\Lsa" /v RunAsPPL /t REG_DWORD /d 2 /f
ask:
  ja: LSAの保護を有効にしたとき、ICカード認証などの製品が動くかを確認してください。
  en: Ask whether products such as card logins work with LSA protection.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: ehr, platform: linux}, {asset: old, platform: windows}, {asset: new, platform: windows}]
    windows_settings: [{asset: pc, lsa_protection: false}, {asset: ehr, lsa_protection: false}, {asset: old}, {asset: new, lsa_protection: true}]
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, lsa_protection: true}]
---*/
select asset, evidence
from windows_settings
where lsa_protection is false
