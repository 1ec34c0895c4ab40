@echo off
rem Omamori, portable: makes this month's knowledge pack, on a PC with Internet access. Double-click it: what publishers serve is fetched.
rem Files and folders dragged onto it are read instead, and nothing is fetched.
setlocal
set "OMAMORI_PORTABLE=%~dp0"
set "PACKS=%~dp0..\omamori-packs"
set "KEY=%~dp0..\omamori-key\omamori-pack.key"
set "PROGRAM="%~dp0program\python.exe" -X utf8 -B -m omamori feeds"
if not exist "%~dp0program\python.exe" goto packed
if not exist "%PACKS%" mkdir "%PACKS%"
if not exist "%~dp0..\omamori-key" mkdir "%~dp0..\omamori-key"
if exist "%KEY%" goto page
%PROGRAM% key new --key "%KEY%"
if errorlevel 1 goto failed
:page
if exist "%PACKS%\fingerprint.txt" goto build
%PROGRAM% key show --key "%KEY%" --out "%PACKS%\fingerprint.txt"
if errorlevel 1 goto failed
:build
if "%~1"=="" goto fetch
%PROGRAM% build %* --out "%PACKS%" --key "%KEY%" --force
if errorlevel 1 goto failed
pause
exit /b 0
:fetch
%PROGRAM% build --download "%PACKS%\downloads" --out "%PACKS%" --key "%KEY%" --force
if errorlevel 1 goto failed
pause
exit /b 0
:failed
set "CODE=%ERRORLEVEL%"
pause
exit /b %CODE%
:packed
echo Unpack the whole zip into a folder first, then start omamori-pack.cmd there.
echo (Zip wo subete tenkai shite kara, sono naka no omamori-pack.cmd wo kidou shite kudasai.)
pause
exit /b 3
