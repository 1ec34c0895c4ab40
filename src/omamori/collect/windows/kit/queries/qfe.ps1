Get-WmiObject Win32_QuickFixEngineering | Select-Object @('Description', 'HotFixID', 'InstalledBy', 'InstalledOn') | Format-List
