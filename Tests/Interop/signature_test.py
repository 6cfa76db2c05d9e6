"""What the program signs, a foreign library accepts, and the other way round."""

import base64
import datetime
import hashlib
import hmac
import json
import os
import pathlib
import subprocess
import unittest
import urllib.parse

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

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


def code(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


class SchemeTest(unittest.TestCase):
    """Every other scheme, recomputed from its documentation in a line or two."""

    SECRET = "It's a Secret to Everybody"
    SECONDS = "1700000000"
    BODY = '{"name":"\u5168\u5458\u7fa4"}'.encode()

    def sign(self, scheme, secret=SECRET):
        result = belfry(
            "sign", "--scheme", scheme, "--secret", secret, "--id", "evt_1", "--timestamp", self.SECONDS, body=self.BODY
        )
        self.assertEqual(result.returncode, 0, result.stderr)
        return {name.lower(): value for name, value in headers(result.stdout).items()}

    def test_github(self):
        expected = "sha256=" + code(self.SECRET.encode(), self.BODY).hex()
        self.assertEqual(self.sign("github")["x-hub-signature-256"], expected)

    def test_slack(self):
        given = self.sign("slack")
        self.assertEqual(given["x-slack-request-timestamp"], self.SECONDS)
        expected = "v0=" + code(self.SECRET.encode(), b"v0:" + self.SECONDS.encode() + b":" + self.BODY).hex()
        self.assertEqual(given["x-slack-signature"], expected)

    def test_stripe(self):
        expected = code(self.SECRET.encode(), self.SECONDS.encode() + b"." + self.BODY).hex()
        self.assertEqual(self.sign("stripe")["stripe-signature"], f"t={self.SECONDS},v1={expected}")

    def test_shopify(self):
        expected = base64.b64encode(code(self.SECRET.encode(), self.BODY)).decode()
        self.assertEqual(self.sign("shopify")["x-shopify-hmac-sha256"], expected)

    def test_dingtalk(self):
        secret = "SECtest"
        query = urllib.parse.parse_qs(self.sign("dingtalk", secret)["query"].lstrip("?"))
        milliseconds = query["timestamp"][0]
        self.assertEqual(milliseconds, self.SECONDS + "000")
        expected = base64.b64encode(code(secret.encode(), f"{milliseconds}\n{secret}".encode())).decode()
        self.assertEqual(query["sign"][0], expected)

    def test_feishu(self):
        secret = "test"
        body = json.loads(self.sign("feishu", secret)["body"])
        expected = base64.b64encode(code(f"{self.SECONDS}\n{secret}".encode(), b"")).decode()
        self.assertEqual((body["timestamp"], body["sign"]), (self.SECONDS, expected))

    def test_standard_ed25519(self):
        secret = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=="
        version, signature = self.sign("standard-ed25519", secret)["webhook-signature"].split(",")
        self.assertEqual(version, "v1a")
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(secret.removeprefix("whsk_"))[32:])
        public.verify(base64.b64decode(signature), f"evt_1.{self.SECONDS}.".encode() + self.BODY)


if __name__ == "__main__":
    unittest.main()
