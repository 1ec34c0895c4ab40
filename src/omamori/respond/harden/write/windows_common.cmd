:look
rem What stands in the value KEY, NAME: HAS, and LINE as reg prints it; SEEN its name, T its type, D its data.
set "HAS="
set "LINE="
set "T="
set "D="
reg query "%KEY%" /v "%NAME%" >"%Q%" 2>nul <nul
if errorlevel 1 goto :eof
set "HAS=1"
:parse
set "LINE="
set "T="
set "D="
set "SEEN=%NAME%"
set /a COUNT=0
for /f "usebackq skip=2 delims=" %%l in ("%Q%") do set "LINE=%%l"
for /f "usebackq skip=2 delims=" %%l in ("%Q%") do set /a COUNT+=1
if "%AT%"=="2" for /f "usebackq skip=2 tokens=1" %%a in ("%Q%") do set "SEEN=%%a"
for /f "usebackq skip=2 tokens=%AT%,*" %%a in ("%Q%") do set "T=%%a"
for /f "usebackq skip=2 tokens=%AT%,*" %%a in ("%Q%") do set "D=%%b"
goto :eof

:is
rem Whether what stands there now is what was saved: before or after.
set "SAME="
set "OTHER="
if exist "%STATE%\%N%.%1" for /f "usebackq skip=2 delims=" %%l in ("%STATE%\%N%.%1") do set "OTHER=%%l"
setlocal EnableDelayedExpansion
if "!LINE!"=="!OTHER!" (endlocal& set "SAME=1") else endlocal
goto :eof

:share_of
set "N=%~1"
set "KEY=HKLM\SYSTEM\CurrentControlSet\Services\LanmanServer\Shares"
set "NAME="
set "AT=2"
for /f "usebackq tokens=1,* delims==" %%a in ("%HERE%steps\%N%.txt") do set "AT=%%a"
for /f "usebackq tokens=1,* delims==" %%a in ("%HERE%steps\%N%.txt") do set "NAME=%%b"
set "PLACE=%NAME%"
goto :eof

:names
rem Names of a group and a member, in the language of this Windows, from their SIDs.
set "N=%~1"
set "PLACE=%~2 %~3"
set "GROUP="
set "MEMBER="
powershell -NoProfile -NonInteractive -Command "foreach ($sid in '%~2', '%~3') { (New-Object System.Security.Principal.SecurityIdentifier $sid).Translate([System.Security.Principal.NTAccount]).Value }" >"%Q%" 2>nul <nul
for /f "usebackq delims=" %%l in ("%Q%") do if not defined GROUP set "GROUP=%%l"
for /f "usebackq skip=1 delims=" %%l in ("%Q%") do set "MEMBER=%%l"
if not defined MEMBER goto :eof
for /f "tokens=1,* delims=\" %%a in ("%GROUP%") do if not "%%b"=="" set "GROUP=%%b"
for /f "tokens=1,* delims=\" %%a in ("%MEMBER%") do if /i "%%a"=="%COMPUTERNAME%" set "MEMBER=%%b"
set "PLACE=%GROUP%: %MEMBER%"
goto :eof

:feature_now
set "FEATURE="
dism /online /english /get-featureinfo /featurename:%~1 >"%Q%" 2>nul <nul
rem A Windows that has no such feature says so by this number, in every language.
find /i "0x800f080c" <"%Q%" >nul
if not errorlevel 1 set "FEATURE=off"
find "State : Enable" <"%Q%" >nul
if not errorlevel 1 set "FEATURE=on"
find "State : Disable" <"%Q%" >nul
if not errorlevel 1 set "FEATURE=off"
goto :eof

:areas_look
rem What the security policy says now, and a new template to fill.
set "LOST="
set "SECTION="
if defined BROKEN goto :eof
del "%STATE%\now.inf" "%STATE%\new.inf" 2>nul
secedit /export /cfg "%STATE%\now.inf" /areas SECURITYPOLICY USER_RIGHTS /log "%STATE%\secedit.log" /quiet >nul 2>nul <nul
if not exist "%STATE%\now.inf" set "LOST=1"
if defined LOST goto :eof
type "%STATE%\now.inf" >"%STATE%\now.txt"
find "[Version]" <"%STATE%\now.txt" >nul
if errorlevel 1 set "LOST=1"
goto :eof

:area_now
set "V="
for /f "usebackq tokens=1,* delims== " %%a in ("%STATE%\now.txt") do if /i "%%a"=="%NAME%" set "V=%%b"
if defined V for /f "tokens=*" %%v in ("%V%") do set "V=%%v"
goto :eof

:area_line
if not exist "%STATE%\new.inf" call :area_head
if not "%SECTION%"=="%~1" >>"%STATE%\new.inf" echo [%~1]
set "SECTION=%~1"
>>"%STATE%\new.inf" echo %~2 = %~3
goto :eof

:area_head
>"%STATE%\new.inf" echo [Version]
>>"%STATE%\new.inf" echo signature="$CHICAGO$"
>>"%STATE%\new.inf" echo Revision=1
goto :eof

:areas_write
if defined LOST goto :eof
if not exist "%STATE%\new.inf" goto :eof
del "%STATE%\secedit.sdb" 2>nul
secedit /configure /db "%STATE%\secedit.sdb" /cfg "%STATE%\new.inf" /areas SECURITYPOLICY USER_RIGHTS /log "%STATE%\secedit.log" /quiet >nul 2>nul <nul
call :areas_look
goto :eof

:audit_now
rem The number of a subcategory: 0 nothing, 1 success, 2 failure, 3 both.
set "A="
set "TOLD="
del "%STATE%\audit.now" 2>nul
auditpol /backup /file:"%STATE%\audit.now" >nul 2>nul <nul
if not exist "%STATE%\audit.now" goto :eof
type "%STATE%\audit.now" >"%STATE%\audit.txt"
for /f "usebackq tokens=1-4,* delims=," %%a in ("%STATE%\audit.txt") do if /i "%%d"=="%~1" if /i "%%b"=="System" set "TOLD=%%e"
del "%STATE%\audit.txt" 2>nul
if not defined TOLD goto :eof
set "TOLD=%TOLD:~-1%"
for %%n in (0 1 2 3) do if "%TOLD%"=="%%n" set "A=%%n"
goto :eof

:language
rem The words come in the code page of the console: Japanese only where it shows Japanese.
if not defined SPOKEN for /f "tokens=1,3" %%a in ('reg query "HKLM\SYSTEM\CurrentControlSet\Control\Nls\CodePage" /v OEMCP 2^>nul') do if "%%a"=="OEMCP" if "%%b"=="932" set "SPOKEN=ja"
set "MESSAGES=%HERE%messages.en.txt"
if /i "%SPOKEN%"=="ja" set "MESSAGES=%HERE%messages.ja.txt"
goto :eof

:say
for /f "usebackq tokens=1,* delims==" %%a in ("%MESSAGES%") do if "%%a"=="%~1" echo %~2%%b
goto :eof

:told
rem Where, and what became of it; also into the log.
setlocal EnableDelayedExpansion
>>"%STATE%\log.txt" echo %DATE% %TIME% %N% %1 !PLACE!
for /f "usebackq tokens=1,* delims==" %%a in ("%MESSAGES%") do if "%%a"=="%~1" echo   !PLACE!: %%b
endlocal
goto :eof

:wrong_cmd
call :stopped wrong_cmd
exit /b 2
:no_rights
call :stopped no_rights
exit /b 2

:stopped
call :say %1
:farewell
if defined AUTO goto :eof
call :say press_enter
set /p "ANSWER="
goto :eof
