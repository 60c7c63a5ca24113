@echo off
rem Runs Maven with a suitable JDK. Finds or downloads both:
rem   JDK    25 or later: JAVA_HOME, then the PATH, then the places where JDKs are installed
rem   Maven  3.9 or later: the one on the PATH, or else the version below, cached in the user's Maven folder
setlocal EnableExtensions DisableDelayedExpansion

set "JDK_WANTED=25"
set "MAVEN_VERSION=3.9.16"
set "MAVEN_SHA512=831a8591fe20c8243b1dbe7d71e3244f31d1665b0804b2e825e38cbbe5ce0cafb8338851f90780735568773e0a6cd07bbec107cda0b896b008b861075358b6f6"
set "MAVEN_ARCHIVE=https://archive.apache.org/dist/maven/maven-3"
if defined MVNW_ARCHIVE set "MAVEN_ARCHIVE=%MVNW_ARCHIVE%"

set "JDK="
if defined JAVA_HOME call :try_jdk "%JAVA_HOME%"
for /f "delims=" %%j in ('where javac.exe 2^>nul') do call :try_jdk "%%~dpj.."
for %%r in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%USERPROFILE%\.jdks") do (
  for /d %%d in ("%%~r\*") do call :try_jdk "%%~d"
)
for /d %%d in ("%USERPROFILE%\scoop\apps\*") do call :try_jdk "%%~d\current"
if not defined JDK (
  echo mvnw: a JDK %JDK_WANTED% or later is needed, but none was found: install one ^(https://adoptium.net^) or point JAVA_HOME at it. 1>&2
  exit /b 1
)
set "JAVA_HOME=%JDK%"

set "MVN="
for /f "delims=" %%m in ('where mvn.cmd 2^>nul') do call :try_maven "%%m"
if not defined MVN call :install_maven || exit /b 1
call "%MVN%" %*
exit /b %ERRORLEVEL%

rem Uses the JDK in a folder if it is suitable and none was found before.
:try_jdk
if defined JDK exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
for /f "tokens=2" %%v in ('call "%~1\bin\javac.exe" -version 2^>^&1 ^| findstr /b "javac"') do (
  for /f "delims=.-+" %%n in ("%%v") do if %%n GEQ %JDK_WANTED% set "JDK=%~f1"
)
exit /b 0

rem Uses a Maven if it is 3.9 or later and none was found before.
:try_maven
if defined MVN exit /b 0
for /f "tokens=3,4 delims=. " %%a in ('call "%~1" -v 2^>nul ^| findstr /b /c:"Apache Maven"') do (
  if %%a GTR 3 set "MVN=%~1"
  if %%a EQU 3 if %%b GEQ 9 set "MVN=%~1"
)
exit /b 0

:install_maven
if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
set "FOLDER=%MAVEN_USER_HOME%\wrapper\satchel"
set "MVN=%FOLDER%\apache-maven-%MAVEN_VERSION%\bin\mvn.cmd"
if exist "%MVN%" exit /b 0
set "UNPACKED=%FOLDER%\unpacking.%RANDOM%%RANDOM%"
mkdir "%UNPACKED%" || exit /b 1
set "ARCHIVE=%UNPACKED%\maven.tar.gz"
set "NAME=apache-maven-%MAVEN_VERSION%-bin.tar.gz"
where mvn.cmd >nul 2>nul && call mvn -q -B dependency:copy "-DoutputDirectory=%UNPACKED%" "-Dartifact=org.apache.maven:apache-maven:%MAVEN_VERSION%:tar.gz:bin" >nul 2>nul && move /y "%UNPACKED%\%NAME%" "%ARCHIVE%" >nul
call :archive_is_sound || curl -fsSL -o "%ARCHIVE%" "%MAVEN_ARCHIVE%/%MAVEN_VERSION%/binaries/%NAME%"
call :archive_is_sound || (
  rmdir /s /q "%UNPACKED%"
  echo mvnw: Maven 3.9 or later is needed, and %MAVEN_VERSION% could not be downloaded correctly: install it, or let this machine reach a Maven repository or %MAVEN_ARCHIVE%. 1>&2
  exit /b 1
)
"%SystemRoot%\System32\tar.exe" -xzf "%ARCHIVE%" -C "%UNPACKED%" && move "%UNPACKED%\apache-maven-%MAVEN_VERSION%" "%FOLDER%\" >nul
rmdir /s /q "%UNPACKED%"
if exist "%MVN%" exit /b 0
echo mvnw: Maven could not be put into %FOLDER%. 1>&2
exit /b 1

:archive_is_sound
if not exist "%ARCHIVE%" exit /b 1
certutil -hashfile "%ARCHIVE%" SHA512 | findstr /i /x "%MAVEN_SHA512%" >nul
exit /b %ERRORLEVEL%
