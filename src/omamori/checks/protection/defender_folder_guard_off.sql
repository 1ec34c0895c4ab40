/*---
title: {ja: 文書を勝手に書き換えさせない機能が使われていない, en: The function that keeps documents from being rewritten is not used}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: ランサムウエアは文書を次々に書き換えます。Defenderには、決まったプログラムだけに文書の変更を許す機能があり、追加の費用なしで使えます。
  en: Ransomware rewrites one document after another. Defender can let only known programs change documents, at no extra cost.
message:
  ja: "{asset}: Defenderが動いていますが、フォルダーアクセスの制御が有効ではありません"
  en: "{asset}: Defender runs, but its controlled folder access does not block"
fix:
  cost: none
  ja: まず一台で「監査」にして1か月記録を見て、業務ソフトを許可に加えてから「ブロック」にしてください。「無効」に戻せば元どおりです。
  en: Let one PC only audit it for a month, allow your programs by what the log shows, then let it block. Disabled undoes it.
  run: |
    Set-MpPreference -EnableControlledFolderAccess AuditMode
    Get-WinEvent -LogName "Microsoft-Windows-Windows Defender/Operational" | Where-Object Id -eq 1124   # what would be blocked
    Set-MpPreference -EnableControlledFolderAccess Enabled
ask:
  ja: 業務ソフトが文書のフォルダーに書き込むプログラムの名前を確認してください。
  en: Ask which programs of the product write to the folders of documents.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pc, platform: windows}, {asset: new, platform: windows}, {asset: other, platform: windows}, {asset: shut, platform: windows}, {asset: lin, platform: linux}]
    windows_settings: [{asset: pc, defender_folder_guard: false}, {asset: new, defender_folder_guard: true}, {asset: other, defender_folder_guard: false}, {asset: shut, defender_folder_guard: false}, {asset: lin, defender_folder_guard: false}]
    security_products:
      - {asset: pc, name: defender, kind: antivirus, running: true}
      - {asset: new, name: defender, kind: antivirus, running: true}
      - {asset: other, name: ESET, kind: antivirus, running: true}
      - {asset: shut, name: defender, kind: antivirus, running: false}
      - {asset: lin, name: defender, kind: antivirus, running: true}
    fails: [pc]
  good:
    hosts: [{asset: pc, platform: windows}]
    windows_settings: [{asset: pc, defender_folder_guard: true}]
    security_products: [{asset: pc, name: defender, kind: antivirus, running: true}]
    passes: [pc]
---*/
select s.asset, s.evidence
from windows_settings s
join security_products p on p.asset = s.asset and p.name = 'defender' and p.running
where s.defender_folder_guard is false
