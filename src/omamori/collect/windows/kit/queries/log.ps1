Get-WinEvent -ListLog @('Application', 'Security', 'System') | Format-List @('LogName', 'IsEnabled', 'MaximumSizeInBytes', 'LogMode')
