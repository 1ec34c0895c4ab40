#!/bin/sh
# Uses a line as its vendor would: a connection every few seconds, over which nothing is said.
# Arguments: address, port.
while :; do
  socat -u -T 1 /dev/null "TCP:$1:$2,connect-timeout=2" 2>/dev/null
  sleep 5
done
