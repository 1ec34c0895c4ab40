Get-WmiObject Win32_Service | Select-Object @('Name', 'StartMode', 'State', 'StartName', 'PathName') | Format-List
