/*---
title: {ja: 文書の中のプログラム(マクロ)が、見た時にログオンしていた人には尋ねられずに動く, en: Programs inside documents (macros) run without asking for somebody logged in at the look}
severity: high
subject: asset
key: [asset, application, account]
scope: select h.asset from hosts h join software o on o.asset = h.asset and regexp_matches(lower(o.name), '^microsoft (office|365)') where h.platform = 'windows'
why:
  ja: メールの添付の文書を開くだけで、中のプログラムが動きます。2022年に広がったEmotetも、この入口を使いました。
  en: Opening a document from an e-mail is enough to run the program inside it. Emotet, which spread in 2022, came in this way.
message:
  ja: "{asset}: {application}({version})がすべてのマクロを動かします(アカウント {account})"
  en: "{asset}: {application} ({version}) runs all macros (account {account})"
fix:
  cost: none
  ja: 「警告を表示してすべて無効」にし、業務で使うマクロの文書だけを「信頼できる場所」に置いてください。
  en: Set it to "disable all with notification" and keep the documents whose macros you need in a trusted location.
  run: |
    reg query "HKCU\Software\Microsoft\Office" /s /v VBAWarnings
ask:
  ja: マクロを使う帳票がどれか、署名を付けられるかを確認してください。
  en: Ask which forms use macros, and whether they can be signed.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: gone, platform: windows}, {asset: lx, platform: linux}]
    software: [{asset: a, name: Microsoft Office Standard 2021}, {asset: gone, name: LibreOffice}, {asset: lx, name: Microsoft Office Standard 2021}]
    macro_settings:
      - {asset: a, account: S-1-5-21-1-2-3-1105, application: excel, version: "16.0", macros: run}
      - {asset: a, account: S-1-5-21-1-2-3-1105, application: word, version: "16.0", macros: ask}
      - {asset: a, account: S-1-5-21-1-2-3-1106, application: excel, version: "16.0", internet_blocked: true}
      - {asset: gone, account: S-1-5-21-1-2-3-1105, application: excel, version: "16.0", macros: run}
      - {asset: lx, account: x, application: excel, version: "16.0", macros: run}
    fails: [[a, excel, S-1-5-21-1-2-3-1105]]
  good:
    hosts: [{asset: a, platform: windows}]
    software: [{asset: a, name: Microsoft 365 Apps for enterprise - ja-jp}]
    macro_settings: [{asset: a, account: S-1-5-21-1-2-3-1105, application: excel, version: "16.0", macros: ask}]
    passes: [a]
---*/
select asset, application, account, version, evidence
from macro_settings
where macros = 'run'
