/*---
title:
  ja: 理由か決めた人のない「止めない通信」
  en: Never blocked, without a reason or anybody who decided it
severity: low
subject: site
key: [flow]
why:
  ja: 「止めない」は攻撃者にも残る道です。理由と決めた人がなければ、その日に消してよいかを誰も言えません。
  en: What is never blocked stays open to an intruder too. Without a reason and a name nobody can say on the day whether it may go.
message:
  ja: "{flow}: {lacks_ja}が書かれていません"
  en: "{flow}: {lacks_en} not entered"
fix:
  cost: none
  ja: 止めると患者に何が起きるか、誰がいつ決めたか、どの機器からどの機器へかを書いてください。範囲はできるだけ狭くします。
  en: Enter what happens to patients when it stops, who decided it, and from which machine to which. Keep it as narrow as it can be.
examples:
  now: 2026-01-31
  bad:
    never_blocked:
      - {flow: a, sender: s, receiver: r, why: w}
      - {flow: b, sender: s, receiver: r, decided_by: d}
      - {flow: c, receiver: r, why: w, decided_by: d}
      - {flow: e, sender: s, why: w, decided_by: d}
      - {flow: f, sender: s, receiver: r, why: w, decided_by: d}
    fails: [a, b, c, e]
  good:
    never_blocked: [{flow: f, sender: s, receiver: r, why: w, decided_by: d}]
---*/
select flow,
  concat_ws('・', if(sender is null or receiver is null, '相手', null), if(why is null, '理由', null), if(decided_by is null, '決めた人', null)) as lacks_ja,
  concat_ws(', ', if(sender is null or receiver is null, 'between whom', null), if(why is null, 'the reason', null), if(decided_by is null, 'who decided', null)) as lacks_en,
  evidence
from never_blocked
where sender is null or receiver is null or why is null or decided_by is null
