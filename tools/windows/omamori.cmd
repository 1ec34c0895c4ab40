@echo off
rem Omamori, portable: runs the Python beside it. Nothing is installed, nothing on this computer is changed.
rem Without arguments it opens the menu; with arguments it is the command line: omamori.cmd check --help
setlocal
set "OMAMORI_PORTABLE=%~dp0"
if not exist "%~dp0program\python.exe" goto packed
if "%~1"=="" goto menu
"%~dp0program\python.exe" -X utf8 -B -m omamori %*
exit /b %ERRORLEVEL%
:menu
title Omamori
"%~dp0program\python.exe" -X utf8 -B -m omamori menu
if errorlevel 1 pause
exit /b %ERRORLEVEL%
:packed
echo Unpack the whole zip into a folder first, then start omamori.cmd there.
echo (Zip wo subete tenkai shite kara, sono naka no omamori.cmd wo kidou shite kudasai.)
pause
exit /b 3
