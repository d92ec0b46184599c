@node "%~dp0solc-wrapper" %*
