"""How the snippet of each language is made a program: it reads cases, a line each, and writes 1 or 0 for each.

A case is six fields with tabs between them: secret, id, timestamp, signatures, the body in base 64, now.
"""

import pathlib
import shutil
import subprocess

PYTHON = """
import sys
for line in open(sys.argv[1], newline="\\n"):
    secret, id, timestamp, signatures, body, now = line.rstrip("\\n").split("\\t")
    print(int(verify(secret, id, timestamp, signatures, base64.b64decode(body), int(now))))
"""
JAVASCRIPT = """
import { readFileSync } from "node:fs";
for (const line of readFileSync(process.argv[2], "utf8").trimEnd().split("\\n")) {
  const [secret, id, timestamp, signatures, body, now] = line.split("\\t");
  console.log(verify(secret, id, timestamp, signatures, Buffer.from(body, "base64"), Number(now)) ? 1 : 0);
}
"""
GO = """
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"example/webhook"
)

func main() {
	file, _ := os.Open(os.Args[1])
	for lines := bufio.NewScanner(file); lines.Scan(); {
		part := strings.Split(lines.Text(), "\\t")
		body, _ := base64.StdEncoding.DecodeString(part[4])
		now, _ := strconv.ParseInt(part[5], 10, 64)
		if webhook.Verify(part[0], part[1], part[2], part[3], body, now) {
			fmt.Println(1)
		} else {
			fmt.Println(0)
		}
	}
}
"""
JAVA = """
class Main {
    public static void main(String[] arguments) throws Exception {
        for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of(arguments[0]))) {
            String[] part = line.split("\\t", -1);
            byte[] body = Base64.getDecoder().decode(part[4]);
            System.out.println(Webhook.verify(part[0], part[1], part[2], part[3], body, Long.parseLong(part[5])) ? 1 : 0);
        }
    }
}
"""
PHP = """
foreach (file($argv[1], FILE_IGNORE_NEW_LINES) as $line) {
    [$secret, $id, $timestamp, $signatures, $body, $now] = explode("\\t", $line);
    echo verify($secret, $id, $timestamp, $signatures, base64_decode($body), (int) $now) ? 1 : 0, "\\n";
}
"""
RUBY = """
File.foreach(ARGV[0], chomp: true) do |line|
  secret, id, timestamp, signatures, body, now = line.split("\\t", -1)
  puts verify(secret, id, timestamp, signatures, body.unpack1("m0"), now.to_i) ? 1 : 0
end
"""
PERL = """
open my $cases, "<", $ARGV[0] or die;
while (my $line = <$cases>) {
    chomp $line;
    my ($secret, $id, $timestamp, $signatures, $body, $now) = split /\\t/, $line, -1;
    print verify($secret, $id, $timestamp, $signatures, decode_base64($body), $now) ? 1 : 0, "\\n";
}
"""


class Language:
    """`files`: what to write, by name, each out of the snippet. `command`: what runs them, the cases behind it."""

    def __init__(self, program, files, command):
        self.program, self.files, self.command = program, files, command

    @property
    def is_here(self):
        return shutil.which(self.program) is not None

    def answers(self, snippet, cases, directory):
        for name, text in self.files(snippet).items():
            path = pathlib.Path(directory, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        list_of_cases = pathlib.Path(directory, "cases.tsv")
        list_of_cases.write_text("".join("\t".join(case) + "\n" for case in cases))
        result = subprocess.run(
            [*self.command, str(list_of_cases)], cwd=directory, capture_output=True, text=True, timeout=120
        )
        if result.returncode:
            raise AssertionError(result.stdout + result.stderr)
        return [line == "1" for line in result.stdout.split()]


LANGUAGES = {
    "python": Language("python3", lambda snippet: {"verify.py": snippet + PYTHON}, ["python3", "verify.py"]),
    "javascript": Language("node", lambda snippet: {"verify.mjs": snippet + JAVASCRIPT}, ["node", "verify.mjs"]),
    "go": Language(
        "go",
        lambda snippet: {"go.mod": "module example\n", "webhook/verify.go": snippet, "main.go": GO},
        ["go", "run", "main.go"],
    ),
    "java": Language("java", lambda snippet: {"Main.java": imports_first(snippet, JAVA)}, ["java", "Main.java"]),
    "php": Language("php", lambda snippet: {"verify.php": "<?php\n" + snippet + PHP}, ["php", "verify.php"]),
    "ruby": Language("ruby", lambda snippet: {"verify.rb": snippet + RUBY}, ["ruby", "verify.rb"]),
    "perl": Language(
        "perl", lambda snippet: {"verify.pl": "use strict; use warnings;\n" + snippet + PERL}, ["perl", "verify.pl"]
    ),
}


def imports_first(snippet, main):
    """A Java file that is run from its source begins with the class that has `main`."""
    lines = snippet.splitlines(keepends=True)
    imports = [line for line in lines if line.startswith("import ")]
    return "".join(imports) + main + "".join(line for line in lines if line not in imports)
