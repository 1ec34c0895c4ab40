/*---
title: {ja: 機器の設定に、読み取れなかった行がある, en: Lines of a device's configuration were not understood}
severity: low
subject: asset
key: [asset]
scope: select asset from assets where configured
why:
  ja: 読み取れなかった行が何かを許していても分かりません。その行に左右される答えは「判断できない」にしてあります。
  en: A line nobody understood may allow something. Answers that depend on it are kept as unknown.
message:
  ja: "{asset}: 設定 {lines} 行のうち {lines_unread} 行を読み取れませんでした"
  en: "{asset}: of {lines} lines of its configuration {lines_unread} were not understood"
fix:
  cost: none
  ja: 設定の全文を、機器の表示コマンドで取り直して取り込んでください。それでも残る行は、業者に意味を聞いてください。
  en: Take the whole configuration again with the device's own command and import it. Ask the vendor what lines that stay mean.
ask:
  ja: この機器の設定のうち、添付の行が何を許し、何を止めるものかを教えてください。
  en: Please tell us what the attached lines of this device's configuration allow and what they stop.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: fw, configured: true}, {asset: pc}]
    device_facts: [{asset: fw, lines: 200, lines_unread: 1}, {asset: pc, lines_unread: 3}]
    fails: [fw]
  good:
    assets: [{asset: fw, configured: true}, {asset: gw, configured: true}]
    device_facts: [{asset: fw, lines: 200, lines_unread: 0}, {asset: gw}]
    passes: [fw, gw]
---*/
select asset, lines, lines_unread, evidence
from device_facts
where lines_unread > 0
