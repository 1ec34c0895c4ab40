/*---
title: {ja: ドメインにいるコンピュータが台帳にない, en: The domain knows a computer that nobody declared}
severity: medium
subject: asset
key: [asset, computer]
why:
  ja: 台帳にない機器は、更新も点検も責任者もないまま使われます。ドメインコントローラの一覧は、歩いて回らなくても分かる答え合わせです。
  en: A machine outside the ledger is used without updates, care or keeper. The list of the domain controller shows it without walking anywhere.
message:
  ja: "{computer}({os})が60日以内にドメインにログインしていますが、台帳にも集めた機器にもありません"
  en: "{computer} ({os}) logged in to the domain within 60 days and is neither in the ledger nor among the machines looked at"
fix:
  cost: none
  ja: だれの機器かを確かめて台帳に書いてください。使っていないなら、ドメインのアカウントを無効にします。
  en: Find out whose it is and enter it. If it is not used, disable its account in the domain.
  run: |
    Get-ADComputer -Filter * -Properties LastLogonDate | Sort-Object LastLogonDate
ask:
  ja: このコンピュータは貴社が入れたものですか。用途と置き場所を教えてください。
  en: Did you install this computer? What is it for, and where does it stand?
examples:
  now: 2026-01-31
  bad:
    deviations:
      - {asset: dc, kind: undeclared-computer, item: XRAY-PC, observed: Windows 10 Pro}
      - {asset: dc, kind: undeclared-neighbour, item: 10.1.0.99, observed: "00:00:5e:00:53:aa"}
    fails: [[dc, XRAY-PC]]
  good:
    deviations: [{asset: dc, kind: os-differs, item: os, observed: Windows}]
    passes: [dc]
---*/
select asset, item as computer, observed as os, evidence
from deviations
where kind = 'undeclared-computer'
