"""Which way the built program's requests go: what the environment says of proxies does not count, what the configuration says does."""

import ctypes
import http.client
import os
import subprocess
import sys
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import harness


class Proxy:
    """Takes requests with a whole URL, remembers them, and passes them on."""

    def __init__(self):
        self.targets = []
        self.connections = 0
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                proxy.connections += 1
                super().setup()

            def forward(self):
                proxy.targets.append(self.path)
                target = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                connection = http.client.HTTPConnection(target.hostname, target.port, timeout=10)
                headers = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
                connection.request(self.command, target.path + (f"?{target.query}" if target.query else ""), body, headers)
                answer = connection.getresponse()
                content = answer.read()
                connection.close()
                self.send_response(answer.status)
                self.send_header("content-type", answer.headers.get("content-type", "text/plain"))
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = forward

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def environment(self):
        """Every variable that libcurl knows, in both spellings that it reads."""
        names = ["http_proxy", "https_proxy", "all_proxy"]
        return {name: self.url for name in names + [name.upper() for name in names]} | {"no_proxy": "", "NO_PROXY": ""}

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def libcurl_gets(url, environment):
    """Fetches with a libcurl that was told nothing, in a process of its own: what the environment does to others."""
    program = (
        "import ctypes, sys\n"
        "curl = ctypes.CDLL('libcurl.so.4')\n"
        "curl.curl_easy_init.restype = ctypes.c_void_p\n"
        "easy = ctypes.c_void_p(curl.curl_easy_init())\n"
        "curl.curl_easy_setopt(easy, 10002, ctypes.c_char_p(sys.argv[1].encode()))\n"
        "sys.exit(curl.curl_easy_perform(easy))\n"
    )
    command = [sys.executable, "-c", program, url]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, timeout=30).returncode


class ProxyVariablesTest(unittest.TestCase):
    def setUp(self):
        self.proxy = Proxy()
        self.addCleanup(self.proxy.stop)
        self.simulator = harness.Simulator(2)
        self.addCleanup(self.simulator.stop)
        self.receiver = harness.Receiver()
        self.addCleanup(self.receiver.stop)
        self.workplace = harness.Workplace()
        self.addCleanup(self.workplace.clean)

    def configuration(self, **network):
        configuration = harness.configuration(
            self.simulator, self.workplace, sorted(self.simulator.chats()), [harness.endpoint("hook", self.receiver)]
        )
        configuration["network"].update(network)
        return self.workplace.write(configuration)

    def deliver(self, config, environment):
        daemon = harness.Process("run", "--config", config, env=environment)
        daemon.wait_for(r"\bwatching\b")

        def polled():
            rows = self.workplace.rows("SELECT COUNT(*) FROM chats WHERE revision > 0")
            return None if rows[0][0] == 2 else f"{rows[0][0]} chats read"

        harness.eventually(polled)
        self.simulator.control("POST", "/mutate", {"count": 6})
        harness.eventually(lambda: None if self.receiver.accepted()[0] else "nothing arrived")
        self.assertEqual(daemon.stop(), 0)

    def test_a_proxy_in_the_environment_sees_no_request(self):
        environment = self.proxy.environment()
        config = self.configuration()
        self.deliver(config, environment)
        code, out, err = harness.run("test", "hook", "--config", config, env=environment)
        self.assertEqual(code, 0, out + err)
        code, out, err = harness.run("check", "--online", "--config", config, env=environment)
        self.assertEqual(code, 0, out + err)
        self.assertEqual((self.proxy.connections, self.proxy.targets), (0, []))

        # The same variables lead the same library there when nobody tells it otherwise.
        self.assertEqual(libcurl_gets(self.simulator.url + "/", environment), 0)
        self.assertEqual(self.proxy.targets, [self.simulator.url + "/"])

    def test_an_exception_in_the_environment_leads_no_request_past_the_configured_proxy(self):
        environment = {"no_proxy": "*", "NO_PROXY": "*"}
        config = self.configuration(proxy=self.proxy.url, insecureHTTP=True)
        self.deliver(config, environment)
        receipts = len(self.receiver.snapshot())
        self.assertEqual(sum(target == self.receiver.url for target in self.proxy.targets), receipts)
        self.assertTrue(any("/chat/get" in target for target in self.proxy.targets))

        before = len(self.proxy.targets)
        through = {"http_proxy": self.proxy.url, **environment}
        self.assertEqual(libcurl_gets(self.simulator.url + "/", through), 0)
        self.assertEqual(len(self.proxy.targets), before)


class OwnListenerTest(unittest.TestCase):
    def test_a_webhook_that_points_at_the_daemon_is_refused_with_its_address_allowed(self):
        simulator = harness.Simulator(1)
        self.addCleanup(simulator.stop)
        workplace = harness.Workplace()
        self.addCleanup(workplace.clean)
        other = harness.Receiver()
        self.addCleanup(other.stop)
        for listen in ["127.0.0.1", "0.0.0.0"]:
            endpoint = harness.endpoint("self", other, url=f"http://127.0.0.1:8799/api/v1/reload")
            configuration = harness.configuration(simulator, workplace, sorted(simulator.chats()), [endpoint])
            configuration["admin"] = {"listen": f"{listen}:8799", "token": "a-token-of-the-administrator"}
            configuration["network"]["allow"] = ["127.0.0.1/32", "0.0.0.0/0"]
            code, out, err = harness.run("test", "self", "--config", workplace.write(configuration))
            self.assertEqual(code, 1, out + err)
            self.assertIn("127.0.0.1:8799 (this program's own listener)", out + err)


if __name__ == "__main__":
    unittest.main()
