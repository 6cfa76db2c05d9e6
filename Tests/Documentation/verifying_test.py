"""The snippets of docs/verifying.md accept what is genuine, and nothing else."""

import base64
import tempfile
import unittest

import pages
import stage
from languages import LANGUAGES

SECRET = stage.harness.SECRET
ANOTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
# The vector that Standard Webhooks publishes.
ID, SENT = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
FORGED = "v1," + base64.b64encode(bytes(32)).decode()
UTF8 = '{"name":"\u5168\u5458\u7fa4 \U0001f514"}'.encode()


def signed(body):
    """What the program signs."""
    code, out, err = stage.harness.run(
        "sign", "--secret", SECRET, "--id", ID, "--timestamp", str(SENT), stdin=body.decode()
    )
    assert code == 0, err
    return dict(line.split(": ", 1) for line in out.splitlines())["webhook-signature"]


def cases():
    """What it is about, the case, and whether it is genuine."""

    def case(about, genuine, secret=SECRET, id=ID, timestamp=str(SENT), signatures=SIGNATURE, body=BODY, now=SENT):
        return about, (secret, id, timestamp, signatures, base64.b64encode(body).decode(), str(now)), genuine

    return [
        case("the published vector", True),
        case("another body, which the program signed", True, body=UTF8, signatures=signed(UTF8)),
        case("the second of two signatures", True, signatures=f"{FORGED} {SIGNATURE}"),
        case("the first of two, behind it one of another version", True, signatures=f"{SIGNATURE} v1a,{FORGED[3:]}"),
        case("five minutes late", True, now=SENT + 300),
        case("five minutes early", True, now=SENT - 300),
        case("a changed body", False, body=BODY.replace(b"4}", b"5}")),
        case("a body with a line break added", False, body=BODY + b"\n"),
        case("another id", False, id=ID[:-1] + "l"),
        case("another timestamp", False, timestamp=str(SENT + 1)),
        case("another secret", False, secret=ANOTHER),
        case("a forged signature", False, signatures=FORGED),
        case("a signature cut short", False, signatures=SIGNATURE[:20]),
        case("no signature", False, signatures=""),
        case("a version without a signature", False, signatures="v1,"),
        case("the right digest under another version", False, signatures="v1a" + SIGNATURE[2:]),
        case("too late", False, now=SENT + 301),
        case("too early", False, now=SENT - 301),
        case("a timestamp that is none", False, timestamp="soon"),
        case("no timestamp", False, timestamp=""),
        case("a timestamp with a tail", False, timestamp=f"{SENT} "),
    ]


class SnippetTest(unittest.TestCase):
    LEAST = 6

    def test_every_snippet_tells_the_genuine_from_the_forged(self):
        snippets = {}
        for block in pages.page("docs/verifying.md").blocks:
            if block.kind in LANGUAGES:
                snippets.setdefault(block.kind, block.text)
        self.assertEqual(set(snippets), set(LANGUAGES))
        given = cases()
        run = []
        for name, snippet in snippets.items():
            language = LANGUAGES[name]
            if not language.is_here:
                print(f"{name} is not tried: {language.program} is not installed")
                continue
            with self.subTest(name), tempfile.TemporaryDirectory(prefix="belfry-snippet-") as directory:
                answers = language.answers(snippet, [case for _, case, _ in given], directory)
                self.assertEqual(len(answers), len(given))
                for (about, _, genuine), answer in zip(given, answers):
                    self.assertEqual(answer, genuine, about)
                run.append(name)
        self.assertGreaterEqual(len(run), self.LEAST, f"only {run} could be run")

    def test_the_library_of_the_page_accepts_the_same(self):
        library = next(
            block.text for block in pages.page("docs/verifying.md").blocks if "standardwebhooks" in block.text
        )
        names = {}
        exec(library, names)
        code, out, _ = stage.harness.run("sign", "--secret", SECRET, "--id", ID, stdin=BODY.decode())
        self.assertEqual(code, 0)
        headers = dict(line.split(": ", 1) for line in out.splitlines())
        self.assertEqual(names["event"](SECRET, headers, BODY), {"test": 2432232314})
        with self.assertRaises(Exception):
            names["event"](ANOTHER, headers, BODY)


if __name__ == "__main__":
    unittest.main()
