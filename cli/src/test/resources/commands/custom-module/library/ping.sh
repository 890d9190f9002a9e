#!/bin/sh
# BELAY_SUPPORTS_CHECK_MODE
echo '{"changed": true, "ping": "mine"}'
