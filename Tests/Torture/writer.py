"""Commits rows one by one and prints each number once it is committed: writer.py DATABASE NORMAL|FULL."""

import sqlite3
import sys

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute(f"PRAGMA synchronous = {sys.argv[2]}")
connection.execute("CREATE TABLE commits (number INTEGER PRIMARY KEY)")
for number in range(1, 1_000_000):
    connection.execute("INSERT INTO commits VALUES (?)", (number,))
    print(number, flush=True)
