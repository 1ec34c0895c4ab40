"""Machines of a hospital for tests of the collection over WinRM: what a Japanese PC holds, from the samples of the parsers."""

from __future__ import annotations

from typing import Any

from winrm_machine import Pc, Registry, sample

_CURRENT = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion"
_SYSTEM = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet"
_SHARE = "CSCFlags=0\\0MaxUses=4294967295\\0Path=D:\\画像\\0Permissions=0\\0ShareName=画像\\0Type=0"


def registry(name: str, product: str = "WinNT") -> Registry:
    """Return the registry of a PC: what tells who it is, and keys that the kit exports or asks."""
    return {
        rf"{_SYSTEM}\Control\Nls\CodePage": {"OEMCP": ("REG_SZ", "932")},
        rf"{_SYSTEM}\Control\ComputerName\ActiveComputerName": {"ComputerName": ("REG_SZ", name)},
        rf"{_SYSTEM}\Control\ProductOptions": {"ProductType": ("REG_SZ", product)},
        r"HKEY_USERS\S-1-5-19": {},
        r"HKEY_USERS\S-1-5-21-1-2-3-1001\Control Panel\Desktop": {"ScreenSaveTimeOut": ("REG_SZ", "600")},
        r"HKEY_USERS\S-1-5-21-1-2-3-1001&calc\Control Panel\Desktop": {"ScreenSaveTimeOut": ("REG_SZ", "1")},
        rf"{_CURRENT}\Uninstall": {},
        rf"{_CURRENT}\Uninstall\{{1A2B}}": {
            "DisplayName": ("REG_SZ", "電子カルテ クライアント"),
            "DisplayVersion": ("REG_SZ", "5.2.1"),
            "Publisher": ("REG_SZ", "みほん株式会社"),
            "InstallDate": ("REG_SZ", "20250401"),
            "UninstallString": ("REG_EXPAND_SZ", r"%ProgramFiles%\Karte\unins.exe"),
            "EstimatedSize": ("REG_DWORD", "0x12345"),
        },
        rf"{_CURRENT}\Uninstall\7-Zip": {"DisplayName": ("REG_SZ", "7-Zip 19.00 (x64)"), "DisplayVersion": ("REG_SZ", "19.00")},
        r"HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall": {},
        rf"{_CURRENT}\Policies\System": {"EnableLUA": ("REG_DWORD", "0x0"), "ConsentPromptBehaviorAdmin": ("REG_DWORD", "0x5")},
        rf"{_SYSTEM}\Services\LanmanServer\Parameters": {
            "ServiceDll": ("REG_EXPAND_SZ", r"%SystemRoot%\system32\srvsvc.dll"),
            "SMB1": ("REG_DWORD", "0x1"),
        },
        rf"{_SYSTEM}\Services\LanmanServer\Shares": {"画像": ("REG_MULTI_SZ", _SHARE)},
        rf"{_SYSTEM}\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules": {
            "RemoteDesktop-UserMode-In-TCP": ("REG_SZ", "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|Name=遠隔|"),
        },
        rf"{_SYSTEM}\Enum\USBSTOR": {},
        rf"{_SYSTEM}\Enum\USBSTOR\Disk&Ven_BUFFALO&Prod_USB_Flash&Rev_1.00": {},
        rf"{_SYSTEM}\Enum\USBSTOR\Disk&Ven_BUFFALO&Prod_USB_Flash&Rev_1.00\0123456789&0": {
            "FriendlyName": ("REG_SZ", "BUFFALO USB Flash USB Device")
        },
        r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon": {
            "Userinit": ("REG_SZ", r"C:\Windows\system32\userinit.exe,"),
            "AutoAdminLogon": ("REG_SZ", "1"),
            "DefaultPassword": ("REG_SZ", "Himitsu-2019"),
        },
        rf"{_SYSTEM}\Services\karte": {
            "ImagePath": ("REG_EXPAND_SZ", r'"C:\画像\viewer.exe" -k'),
            "Start": ("REG_DWORD", "0x2"),
            "ObjectName": ("REG_SZ", "LocalSystem"),
        },
        rf"{_SYSTEM}\Services\odd": {"ImagePath": ("REG_SZ", r'"C:\a & calc\x.exe"')},
        rf"{_SYSTEM}\Services\svc": {"ImagePath": ("REG_EXPAND_SZ", r"C:\Windows\system32\svchost.exe -k netsvcs")},
    }


def pc(name: str = "KARTE-PC21", product: str = "WinNT", **changes: Any) -> Pc:
    """Return a PC by name (`product`: WinNT, ServerNT, LanmanNT)."""
    outputs = {
        "whoami": sample("whoami_groups/admin_ja"),
        "ver": "\r\nMicrosoft Windows [Version 10.0.19045.3803]\r\n",
        "systeminfo": sample("systeminfo/server_ja"),
        "netstat": sample("netstat/server_ja"),
        "tasklist": sample("tasklist/verbose_csv_ja"),
        "ipconfig": sample("ipconfig/plain_ja"),
        "route print": sample("route_print/server_ja"),
        "arp -a": sample("arp/server_ja"),
        "netsh advfirewall": sample("netsh_profiles/server_ja"),
        "netsh winhttp": sample("winhttp_proxy/direct_ja"),
        "net share": sample("net_share/server_ja"),
        "net user": sample("net_user/server_ja"),
        "net localgroup Administrators": sample("net_localgroup/server_ja"),
        "net accounts": sample("net_accounts/weak_ja"),
        "sc queryex": sample("sc/all_ja"),
        "schtasks /query /fo csv": sample("schtasks/csv_ja"),
        "auditpol": sample("auditpol_csv/server_ja"),
        "wbadmin": sample("wbadmin/versions_ja"),
        "vssadmin": sample("vssadmin/shadows_ja"),
        "dism": sample("dism_features/table_ja"),
        "wevtutil gl Security": sample("wevtutil_gl/security"),
    }
    powershell = {
        "UtcNow": "2026-03-02T01:30:00",
        "Win32_ComputerSystem | Format-List": sample("computer/system_list_ja"),
        "Win32_OperatingSystem": sample("computer/os_list_ja"),
        "WinNT://": sample("adsi_users/client_ja"),
        "Get-WinEvent": sample("oldest_events/csv_en"),
    }
    programs = {"C:\\画像\\viewer.exe": sample("icacls/one_ja")}
    settings: dict[str, Any] = {
        "registry": registry(name, product),
        "outputs": outputs,
        "powershell": powershell,
        "secedit": sample("secedit/server_ja"),
        "programs": programs,
    }
    return Pc(**{**settings, **changes})
