"""Declared tables: what the hospital believes. Their columns are the columns of the ledger workbook.

The tables stand in several modules; everybody takes them from here.
"""

from __future__ import annotations

from omamori.model.approval import Approval as Approval
from omamori.model.block import BlockAction as BlockAction
from omamori.model.declared_backup import DeclaredBackup as DeclaredBackup
from omamori.model.declared_block import NeverBlockedFlow as NeverBlockedFlow
from omamori.model.declared_entries import (
    OTHER_ENTRY_KINDS as OTHER_ENTRY_KINDS,
)
from omamori.model.declared_entries import (
    OtherEntry as OtherEntry,
)
from omamori.model.declared_machines import (
    BACKUP_MEDIA as BACKUP_MEDIA,
)
from omamori.model.declared_machines import (
    OWNERS as OWNERS,
)
from omamori.model.declared_machines import (
    LedgerAddress as LedgerAddress,
)
from omamori.model.declared_machines import (
    LedgerAsset as LedgerAsset,
)
from omamori.model.declared_machines import (
    Site as Site,
)
from omamori.model.declared_machines import (
    Vendor as Vendor,
)
from omamori.model.declared_network import (
    LINE_KINDS as LINE_KINDS,
)
from omamori.model.declared_network import (
    ZONE_KINDS as ZONE_KINDS,
)
from omamori.model.declared_network import (
    DesignedFlow as DesignedFlow,
)
from omamori.model.declared_network import (
    RemoteLine as RemoteLine,
)
from omamori.model.declared_network import (
    Zone as Zone,
)
from omamori.model.declared_network import (
    ZoneNetwork as ZoneNetwork,
)
from omamori.model.declared_notices import NOTICE_CHANNELS as NOTICE_CHANNELS
from omamori.model.declared_notices import NOTICE_DECISIONS as NOTICE_DECISIONS
from omamori.model.declared_notices import VendorNotice as VendorNotice
from omamori.model.declared_people import CONTROLS as CONTROLS
from omamori.model.declared_people import (
    Action as Action,
)
from omamori.model.declared_people import (
    Answer as Answer,
)
from omamori.model.declared_people import (
    Contact as Contact,
)
from omamori.model.declared_people import (
    RiskException as RiskException,
)
from omamori.model.declared_people import (
    Training as Training,
)
from omamori.model.declared_recovery import CUT_KINDS as CUT_KINDS
from omamori.model.declared_recovery import MEDIA_KINDS as MEDIA_KINDS
from omamori.model.declared_recovery import NEEDS as NEEDS
from omamori.model.declared_recovery import CutPoint as CutPoint
from omamori.model.declared_recovery import MediumLog as MediumLog
from omamori.model.declared_recovery import RecoveryNeed as RecoveryNeed
from omamori.model.declared_values import (
    YES_NO as YES_NO,
)
from omamori.model.declared_vendor import (
    VENDOR_DECISIONS as VENDOR_DECISIONS,
)
from omamori.model.declared_vendor import (
    VENDOR_QUESTIONS as VENDOR_QUESTIONS,
)
from omamori.model.declared_vendor import (
    VendorAnswer as VendorAnswer,
)
from omamori.model.notices import PublishedNotice as PublishedNotice
from omamori.model.standard import ITEM_ANSWERS as ITEM_ANSWERS
from omamori.model.standard import ItemAnswer as ItemAnswer
