/*---
title:
  ja: 働くことのない規則がある
  en: A rule that can never decide anything
severity: low
subject: asset
key: [asset, chain, position]
scope: select asset from assets where configured or forwards or platform = 'linux'
why:
  ja: 前の規則に隠れた拒否は、書いた人が思うほど何も止めていません。隠れた許可は、前の規則を直した日に突然開きます。
  en: A refusal hidden behind earlier rules stops nothing, whatever its writer thinks. A hidden permission opens on the day an earlier rule is changed.
message:
  ja: "{asset}: {chain} の規則 {name} は働きません(先に当たる規則: {because})"
  en: "{asset}: rule {name} of {chain} never decides anything (rules that come first: {because})"
fix:
  cost: none
  ja: 設定した業者に、この規則が何のためだったかを尋ね、要らなければ消し、要るなら前に移してもらってください。
  en: Ask whoever wrote it what the rule was for; have it removed if it is not needed, or moved up if it is.
ask:
  ja: 「{chain} の規則 {name} は、先にある規則({because})に当たるため働きません。何のための規則か、消してよいか、前に移すべきかを教えてください。」と尋ねてください。
  en: 'Ask: "Rule {name} of {chain} never decides anything, since {because} comes first. What is it for: may it go, or should it move up?"'
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: fw, configured: true}, {asset: srv, platform: linux}, {asset: gw, forwards: true}, {asset: pc, platform: windows}]
    idle_rules:
      - {asset: srv, chain: input, position: 2, kind: unreachable}
      - {asset: gw, chain: forward, position: 1, kind: shadowed}
      - {asset: pc, chain: input, position: 1, kind: shadowed}
      - {asset: fw, chain: policy, position: 3, rule: block-lab, kind: shadowed, because: allow-all}
      - {asset: fw, chain: policy, position: 4, kind: unreachable}
      - {asset: fw, chain: policy, position: 5, rule: twice, kind: redundant, because: once}
    fails: [[fw, policy, 3], [fw, policy, 4], [srv, input, 2], [gw, forward, 1]]
  good:
    assets: [{asset: fw, configured: true}]
    idle_rules: [{asset: fw, chain: policy, position: 5, rule: twice, kind: redundant, because: once}]
    passes: [fw]
---*/
select asset, chain, position, coalesce(rule, '#' || position) as name, because, evidence
from idle_rules
where kind <> 'redundant'
