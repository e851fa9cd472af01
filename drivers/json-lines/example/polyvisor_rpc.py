"""JSON-RPC 2.0 over standard input and output, one message a line: what a Polyvisor driver in Python needs. No packages."""

import itertools
import json
import os
import queue
import sys
import threading


class DriverError(Exception):
    """The only error for Polyvisor: a code of the contract, and a message for tenants (no path, address or secret)."""

    def __init__(self, code, message, effect="unknown", native=None, retry=None):
        super().__init__(message)
        self.data = {"code": code, "effect": effect}
        if native is not None:
            self.data["native"] = native
        if retry is not None:
            self.data["retry"] = retry


class Control:
    """What a call is lent: progress, checkpoints, images, and whether it is cancelled."""

    def __init__(self, peer, call, told):
        self._peer = peer
        self._call = call
        self.operation_id = told.get("operationId")
        self.resume = told.get("resume")
        self.cancelled = threading.Event()

    def progress(self, phase, **counts):
        self._peer.notify("progress", {"id": self._call, "phase": phase, **counts})

    def checkpoint(self, state):
        self._peer.ask("checkpoint", {"id": self._call, "state": state}, self.cancelled)

    def image(self, image):
        """The path of the image's file; it is good until the call ends."""
        return self._peer.ask("image", {"id": self._call, "image": image}, self.cancelled)["path"]

    def raise_if_cancelled(self):
        if self.cancelled.is_set():
            raise DriverError("CANCELLED", "The work was cancelled.", "none")


class Peer:
    """Reads calls and runs each in a thread of its own: `methods[name](params, control)` is its answer."""

    def __init__(self, methods):
        self._methods = methods
        self._controls = {}
        self._asked = {}
        self._ids = itertools.count(1)
        self._writing = threading.Lock()

    def serve(self):
        """Until the input ends, which means that Polyvisor has: then nothing more is done, and guests go on."""
        for line in sys.stdin.buffer:  # JSON is UTF-8 whatever the locale says
            message = json.loads(line)
            if "method" not in message:
                self._asked.pop(message["id"]).put(message)
            elif message["method"] == "cancel":
                control = self._controls.get(message["params"]["id"])
                if control is not None:
                    control.cancelled.set()
            else:
                # Before the thread starts: a cancellation may be the next line.
                params = message["params"]
                control = Control(self, message["id"], params.get("control", {}))
                self._controls[message["id"]] = control
                threading.Thread(target=self._run, args=(message, params, control), daemon=True).start()
        os._exit(0)

    def notify(self, method, params):
        self._send({"method": method, "params": params})

    def ask(self, method, params, cancelled):
        """Waits for Polyvisor's answer, or until the call is cancelled."""
        number = next(self._ids)
        answers = self._asked[number] = queue.Queue()
        self._send({"id": number, "method": method, "params": params})
        while True:
            try:
                message = answers.get(timeout=0.05)
                break
            except queue.Empty:
                if cancelled.is_set() and method == "image":
                    raise DriverError("CANCELLED", "The work was cancelled.", "none") from None
        if "error" in message:
            error = message["error"]
            data = error.get("data", {})
            raise DriverError(
                data.get("code", "BUG"), error["message"], data.get("effect", "unknown"), data.get("native"), data.get("retry")
            )
        return message["result"]

    def _run(self, message, params, control):
        try:
            method = self._methods.get(message["method"])
            if method is None:
                raise DriverError("UNSUPPORTED", "The driver cannot do this.", "none")
            # In here: an answer that is no JSON is the driver's failure too, and Polyvisor waits for none.
            line = line_of({"id": message["id"], "result": method(params, control)})
        except DriverError as error:
            line = error_line(message["id"], str(error), error.data)
        except Exception as error:  # noqa: BLE001: whatever it is, Polyvisor is told
            data = {"code": "STORAGE_FULL" if getattr(error, "errno", None) == 28 else "BUG", "native": repr(error)}
            line = error_line(message["id"], "The host failed unexpectedly.", data)
        del self._controls[message["id"]]
        self._write(line)

    def _send(self, message):
        self._write(line_of(message))

    def _write(self, line):
        with self._writing:
            sys.stdout.write(line)
            sys.stdout.flush()


def line_of(message):
    """Fails for what JSON cannot say, such as bytes and NaN."""
    return json.dumps({"jsonrpc": "2.0", **message}, allow_nan=False) + "\n"


def error_line(call, text, data):
    return line_of({"id": call, "error": {"code": -32000, "message": text, "data": data}})
