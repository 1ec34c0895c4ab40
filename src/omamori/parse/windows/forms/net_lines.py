"""What the outputs of `net user`, `net localgroup`, `net accounts` and `net group` have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from omamori.model.access import Account
from omamori.model.schema import ROW_COLUMNS
from omamori.model.tables import table_of
from omamori.parse.windows.form import Line, Piece
from omamori.parse.windows.records import Records

CLOSED = re.compile(
    r"\s{0,4}(?:The command completed successfully|コマンドは正常に終了しました|Der Befehl wurde erfolgreich ausgeführt"
    r"|La commande s.est terminée correctement|Se ha completado el comando correctamente|El comando se completó correctamente"
    r"|Esecuzione comando riuscita|Comando concluído com êxito|De opdracht is voltooid)[.。]?\s*$"
)
"""The line that ends an output that is whole."""

FAILED = re.compile(
    r"\s{0,4}(?:System error \d+ has occurred|システム エラー \d+ が発生しました|Systemfehler \d+ aufgetreten"
    r"|The command completed with one or more errors|コマンドの実行中に|The .{1,60} could not be found|.{1,60}が見つかりません)"
)
"""A line in place of, or behind, an output that is not whole."""

AT_DOMAIN = re.compile(
    r"\s{0,4}(?:The request will be processed at a domain controller for domain\s|この(?:要求|要請)は.{0,40}ドメイン.{1,300}処理されます"
    r"|Diese Anforderung wird (?:am|auf dem) Domänencontroller der Domäne\s"
    r"|Diese Anforderung wird auf dem Domänencontroller für Domäne\s"
    r"|Cette demande sera traitée sur contrôleur de domaine)"
)
"""The line that tells that a domain controller answers: what follows is not about this machine."""

RULE = re.compile(r"-{79}\s*$")
"""The line of dashes above a list: 79 in every language (other commands draw others)."""

_FIELD = re.compile(r"(\S(?:[^ ]| (?! )){0,80}?)(?: {2,}|\t)\s*(\S.*)$")
_SID = re.compile(r"S-1-\d{1,3}(?:-\d{1,12}){1,15}$", re.IGNORECASE)

_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "S-1-5-32-544": ("administrators", "administratoren", "administrateurs", "administradores", "amministratori"),
        "S-1-5-32-545": ("users", "benutzer", "utilisateurs", "usuarios", "utenti", "utilizadores", "usuários", "gebruikers"),
        "S-1-5-32-546": ("guests", "gäste", "invités", "invitados", "convidados", "gasten"),
        "S-1-5-32-547": ("power users", "hauptbenutzer", "utilisateurs avec pouvoir", "usuarios avanzados"),
        "S-1-5-32-548": ("account operators", "konten-operatoren", "opérateurs de compte"),
        "S-1-5-32-549": ("server operators", "server-operatoren", "opérateurs de serveur"),
        "S-1-5-32-550": ("print operators", "druck-operatoren", "opérateurs d'impression"),
        "S-1-5-32-551": ("backup operators", "sicherungs-operatoren", "opérateurs de sauvegarde", "operadores de copia de seguridad"),
        "S-1-5-32-552": ("replicator", "replicators", "replikations-operator", "duplicateurs"),
        "S-1-5-32-555": (
            "remote desktop users",
            "remotedesktopbenutzer",
            "utilisateurs du bureau à distance",
            "usuarios de escritorio remoto",
        ),
        "S-1-5-32-556": ("network configuration operators", "netzwerkkonfigurations-operatoren", "opérateurs de configuration réseau"),
        "S-1-5-32-558": ("performance monitor users", "systemmonitorbenutzer", "utilisateurs de l’analyseur de performances"),
        "S-1-5-32-559": ("performance log users", "leistungsprotokollbenutzer", "utilisateurs du journal de performances"),
        "S-1-5-32-562": ("distributed com users", "distributed com-benutzer", "utilisateurs du modèle com distribué"),
        "S-1-5-32-568": ("iis_iusrs",),
        "S-1-5-32-569": ("cryptographic operators", "kryptografie-operatoren", "opérateurs de chiffrement"),
        "S-1-5-32-573": ("event log readers", "ereignisprotokollleser", "lecteurs des journaux d’événements"),
        "S-1-5-32-578": ("hyper-v administrators", "hyper-v-administratoren", "administrateurs hyper-v"),
        "S-1-5-32-579": ("access control assistance operators", "zugriffssteuerungs-unterstützungsoperatoren"),
        "S-1-5-32-580": ("remote management users", "remoteverwaltungsbenutzer", "utilisateurs de gestion à distance"),
    }
)
_IDS: Mapping[str, str] = MappingProxyType({name: sid for sid, names in _GROUPS.items() for name in names})
ADMINISTRATORS = "S-1-5-32-544"

_SYSTEM_NAMES = frozenset(
    {"defaultaccount", "wdagutilityaccount", "krbtgt", "homegroupuser$", "defaultuser0", "defaultuser1", "systemprofile"}
)
_SYSTEM_NUMBERS = ("-502", "-503", "-504")


def field(text: str) -> tuple[str, str]:
    """Return label and value of a line whose value stands in a column of its own; an empty value where there is none."""
    found = _FIELD.match(text.rstrip()[:2000])
    return (found[1], found[2].strip()) if found else (text.strip()[:200], "")


def group_id(name: str) -> str | None:
    """Return the SID of a group every Windows has, by its name in English (also Japanese Windows), German, French and others."""
    return _IDS.get(name.strip().lower())


def is_sid(text: str) -> bool:
    """Return whether a text is a SID."""
    return _SID.match(text) is not None


def system_account(name: str, sid: str | None = None) -> bool:
    """Return whether an account belongs to Windows itself: nobody logs in with it."""
    if sid and sid.startswith("S-1-5-21-") and sid.endswith(_SYSTEM_NUMBERS):
        return True
    return name.lower() in _SYSTEM_NAMES


def closed(lines: Sequence[Line]) -> bool:
    """Return whether an output has its closing line and no error."""
    return any(CLOSED.match(line.text) for line in lines) and not any(FAILED.match(line.text) for line in lines)


def at_domain(piece: Piece) -> bool:
    """Return whether the command was typed with `/domain`: what it printed is not about this machine."""
    return re.search(r"\s/do\w{0,4}\b", piece.command.lower()) is not None


def but(row: type, *known: str) -> tuple[str, ...]:
    """Return the columns of a row type that an output which tells only `known` cannot tell."""
    return tuple(column.name for column in table_of(row()).columns if column.name not in (*known, *ROW_COLUMNS))


def breaks_off(records: Records) -> bool:
    """Return whether the last block of a list lacks properties that others have: the list was cut inside it."""
    return records.style in ("list", "wmic-list") and bool(records.rows) and records.rows[-1].values.keys() != records.names


def account_columns_but(*known: str) -> tuple[str, ...]:
    """Return the columns of accounts that an output cannot tell."""
    return but(Account, *known)
