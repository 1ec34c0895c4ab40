/*---
title: {ja: インターネットから来た文書のマクロが、見た時にログオンしていた人には止められていない, en: Macros in documents from the Internet are not blocked for those logged in at the look}
severity: medium
subject: asset
key: [asset]
scope: select h.asset from hosts h join software o on o.asset = h.asset and regexp_matches(lower(o.name), '^microsoft (office|365)') where h.platform = 'windows'
why:
  ja: この版のOfficeは、メールやWebから来た文書でも「有効にする」を一度押せばマクロが動きます。止めるポリシーがあり、費用はかかりません。
  en: In this Office one click on “enable” runs the macros of a document that came by e-mail or from the web. A policy blocks that at no cost.
message:
  ja: "{asset}: {name} があり、インターネットからのマクロを止めるポリシーが、Word、Excel、PowerPointのすべてにはありません"
  en: "{asset}: {name} is installed, and no policy blocks macros from the Internet in all of Word, Excel and PowerPoint"
fix:
  cost: none
  ja: ポリシー「インターネットから取得したOfficeファイル内のマクロの実行をブロックする」を、Word、Excel、PowerPointで有効にしてください。院内の共有の文書には影響しません。
  en: Set the policy "Block macros from running in Office files from the Internet" for Word, Excel and PowerPoint. Documents on your own shares are not affected.
  run: |
    reg add "HKCU\Software\Policies\Microsoft\Office\16.0\excel\security" /v blockcontentexecutionfrominternet /t REG_DWORD /d 1 /f
    reg add "HKCU\Software\Policies\Microsoft\Office\16.0\word\security" /v blockcontentexecutionfrominternet /t REG_DWORD /d 1 /f
    reg add "HKCU\Software\Policies\Microsoft\Office\16.0\powerpoint\security" /v blockcontentexecutionfrominternet /t REG_DWORD /d 1 /f
ask:
  ja: インターネットやメールで受け取る、マクロ付きの帳票があるかを確認してください。
  en: Ask whether any form with macros arrives by e-mail or from the web.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: n, platform: windows}, {asset: t, platform: windows}, {asset: o, platform: windows}, {asset: p, platform: windows}, {asset: x, platform: windows}, {asset: v, platform: windows}, {asset: y, platform: windows}, {asset: lx, platform: linux}]
    software:
      - {asset: a, name: Microsoft Office Standard 2019}
      - {asset: b, name: Microsoft Office Professional Plus 2016}
      - {asset: c, name: Microsoft 365 Apps for enterprise - ja-jp}
      - {asset: n, name: Microsoft Office Standard 2019}
      - {asset: t, name: Microsoft Office LTSC Standard 2024 - ja-jp}
      - {asset: o, name: Microsoft Office 2003}
      - {asset: p, name: Microsoft Office Personal 2016}
      - {asset: x, name: Microsoft Office Standard 2019}
      - {asset: v, name: Microsoft Office Standard 2019}
      - {asset: y, name: Microsoft Office Standard 2019}
      - {asset: lx, name: Microsoft Office Standard 2019}
    macro_settings:
      - {asset: b, account: S-1-5-21-1-2-3-1105, application: word, version: "16.0", internet_blocked: true}
      - {asset: b, account: S-1-5-21-1-2-3-1105, application: excel, version: "16.0", internet_blocked: true}
      - {asset: b, account: S-1-5-21-1-2-3-1105, application: powerpoint, version: "16.0", internet_blocked: true}
      - {asset: n, account: S-1-5-21-1-2-3-1105, application: word, version: "16.0", internet_blocked: false}
      - {asset: n, account: S-1-5-21-1-2-3-1105, application: excel, version: "16.0", internet_blocked: false}
      - {asset: n, account: S-1-5-21-1-2-3-1105, application: powerpoint, version: "16.0", internet_blocked: false}
      - {asset: x, account: S-1-5-21-1-2-3-1105, application: word, version: "16.0", internet_blocked: true}
      - {asset: x, account: S-1-5-21-1-2-3-1105, application: excel, version: "16.0", internet_blocked: true}
      - {asset: x, account: S-1-5-21-1-2-3-1105, application: powerpoint, version: "16.0", internet_blocked: true}
      - {asset: x, account: S-1-5-21-1-2-3-1106, application: word, version: "16.0", internet_blocked: true}
      - {asset: x, account: S-1-5-21-1-2-3-1106, application: excel, version: "16.0", internet_blocked: true}
      - {asset: v, account: S-1-5-21-1-2-3-1105, application: word, version: "16.0", internet_blocked: true}
      - {asset: v, account: S-1-5-21-1-2-3-1105, application: excel, version: "16.0", internet_blocked: true}
      - {asset: v, account: S-1-5-21-1-2-3-1105, application: powerpoint, version: "16.0", internet_blocked: true}
      - {asset: v, account: S-1-5-21-1-2-3-1106, application: word, version: "16.0", internet_blocked: true}
      - {asset: v, account: S-1-5-21-1-2-3-1106, application: excel, version: "16.0", internet_blocked: true}
      - {asset: v, account: S-1-5-21-1-2-3-1106, application: powerpoint, version: "16.0", internet_blocked: true}
      - {asset: v, account: S-1-5-21-1-2-3-1106, application: excel, version: "15.0", internet_blocked: false}
      - {asset: y, account: S-1-5-21-1-2-3-1105, application: word, version: "16.0", internet_blocked: true}
      - {asset: y, account: S-1-5-21-1-2-3-1105, application: excel, version: "16.0", internet_blocked: true}
      - {asset: y, account: S-1-5-21-1-2-3-1105, application: access, version: "16.0", internet_blocked: true}
      - {asset: y, account: S-1-5-21-1-2-3-1105, application: powerpoint, version: "16.0", macros: ask}
    fails: [a, n, t, o, p, x, v, y]
  good:
    hosts: [{asset: b, platform: windows}, {asset: w, platform: windows}, {asset: i, platform: windows}]
    software:
      - {asset: b, name: Microsoft Office Professional Plus 2016}
      - {asset: w, name: LibreOffice}
      - {asset: i, name: Microsoft Office 2003 Web Components}
    macro_settings:
      - {asset: b, account: S-1-5-21-1-2-3-1105, application: word, version: "16.0", internet_blocked: true}
      - {asset: b, account: S-1-5-21-1-2-3-1105, application: excel, version: "16.0", internet_blocked: true}
      - {asset: b, account: S-1-5-21-1-2-3-1105, application: powerpoint, version: "16.0", internet_blocked: true}
      - {asset: b, account: S-1-5-21-1-2-3-1105, application: access, version: "16.0", macros: ask}
    passes: [b, i]
---*/
-- Editions that do not block them by themselves: bought by volume, or older than the change of 2022.
with offices as (
  select asset, name, evidence
  from software
  where regexp_matches(lower(name), '^microsoft office ((ltsc )?(standard|professional plus) (ltsc )?20(10|13|16|19|21|24)|.*20(03|07|10|13|16)\b)')
    and not regexp_matches(lower(name), 'web components|interop|viewer|runtime|compatib')
), accounts_seen as (
  select asset, account, bool_or(not internet_blocked) as let_in,
    count(distinct application) filter (where internet_blocked and application in ('word', 'excel', 'powerpoint')) as blocked
  from macro_settings
  group by asset, account
)
select s.asset, s.name, s.evidence
from offices s
where not exists (select 1 from accounts_seen m where m.asset = s.asset)
  or exists (select 1 from accounts_seen m where m.asset = s.asset and (m.let_in or m.blocked < 3))
