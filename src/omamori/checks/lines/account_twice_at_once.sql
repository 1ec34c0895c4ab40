/*---
title:
  ja: 一つのアカウントが、同時に二か所から使われた
  en: One account was used from two places at once
severity: medium
subject: line
key: [line, account, peer_address, also_from]
why:
  ja: 同じアカウントが二か所で使われていれば、何人かで使い回しているか、盗まれています。誰が何をしたかを後から追えません。
  en: An account used in two places is shared or stolen. Nobody can tell afterwards who did what.
message:
  ja: "{line}: アカウント {account} が {peer_address} と {also_from} から同時に使われました({began} から {ended})"
  en: "{line}: the account {account} was used from {peer_address} and {also_from} at once ({began} to {ended})"
fix:
  cost: low
  ja: 業者に一人一つのアカウントにしてもらい、今のアカウントのパスワードを変えてもらってください。
  en: Have the vendor use one account per person, and change the password of this one.
ask:
  ja: この時間に、このアカウントを二人以上で使われましたか。一人一つのアカウントにできますか。
  en: Did two people use this account then? Can everybody have an account of their own?
examples:
  now: 2026-01-31
  bad:
    remote_lines: [{line: pacs}, {line: lab}]
    line_uses:
      - {asset: pacs, line: pacs, kind: session, machine: gw, account: v1, peer_address: 203.0.113.9, also_from: 198.51.100.7, began: "2026-01-20 10:00:00"}
      - {asset: lab, line: lab, kind: session, machine: gw, account: v2, peer_address: 203.0.113.9, began: "2026-01-20 10:00:00"}
    fails: [[pacs, v1, 203.0.113.9, 198.51.100.7]]
    passes: [lab]
  good:
    remote_lines: [{line: lab}]
    line_uses: [{asset: lab, line: lab, kind: session, machine: gw, account: v2, peer_address: 203.0.113.9}]
    passes: [lab]
---*/
select asset as line, account, peer_address, also_from, min(began) as began, max(ended) as ended, min(evidence) as evidence
from line_uses
where also_from is not null
group by asset, account, peer_address, also_from
