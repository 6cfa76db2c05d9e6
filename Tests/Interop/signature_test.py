"""What the program signs, a foreign library accepts, and the other way round."""

import datetime
import os
import pathlib
import subprocess
import unittest

from standardwebhooks import Webhook

ROOT = pathlib.Path(__file__).resolve().parents[2]
BELFRY = os.environ.get("BELFRY_BINARY", str(ROOT / ".build" / "debug" / "belfry"))
OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NEW = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
BODIES = [b'{"test": 2432232314}', '{"name":"\u5168\u5458\u7fa4 \U0001f514"}'.encode(), b"", b"\x00\xff\r\n"]


def belfry(*arguments, body):
    return subprocess.run([BELFRY, *arguments], input=body, capture_output=True, timeout=60)


def headers(output):
    return dict(line.split(": ", 1) for line in output.decode().splitlines())


class SignatureTest(unittest.TestCase):
    def test_a_foreign_library_accepts_what_is_signed(self):
        for body in BODIES:
            result = belfry("sign", "--secret", OLD, "--id", "evt_1", body=body)
            self.assertEqual(result.returncode, 0, result.stderr)
            try:
                Webhook(OLD).verify(body, headers(result.stdout))
            except ValueError:
                # The library verifies first and then reads the body as JSON, which not every body here is.
                self.assertNotIn(body, BODIES[:2])

    def test_both_secrets_of_a_rotation_are_accepted(self):
        result = belfry("sign", "--secret", NEW, "--secret", OLD, "--id", "evt_1", body=BODIES[0])
        for secret in (OLD, NEW):
            Webhook(secret).verify(BODIES[0], headers(result.stdout))

    def test_what_a_foreign_library_signs_is_accepted(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        signature = Webhook(OLD).sign("msg_1", now, BODIES[0].decode())
        given = [
            "--header", "webhook-id: msg_1", "--header", f"webhook-timestamp: {int(now.timestamp())}",
            "--header", f"webhook-signature: {signature}",
        ]
        self.assertEqual(belfry("verify", "--secret", OLD, *given, body=BODIES[0]).returncode, 0)
        self.assertEqual(belfry("verify", "--secret", NEW, *given, body=BODIES[0]).returncode, 1)
        self.assertEqual(belfry("verify", "--secret", OLD, *given, body=BODIES[0] + b" ").returncode, 1)

    def test_the_published_vector(self):
        result = belfry(
            "sign", "--secret", OLD, "--id", "msg_p5jXN8AQM9LWM0D4loKWxJek", "--timestamp", "1614265330", body=BODIES[0]
        )
        self.assertEqual(
            headers(result.stdout)["webhook-signature"], "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        )


if __name__ == "__main__":
    unittest.main()
