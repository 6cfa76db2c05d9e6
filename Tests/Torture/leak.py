"""A process that leaks on purpose, for the soak to notice: 64 KiB and half a descriptor a second."""

import time

kept, files = [], []
while True:
    kept.append(bytearray(b"\xee" * 6554))
    if len(kept) % 20 == 0:
        files.append(open("/dev/null", "rb"))
    time.sleep(0.1)
