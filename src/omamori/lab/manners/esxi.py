"""The greeting of VMware's authentication daemon on port 902, after which it waits for TLS. Nothing more is said."""

from __future__ import annotations

GREETING = (
    b"220 VMware Authentication Daemon Version 1.10: SSL Required, ServerDaemonProtocol:SOAP, "
    b"MKSDisplayProtocol:VNC , , NFCSSL supported/t\r\n"
)
