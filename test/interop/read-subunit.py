#!/usr/bin/python3
"""read-subunit.py FILE: what stestr recorded, one JSON object a line: id, status, and the text of a failure or skip."""
import json
import sys

import subunit
import testtools


def told(test):
    """What the test said last: the reason of a skip, else the end of the traceback."""
    details = test["details"]
    texts = [details[name].as_text() for name in ("reason", "traceback") if name in details]
    texts += [value.as_text() for name, value in details.items() if name.startswith("traceback-")]
    return "\n".join(texts)


def write(test):
    print(json.dumps({"id": test["id"], "status": test["status"], "text": told(test)}))


results = testtools.StreamToDict(write)
results.startTestRun()
with open(sys.argv[1], "rb") as stream:
    subunit.ByteStreamToStreamResult(stream, non_subunit_name="stdout").run(results)
results.stopTestRun()
