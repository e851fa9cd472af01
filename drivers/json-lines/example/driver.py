"""A complete driver for Polyvisor in Python: its guests are folders of files and run no code.

Guests lie in `guests/<instance id>`: `guest.json`, by rename and therefore whole or not there, `<disk>.disk`, `console.log`.
The numbers in comments are those of the rules in docs/adding-a-driver.md.
"""

import base64
import hashlib
import json
import os
import re
import shutil
import sys
import threading
import time
import uuid

from polyvisor_rpc import DriverError, Peer

HANDLE = {"version": 1, "data": None}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DISK_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
CHUNK = 256 * 1024
WATCH_SECONDS = 0.2
POWERS = ["on", "off", "reset", "soft-off", "soft-reset"]


class FilesDriver:
    def open(self, params, _control):
        self._config = params["config"]
        self._host_name = params["hostName"]
        self._state_dir = params["stateDir"]
        self._guests = os.path.join(self._state_dir, "guests")
        os.makedirs(self._guests, exist_ok=True)
        self._node_id = self._read_or_make_node_id()
        threading.Thread(target=self._watch, daemon=True).start()
        peer.notify("health", {"status": "healthy", "message": "its guests are files", "hypervisorVersion": "1.0.0"})
        disk = {"format": "raw", "via": ["local-path"], "thin": True, "backing": False, "alignBytes": 512}
        return {
            "capabilities": {
                "architectures": ["x86_64"],
                "hypervisorTypes": ["files"],
                "vmModes": ["hvm"],
                "disk": [disk],
                "power": POWERS,
                "limits": {"parallelOperations": self._config.get("parallelOperations", 8)},
            },
            "abilities": ["console", "events"],
        }

    def close(self, _params, _control):
        return None

    def nodes(self, _params, _control):
        return [
            {
                "id": self._node_id,
                "name": f"{self._host_name}-files",
                "vcpus": os.cpu_count() or 1,
                "memoryMb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**2,
                "diskGb": shutil.disk_usage(self._state_dir).total // 1024**3,
                "traits": [],
            }
        ]

    def list(self, _params, _control):
        found = [self._find(instance_id) for instance_id in os.listdir(self._guests)]
        return [self._state_of(guest) for guest in found if guest is not None and is_ours(guest)]

    def get(self, params, _control):
        guest = self._find(params["ref"]["instanceId"])
        return self._state_of(guest) if guest is not None and is_ours(guest) else None

    def ensure_present(self, params, control):
        spec = params["spec"]
        self._check(spec)
        digest = hash_of(spec)
        known = self._find(spec["instanceId"])
        if known is not None and (not is_ours(known) or known["specHash"] != digest):
            raise DriverError("CONFLICT", "A virtual machine with this id but another shape exists.", "none")
        if known is None or known["power"] == "building":
            self._build(spec, digest, control)
        return HANDLE

    def ensure_absent(self, params, control):
        instance_id = params["ref"]["instanceId"]
        control.raise_if_cancelled()
        control.progress("remove")
        control.checkpoint({"step": "remove"})
        control.raise_if_cancelled()
        guest = self._find(instance_id)
        if guest is None or is_ours(guest):
            self._remove(instance_id, params["keepDisks"])

    def set_power(self, params, control):
        guest = self._must_exist(params["ref"])
        if guest["power"] == "building":
            raise DriverError("WRONG_STATE", "The virtual machine is not whole yet.", "none")
        want = params["want"]
        power = "off" if want in ("off", "soft-off") else "on"
        control.progress("start" if power == "on" else "stop")
        control.raise_if_cancelled()
        if power == "on" and (guest["power"] == "off" or want != "on"):
            with open(self._path(guest["instanceId"], "console.log"), "a", encoding="utf-8") as console:
                console.write(f"FILES-GUEST-UP {guest['instanceId']}\n")
        self._write({**guest, "power": power})

    def recover(self, params, _control):
        self._must_exist(params["ref"])
        return HANDLE

    def read_console(self, params, _control):
        guest = self._must_exist(params["ref"])
        try:
            with open(self._path(guest["instanceId"], "console.log"), "rb") as console:
                text = console.read()[-params["maxBytes"] :]
        except FileNotFoundError:
            text = b""
        return {"base64": base64.b64encode(text).decode()}

    def _watch(self):
        """Tells of guests whose power changed, whoever changed it; a real hypervisor says so itself."""
        known = None
        while True:
            try:
                known = self._tell_changes(known)
            except Exception as error:  # noqa: BLE001: whatever it is, the next look may succeed
                print(f"cannot look for changes: {error!r}", file=sys.stderr, flush=True)
            time.sleep(WATCH_SECONDS)

    def _tell_changes(self, known):
        now = {state["instanceId"]: state["power"] for state in self.list({}, None)}
        for instance_id, power in now.items():
            if known is not None and known.get(instance_id) != power:
                kind = {"on": "started", "off": "stopped"}.get(power, "other")
                peer.notify("event", {"instanceId": instance_id, "kind": kind})
        return now

    def _check(self, spec):
        """Refuses a bad spec before anything is made of it, so that it has no effect at all (6)."""
        if not UUID.fullmatch(spec["instanceId"]):
            raise invalid("The instance id is no UUID.")
        if spec["nodeId"] != self._node_id:
            raise invalid("The virtual machine belongs to another host.")
        if not is_count(spec["vcpus"]) or not is_count(spec["memoryBytes"]):
            raise invalid("A virtual machine has vCPUs and memory.")
        ids = [disk["id"] for disk in spec["disks"]]
        if len(set(ids)) != len(ids):
            raise invalid("Two disks have the same id.")
        for disk in spec["disks"]:
            check_disk(disk)
        architecture = spec["imageProperties"].get("hw_architecture", "x86_64")
        if architecture != "x86_64":
            raise unsupported(f"Guests of the architecture {architecture} do not run here.")

    def _build(self, spec, digest, control):
        """The mark comes before anything expensive (2), a checkpoint before that (3); a failure leaves nothing (4)."""
        instance_id = spec["instanceId"]
        control.raise_if_cancelled()
        control.progress("define")
        control.checkpoint({"step": "define"})
        control.raise_if_cancelled()
        guest = {"instanceId": instance_id, "name": spec["name"], "specHash": digest, "owner": "polyvisor"}
        try:
            self._write({**guest, "power": "building"})
            self._write_disks(spec, control)
            self._write({**guest, "power": "off"})
        except BaseException:
            self._remove(instance_id, [])
            raise

    def _write_disks(self, spec, control):
        images = [disk["source"].get("image") for disk in spec["disks"]]
        total = sum(image["sizeBytes"] for image in images if image is not None)
        done = 0
        for disk, image in zip(spec["disks"], images):
            with open(self._path(spec["instanceId"], f"{disk['id']}.disk"), "wb") as file:
                for chunk in [] if image is None else checked_bytes(control.image(image), image):
                    control.raise_if_cancelled()
                    file.write(chunk)
                    done = min(done + len(chunk), total)
                    control.progress("fetch-image", doneBytes=done, totalBytes=total)
                file.truncate(disk["sizeBytes"])
        control.raise_if_cancelled()

    def _find(self, instance_id):
        """Somebody else's too."""
        try:
            with open(self._path(instance_id, "guest.json"), encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return None

    def _write(self, guest):
        """Done only when the hypervisor says so when asked (5)."""
        path = self._path(guest["instanceId"], "guest.json")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(f"{path}.part", "w", encoding="utf-8") as file:
            json.dump(guest, file)
        os.rename(f"{path}.part", path)
        written = self._find(guest["instanceId"])
        if written is None or written["power"] != guest["power"]:
            raise DriverError("HYPERVISOR", "The hypervisor answered success and changed nothing.")

    def _remove(self, instance_id, keep_disks):
        """As long as there is anything left but disks to keep, `guest.json` is there."""
        folder = self._path(instance_id, "")
        kept = {f"{disk_id}.disk" for disk_id in keep_disks}
        names = os.listdir(folder) if os.path.isdir(folder) else []
        for name in sorted(names, key=lambda each: each == "guest.json"):
            if name not in kept:
                os.unlink(os.path.join(folder, name))
        if not kept.intersection(names):
            shutil.rmtree(folder, ignore_errors=True)

    def _must_exist(self, ref):
        guest = self._find(ref["instanceId"])
        if guest is None or not is_ours(guest):
            raise DriverError("NOT_FOUND", "The host has no such virtual machine.", "none")
        return guest

    def _state_of(self, guest):
        return {
            "instanceId": guest["instanceId"],
            "nodeId": self._node_id,
            "name": guest["name"],
            "power": guest["power"],
            "handle": HANDLE,
        }

    def _path(self, instance_id, name):
        return os.path.join(self._guests, instance_id, name)

    def _read_or_make_node_id(self):
        """A host's id is the same for ever (9)."""
        path = os.path.join(self._state_dir, "node-id")
        if not os.path.exists(path):
            with open(f"{path}.part", "w", encoding="utf-8") as file:
                file.write(str(uuid.uuid4()))
            os.rename(f"{path}.part", path)
        with open(path, encoding="utf-8") as file:
            return file.read()


def check_disk(disk):
    source = disk["source"]
    if not DISK_ID.fullmatch(disk["id"]):
        raise invalid("A disk id has letters, digits and dashes only.")
    if not is_count(disk["sizeBytes"]):
        raise invalid(f"The disk {disk['id']} has no size.")
    if source["kind"] not in ("blank", "image"):
        raise unsupported(f"Disks of the kind {source['kind']} are not supported yet.")
    if source["kind"] == "image":
        if source["image"]["format"] != "raw":
            raise unsupported(f"Images in the format {source['image']['format']} must be converted first.")
        if disk["sizeBytes"] < source["image"]["virtualSizeBytes"]:
            raise invalid(f"The disk {disk['id']} is smaller than its image.")


def checked_bytes(path, image):
    """The image's bytes; at their end it is known whether they are what the spec says."""
    digest = hashlib.sha256()
    size = 0
    try:
        with open(path, "rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                yield chunk
    except OSError as error:
        raise DriverError("IMAGE_BAD", "The image cannot be read.", "none", repr(error)) from error
    if size != image["sizeBytes"] or digest.hexdigest() != image["sha256"]:
        raise DriverError("IMAGE_BAD", "The image is not what its sha256 says.", "none")


def hash_of(spec):
    """Equal for equal specs (1): the name is a label, and does not count."""
    rest = {key: value for key, value in spec.items() if key != "name"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def is_ours(guest):
    return guest.get("owner") == "polyvisor"


def is_count(value):
    return isinstance(value, int) and value > 0


def invalid(text):
    return DriverError("INVALID_SPEC", text, "none")


def unsupported(text):
    return DriverError("UNSUPPORTED", text, "none")


driver = FilesDriver()
peer = Peer(
    {
        "open": driver.open,
        "close": driver.close,
        "nodes": driver.nodes,
        "list": driver.list,
        "get": driver.get,
        "ensurePresent": driver.ensure_present,
        "ensureAbsent": driver.ensure_absent,
        "setPower": driver.set_power,
        "recover": driver.recover,
        "console.readLog": driver.read_console,
    }
)
if __name__ == "__main__":
    peer.serve()
