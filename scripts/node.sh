#!/bin/sh
# Runs the node that package-lock.json pins, whatever node the system has; its compile cache lives beside node_modules.
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
node=$root/node_modules/.bin/node
if [ ! -x "$node" ]; then
  echo "the pinned Node.js is missing; run: npm ci" >&2
  exit 1
fi
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-$root/node_modules/.cache/node-compile}"
PATH=$root/node_modules/.bin:$PATH
export PATH
exec "$node" --disable-warning=ExperimentalWarning "$@"
