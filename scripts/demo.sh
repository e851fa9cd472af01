#!/bin/sh
# demo.sh [--exit]: from a bare machine to a running guest. Installs what is missing, then scripts/demo.ts does the rest.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
sh "$root/scripts/setup.sh" runtime guest
exec sh "$root/scripts/node.sh" "$root/scripts/demo.ts" "$@"
