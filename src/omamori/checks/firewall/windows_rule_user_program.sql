/*---
title:
  ja: "利用者のフォルダーのプログラムに受信を許している"
  en: "A rule lets in a program from a user's folder"
severity: medium
subject: asset
key: [asset, rule]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 置き換えられる場所のプログラムに、外からの入口が開いています。ウイルスが自分で規則を加えることもあります。
  en: A door is open for a program that can be replaced. Malware also adds such rules for itself.
message:
  ja: "{asset}: 規則「{rule}」が {program} への受信を許可しています"
  en: "{asset}: the rule “{rule}” lets traffic in to {program}"
fix:
  cost: none
  ja: 心当たりがなければ規則を無効にして調べてください。
  en: If nobody knows it, disable the rule and look into it.
  run: |
    netsh advfirewall firewall set rule name="NAME" new enable=no
ask:
  ja: このプログラムが製品の一部かを確認してください。
  en: Ask whether the program belongs to the product.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    firewall_rules:
      - {asset: a, decision: accept, rule_name: t, program: 'C:\Users\tanaka\AppData\Local\x.exe'}
      - {asset: a, decision: accept, rule_name: p, program: '%USERPROFILE%\x.exe'}
      - {asset: a, decision: accept, rule_name: ok, program: '%ProgramFiles%\Users\x.exe'}
      - {asset: a, decision: drop, rule_name: d, program: 'C:\Users\x.exe'}
      - {asset: lx, decision: accept, rule_name: t, program: 'C:\Users\x.exe'}
    fails: [[a, t], [a, p]]
  good:
    hosts: [{asset: a, platform: windows}]
    firewall_rules: [{asset: a, decision: accept, rule_name: ok, program: 'C:\Program Files\x.exe'}]
    passes: [a]
---*/
select asset, rule_name as rule, program, evidence
from firewall_rules
where decision = 'accept' and regexp_matches(lower(program), '^([a-z]:\\(users|documents and settings|temp|tmp)\\|%(userprofile|temp|tmp|appdata|localappdata|public)%)')
