/*---
title: {ja: OSが台帳と異なる, en: The operating system differs from the ledger}
severity: low
subject: asset
key: [asset]
why:
  ja: 台帳のOSで期限や予算を決めていると、古いOSが見落とされます。
  en: When dates and budgets follow the ledger, an old system is overlooked.
message:
  ja: "{asset}: 台帳では {declared}、実際は {observed} です"
  en: "{asset}: the ledger says {declared}, the machine {observed}"
fix:
  cost: none
  ja: 「機器」シートのOSを実際に合わせて直してください。
  en: Correct the operating system in the sheet of machines.
ask:
  ja: この機器のOSの名前と版を教えてください。
  en: What are the name and version of this machine's operating system?
examples:
  now: 2026-01-31
  bad:
    - hosts: [{asset: a, os_name: Debian 10}]
      deviations: [{asset: a, kind: os-differs, item: os, declared: Debian 12, observed: Debian 10}]
      fails: [a]
    - hosts: [{asset: a, os_name: Debian 10}]
      deviations: [{asset: a, kind: os-differs, item: os, declared: Debian 12, observed: Debian 10}]
      incomplete: [deviations]
      fails: [a]
  good:
    hosts: [{asset: b, os_name: Debian 12}]
    deviations: [{asset: b, kind: role-differs, item: dns, declared: closed}]
    passes: [b]
---*/
select h.asset, d.declared, d.observed, h.evidence
from hosts h join deviations d on d.asset = h.asset
where d.kind = 'os-differs'
