"""The `openstack` command many times over, loaded once.

Most of a command's second goes into importing the client. This process imports what /usr/bin/openstack would, and forks
for each command: a child of its own, with its own arguments and environment, runs the client's own entry point.

Input, a JSON object a line: {"id", "args", "env", "stdout", "stderr"}; the last two are files to write to.
Output, likewise: {"id", "pid"} when it runs, and {"id", "status"} when it has ended; below 0: by that signal.
Ends with its input.
"""

import importlib.metadata
import json
import os
import select
import signal
import sys
import traceback

from openstackclient import shell


def import_plugins():
    """What the client would import when it gets to it. Groups that do not load here would not be used either."""
    points = importlib.metadata.entry_points()
    for group in points.groups:
        if group.startswith("openstack.") or group == "keystoneauth1.plugin":
            for point in points.select(group=group):
                try:
                    point.load()
                except Exception:  # noqa: BLE001 - a plugin of something that is not installed
                    pass


def run_command(command):
    """In the child: never returns."""
    status = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, file in ((1, command["stdout"]), (2, command["stderr"])):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(command["env"])
        sys.argv = ["openstack", *command["args"]]
        status = shell.main(command["args"]) or 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1 if ended.code else 0
    except BaseException:  # noqa: BLE001 - as the interpreter would end
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def say(message):
    sys.__stdout__.write(json.dumps(message) + "\n")
    sys.__stdout__.flush()


def main():
    import_plugins()
    wake, woken = os.pipe()
    os.set_blocking(woken, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken)
    running = {}
    rest = b""
    while True:
        ready, _, _ = select.select([0, wake], [], [])
        if wake in ready:
            os.read(wake, 4096)
            while running:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    break
                say({"id": running.pop(pid), "status": os.waitstatus_to_exitcode(status)})
        if 0 in ready:
            data = os.read(0, 65536)
            if data == b"":
                return
            *lines, rest = (rest + data).split(b"\n")
            for command in map(json.loads, lines):
                pid = os.fork()
                if pid == 0:
                    run_command(command)
                running[pid] = command["id"]
                say({"id": command["id"], "pid": pid})


main()
