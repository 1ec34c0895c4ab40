/*---
title: {ja: インターネットから来た文書のマクロが止められていない, en: Macros in documents from the Internet are not blocked}
severity: medium
subject: asset
key: [asset]
scope: select h.asset from hosts h join software o on o.asset = h.asset and regexp_matches(lower(o.name), '^microsoft (office|365)') where h.platform = 'windows'
why:
  ja: この版のOfficeは、メールやWebから来た文書でも「有効にする」を一度押せばマクロが動きます。止めるポリシーがあり、費用はかかりません。
  en: In this Office one click on “enable” runs the macros of a document that came by e-mail or from the web. A policy blocks that at no cost.
message:
  ja: "{asset}: {name} があり、インターネットからのマクロを止めるポリシーがありません"
  en: "{asset}: {name} is installed, and no policy blocks macros from the Internet"
fix:
  cost: none
  ja: ポリシー「インターネットから取得したOfficeファイル内のマクロの実行をブロックする」を、Word、Excel、PowerPointで有効にしてください。院内の共有の文書には影響しません。
  en: Set the policy "Block macros from running in Office files from the Internet" for Word, Excel and PowerPoint. Documents on your own shares are not affected.
  run: |
    reg add "HKCU\Software\Policies\Microsoft\Office\16.0\excel\security" /v blockcontentexecutionfrominternet /t REG_DWORD /d 1 /f
    reg add "HKCU\Software\Policies\Microsoft\Office\16.0\word\security" /v blockcontentexecutionfrominternet /t REG_DWORD /d 1 /f
ask:
  ja: インターネットやメールで受け取る、マクロ付きの帳票があるかを確認してください。
  en: Ask whether any form with macros arrives by e-mail or from the web.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: n, platform: windows}, {asset: lx, platform: linux}]
    software:
      - {asset: a, name: Microsoft Office Standard 2019}
      - {asset: b, name: Microsoft Office Professional Plus 2016}
      - {asset: c, name: Microsoft 365 Apps for enterprise - ja-jp}
      - {asset: n, name: Microsoft Office Standard 2019}
      - {asset: lx, name: Microsoft Office Standard 2019}
    macro_settings:
      - {asset: b, account: S-1-5-21-1-2-3-1105, application: word, version: "16.0", internet_blocked: true}
      - {asset: n, account: S-1-5-21-1-2-3-1105, application: word, version: "16.0", internet_blocked: false}
    fails: [a, n]
  good:
    hosts: [{asset: b, platform: windows}, {asset: w, platform: windows}]
    software: [{asset: b, name: Microsoft Office Professional Plus 2016}, {asset: w, name: LibreOffice}]
    macro_settings: [{asset: b, account: S-1-5-21-1-2-3-1105, application: word, version: "16.0", internet_blocked: true}]
    passes: [b]
---*/
-- Editions that do not block them by themselves: bought by volume, or older than the change of 2022.
select s.asset, s.name, s.evidence
from software s
where regexp_matches(lower(s.name), '^microsoft office ((standard|professional plus) 20(10|13|16|19|21)|.*20(07|10|13)\b)')
  and not exists (select 1 from macro_settings m where m.asset = s.asset and m.internet_blocked)
