/*---
title:
  ja: 同じ機器について、二つの業者の回答が違う
  en: Two vendors answer differently about one machine
severity: low
subject: site
key: [asset, question, item]
why:
  ja: 装置の業者と通信の業者が互いに相手の担当だと思っていると、誰も直しません。
  en: Where each believes the other to be in charge, nobody mends it.
message:
  ja: "{asset} の {item}: {first} は「{first_answer}」、{second} は「{second_answer}」と答えています"
  en: "{asset}, {item}: {first} says {first_answer}, {second} says {second_answer}"
fix:
  cost: none
  ja: 両方の業者に同じ場で確かめ、どちらが行うかを決めてください。
  en: Ask both at one table, and settle who does it.
equivalent:
  "join vendor_answers as b -> left": a missing second answer is never larger than the first vendor's name
examples:
  now: 2026-01-31
  bad:
    vendor_answers:
      - {vendor: A, asset: ct, question: finding, check_id: support.os_ended, answer: refused}
      - {vendor: B, asset: ct, question: finding, check_id: support.os_ended, answer: vendor}
      - {vendor: A, asset: ct, question: flow, direction: in, peer: 10.1.0.9, port: 104, protocol: tcp, answer: "yes"}
      - {vendor: B, asset: ct, question: flow, direction: in, peer: 10.1.0.9, port: 104, protocol: tcp, answer: "no"}
      - {vendor: A, asset: way, question: flow, direction: in, peer: 10.1.0.9, port: 104, protocol: tcp, answer: "yes"}
      - {vendor: B, asset: way, question: flow, direction: out, peer: 10.1.0.9, port: 104, protocol: tcp, answer: "no"}
      - {vendor: A, asset: peer, question: flow, direction: in, peer: 10.1.0.9, port: 104, protocol: tcp, answer: "yes"}
      - {vendor: B, asset: peer, question: flow, direction: in, peer: 10.1.0.8, port: 104, protocol: tcp, answer: "no"}
      - {vendor: A, asset: port, question: flow, direction: in, peer: 10.1.0.9, port: 104, protocol: tcp, answer: "yes"}
      - {vendor: B, asset: port, question: flow, direction: in, peer: 10.1.0.9, port: 105, protocol: tcp, answer: "no"}
      - {vendor: A, asset: kind, question: flow, direction: in, peer: 10.1.0.9, port: 104, protocol: tcp, answer: "yes"}
      - {vendor: B, asset: kind, question: flow, direction: in, peer: 10.1.0.9, port: 104, protocol: udp, answer: "no"}
      - {vendor: A, asset: told, question: notice, notice: N-1, answer: vendor}
      - {vendor: B, asset: told, question: notice, notice: N-1, answer: refused}
      - {vendor: A, asset: one, question: notice, notice: N-1, answer: vendor}
      - {vendor: B, asset: one, question: notice, notice: N-2, answer: refused}
      - {vendor: A, asset: one, question: finding, check_id: support.os_ended, answer: refused}
      - {vendor: B, asset: one, question: finding, check_id: sharing.smb1_offered, answer: vendor}
      - {vendor: B, asset: other, question: finding, check_id: support.os_ended, answer: vendor}
      - {vendor: A, asset: twice, question: finding, check_id: support.os_ended, answer: vendor}
      - {vendor: A, asset: twice, question: finding, check_id: support.os_ended, answer: refused}
      - {vendor: A, asset: asked, question: keeps, answer: "yes"}
      - {vendor: B, asset: asked, question: line-exists, answer: "no"}
      - {vendor: A, asset: "", question: mds, answer: "yes"}
      - {vendor: B, asset: "", question: mds, answer: "no"}
    fails: [[ct, finding, support.os_ended], [ct, flow, 104], [told, notice, N-1]]
  good:
    vendor_answers:
      - {vendor: A, asset: ct, question: finding, check_id: support.os_ended, answer: vendor}
      - {vendor: B, asset: ct, question: finding, check_id: support.os_ended, answer: vendor}
---*/
select a.asset, a.question, coalesce(nullif(a.check_id, ''), a.notice, cast(a.port as varchar), a.question) as item,
  a.vendor as first, a.answer as first_answer, b.vendor as second, b.answer as second_answer, a.evidence
from vendor_answers a join vendor_answers b on b.asset = a.asset and b.question = a.question and b.check_id = a.check_id
where a.asset <> '' and a.vendor < b.vendor and a.answer <> b.answer
  and a.notice is not distinct from b.notice and a.direction is not distinct from b.direction and a.peer is not distinct from b.peer
  and a.port is not distinct from b.port and a.protocol is not distinct from b.protocol
