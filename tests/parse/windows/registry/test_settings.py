"""windows_settings that take more than one value: each told only where enough was looked at."""

from __future__ import annotations

import pytest

from omamori.parse.windows.registry.settings import read_settings

POLICIES = "SOFTWARE\\Policies"
WINLOGON = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\n"Userinit"="x"\n'
USB = 'SYSTEM\\CurrentControlSet\\Services\\USBSTOR\n"ImagePath"="x"\n"Start"=dword:0000000{}'
REMOVABLE = "SOFTWARE\\Policies\\Microsoft\\Windows\\RemovableStorageDevices"
EXE = "SOFTWARE\\Policies\\Microsoft\\Windows\\SrpV2\\Exe"
SRP = 'SOFTWARE\\Policies\\Microsoft\\Windows\\Safer\\CodeIdentifiers\n"DefaultLevel"=dword:0000000{}'
BUILD = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\n"CurrentBuild"="{}"'


def told(tree, name: str):
    """The column's value; `missing` where it is not told."""
    found = read_settings(tree)
    return "missing" if not found.rows or name in found.looks[0].missing else getattr(found.rows[0], name)


def test_automatic_logon(tree) -> None:
    one = tree(WINLOGON + '"AutoAdminLogon"="1"\n"DefaultUserName"="reception"\n"DefaultPassword"="[secret: password, set]"')
    assert [told(one, f"auto_logon{name}") for name in ("", "_account", "_password")] == [True, "reception", True]
    off = tree(WINLOGON + '"DefaultUserName"="reception"\n"DefaultPassword"="[secret: password, empty]"')
    assert [told(off, f"auto_logon{name}") for name in ("", "_account", "_password")] == [False, None, False]
    part = tree('SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\n"x"="1"')
    assert told(part, "auto_logon_password") == "missing"


def test_usb_storage(tree) -> None:
    assert told(tree(USB.format(4)), "usb_storage") is False
    assert told(tree(USB.format(3)), "usb_storage") == "missing"
    assert told(tree(USB.format(3), POLICIES), "usb_storage") is True
    assert told(tree(REMOVABLE + '\n"Deny_All"=dword:00000001'), "usb_storage") is False
    disks = REMOVABLE + '\\{53f5630d-b6bf-11d0-94f2-00a0c91efb8b}\n"Deny_Read"=dword:0000000{}\n"Deny_Write"=dword:00000001'
    assert told(tree(USB.format(3), REMOVABLE, disks.replace("{}", "1")), "usb_storage") is False
    assert told(tree(USB.format(3), REMOVABLE, disks.replace("{}", "0")), "usb_storage") is True


def test_smb1_client(tree) -> None:
    driver = 'SYSTEM\\CurrentControlSet\\Services\\mrxsmb10\n"ImagePath"="x"\n"Start"=dword:0000000{}'
    assert [told(tree(driver.format(start)), "smb1_client") for start in (2, 4)] == [True, False]
    assert told(tree(driver.format(4).replace('"ImagePath"="x"\n', "")), "smb1_client") == "missing"
    assert told(tree("SYSTEM\\CurrentControlSet\\Services"), "smb1_client") is False
    assert told(tree("SYSTEM\\CurrentControlSet\\Services\\mrxsmb10"), "smb1_client") == "missing"


def test_laps(tree) -> None:
    keys = ("SOFTWARE\\Microsoft\\Policies\\LAPS", "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\LAPS")
    local = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\LAPS\\Config"
    old = 'SOFTWARE\\Policies\\Microsoft Services\\AdmPwd\n"AdmPwdEnabled"=dword:00000001'
    assert told(tree(keys[0] + '\n"BackupDirectory"=dword:00000001'), "laps") is True
    assert told(tree(keys[1] + '\n"BackupDirectory"=dword:00000002'), "laps") == "missing"
    assert told(tree(*keys, local), "laps") == "missing"
    assert told(tree(*keys, local, old), "laps") is True
    assert told(tree(*keys, local, POLICIES), "laps") is False


def test_installer(tree) -> None:
    machine = 'SOFTWARE\\Policies\\Microsoft\\Windows\\Installer\n"AlwaysInstallElevated"=dword:0000000{}'
    user = 'HKEY_CURRENT_USER\\Software\\Policies\\Microsoft\\Windows\\Installer\n"AlwaysInstallElevated"=dword:00000001'
    assert told(tree(machine.format(0)), "installer_elevated") is False
    assert told(tree(machine.format(1)), "installer_elevated") == "missing"
    assert told(tree(machine.format(1), user), "installer_elevated") is True


def test_screen_lock(tree) -> None:
    system = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\n"EnableLUA"=dword:00000001\n{}'
    idle = system.format('"InactivityTimeoutSecs"=dword:00000384')
    desktop = (
        'HKEY_CURRENT_USER\\Control Panel\\Desktop\n"WallPaper"=""\n"ScreenSaveActive"="1"\n"ScreenSaverIsSecure"="{}"\n'
        '"ScreenSaveTimeOut"="600"\n"SCRNSAVE.EXE"="C:\\\\Windows\\\\system32\\\\scrnsave.scr"'
    )
    user = "HKEY_CURRENT_USER\\Software\\Policies"
    assert told(tree(idle), "screen_lock_seconds") == 900
    assert told(tree(system.format("")), "screen_lock_seconds") == "missing"
    assert told(tree(system.format(""), desktop.format(1)), "screen_lock_seconds") == "missing"
    assert told(tree(system.format(""), user, desktop.format(1)), "screen_lock_seconds") == 600
    assert told(tree(system.format(""), user, desktop.format(0)), "screen_lock_seconds") == 0
    assert told(tree(idle, user, desktop.format(1)), "screen_lock_seconds") == 600
    assert told(tree(system.format(""), user, desktop.format(1).rpartition("\n")[0]), "screen_lock_seconds") == 0


@pytest.mark.parametrize(
    ("blocks", "control", "enforced"),
    [
        ((EXE + '\n"EnforcementMode"=dword:00000001', EXE + "\\{1}"), "applocker", True),
        ((EXE, EXE + "\\{1}"), "applocker", True),
        ((EXE + '\n"EnforcementMode"=dword:00000000', EXE + "\\{1}"), "missing", "missing"),
        ((POLICIES, EXE + '\n"EnforcementMode"=dword:00000000', EXE + "\\{1}"), "applocker", False),
        ((POLICIES, EXE + '\n"EnforcementMode"=dword:00000001'), "none", False),
        ((POLICIES,), "none", False),
        ((SRP.format(0), BUILD.format(7601)), "srp", True),
        ((SRP.format(0), BUILD.format(26100)), "srp", "missing"),
        ((SRP.format(0),), "srp", "missing"),
        (('SOFTWARE\\Policies\\Microsoft\\Windows\\DeviceGuard\n"DeployConfigCIPolicy"=dword:00000001',), "wdac", "missing"),
        ((EXE,), "missing", "missing"),
    ],
)
def test_execution(tree, blocks: tuple[str, ...], control: str, enforced: object) -> None:
    one = tree(*blocks)
    assert (told(one, "execution_control"), told(one, "execution_enforced")) == (control, enforced)


def test_the_way_to_the_update_server(tree) -> None:
    update = 'SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\n"WUServer"="{}"'
    use = 'SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU\n"UseWUServer"=dword:0000000{}'
    for address, used, meaning in (
        ("http://wsus:8530", 1, True),
        ("HTTP://wsus", 1, True),
        ("https://wsus:8531", 1, False),
        ("http://wsus:8530", 0, False),
        ("wsus", 1, "missing"),
    ):
        assert told(tree(POLICIES, update.format(address), use.format(used)), "update_server_plain") == meaning
    assert told(tree(POLICIES), "update_server_plain") is False
    assert told(tree("SOFTWARE\\Other"), "update_server_plain") == "missing"


def test_rules_of_defender_that_block(tree) -> None:
    guard = "Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR"
    local, policy = f"SOFTWARE\\{guard}\\Rules", f"SOFTWARE\\Policies\\{guard}"
    rules = '\n"{d4f940ab-401b-4efc-aadc-ad5f3c50688a}"="1"\n"{3b576869-a4ec-4529-8536-b80a7769e899}"="2"\n"{5beb7efe-fd9a-4556-801d-275e5ffc04cc}"=dword:00000001'
    on = policy + '\n"ExploitGuard_ASR_Rules"=dword:00000001'
    build = BUILD.format(19045)
    assert told(tree(POLICIES, build, local + rules), "defender_asr_rules") == 2
    assert told(tree(POLICIES, on, policy + "\\Rules" + rules, build), "defender_asr_rules") == 2
    assert told(tree(POLICIES, on, build), "defender_asr_rules") == 0
    assert told(tree(POLICIES, build, "SOFTWARE\\Microsoft\\Windows Defender"), "defender_asr_rules") == 0
    assert told(tree(POLICIES, build), "defender_asr_rules") == "missing"
    assert told(tree(POLICIES, BUILD.format(7601), "SOFTWARE\\Microsoft\\Windows Defender"), "defender_asr_rules") == "missing"


def test_rules_that_a_device_management_may_have_set_are_not_counted(tree, query) -> None:
    build, local = BUILD.format(19045), "SOFTWARE\\Microsoft\\Windows Defender"
    managed = "SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Policy Manager"
    rules = '\n"ASRRules"="d4f940ab-401b-4efc-aadc-ad5f3c50688a=1"'
    assert told(tree(POLICIES, managed, build, local), "defender_asr_rules") == 0
    assert told(tree(POLICIES, managed + rules, build, local), "defender_asr_rules") == "missing"
    # Only the policy of the rules was asked for: whether a device management sets some is not known.
    asr = "SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR"
    assert told(tree(asr, build, local), "defender_asr_rules") == "missing"


RDP_TCP = 'SYSTEM\\CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp\n"PortNumber"=dword:00000d3d'
POLICIES_SYSTEM = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\n"EnableLUA"=dword:00000001'
NTDS = 'SYSTEM\\CurrentControlSet\\Services\\NTDS\\Parameters\n"DSA Database file"="C:\\\\Windows\\\\NTDS\\\\ntds.dit"'
TCPIP = 'SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\n"DataBasePath"="x"'
FOLDERS = "Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\Controlled Folder Access\n"


@pytest.mark.parametrize(
    ("name", "blocks", "meaning"),
    [
        ("rdp_tls", (POLICIES, RDP_TCP + '\n"SecurityLayer"=dword:00000000'), False),
        ("rdp_tls", (POLICIES, RDP_TCP + '\n"SecurityLayer"=dword:00000002'), True),
        ("rdp_tls", (POLICIES, RDP_TCP), "missing"),
        ("rdp_drives", (POLICIES, RDP_TCP + '\n"fDisableCdm"=dword:00000000'), True),
        ("rdp_drives", (POLICIES, RDP_TCP + '\n"fDisableCdm"=dword:00000001'), False),
        ("uac_asks", (POLICIES_SYSTEM,), True),
        ("uac_asks", (POLICIES_SYSTEM + '\n"ConsentPromptBehaviorAdmin"=dword:00000000',), False),
        ("credssp_unpatched", (POLICIES,), "missing"),
        ("credssp_unpatched", ("SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies",), False),
        (
            "credssp_unpatched",
            (
                'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\CredSSP\\Parameters\n"AllowEncryptionOracle"=dword:00000002',
            ),
            True,
        ),
        ("ldap_signing_required", (NTDS + '\n"LDAPServerIntegrity"=dword:00000001',), False),
        ("ldap_signing_required", (NTDS + '\n"LDAPServerIntegrity"=dword:00000002',), True),
        ("ldap_signing_required", (NTDS, BUILD.format(17763)), False),
        ("ldap_signing_required", (NTDS, BUILD.format(26100)), "missing"),
        ("ip_forwarding", (TCPIP,), False),
        ("ip_forwarding", (TCPIP + '\n"IPEnableRouter"=dword:00000001',), True),
        ("defender_off_by_policy", (POLICIES,), False),
        ("defender_off_by_policy", ('SOFTWARE\\Policies\\Microsoft\\Windows Defender\n"DisableAntiSpyware"=dword:00000001',), True),
        ("defender_folder_guard", (POLICIES, f'SOFTWARE\\{FOLDERS}"EnableControlledFolderAccess"=dword:00000001'), True),
        ("defender_folder_guard", (POLICIES, f'SOFTWARE\\{FOLDERS}"EnableControlledFolderAccess"=dword:00000002'), False),
        ("defender_folder_guard", (POLICIES, "SOFTWARE\\Microsoft\\Windows Defender", BUILD.format(19045)), False),
        ("defender_folder_guard", (POLICIES, "SOFTWARE\\Microsoft\\Windows Defender", BUILD.format(7601)), "missing"),
        ("defender_unwanted", (POLICIES, 'SOFTWARE\\Microsoft\\Windows Defender\n"PUAProtection"=dword:00000001'), True),
        ("defender_unwanted", (POLICIES, 'SOFTWARE\\Microsoft\\Windows Defender\n"PUAProtection"=dword:00000002'), False),
        ("defender_unwanted", (POLICIES, "SOFTWARE\\Microsoft\\Windows Defender", BUILD.format(19045)), False),
        ("defender_unwanted", (POLICIES, "SOFTWARE\\Microsoft\\Windows Defender", BUILD.format(22631)), "missing"),
    ],
)
def test_what_one_value_decides(tree, name: str, blocks: tuple[str, ...], meaning: object) -> None:
    assert told(tree(*blocks), name) == meaning
