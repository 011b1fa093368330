# Clusters the records of one file with bib-dedupe, on one core: {"id", "title", "authors", "year", "venue"} a line.
# Writes one line of JSON: version, seconds of CPU from records in memory to clusters, and the clusters of two or more.
import contextlib
import importlib.metadata
import io
import json
import sys
import time

import pandas
from bib_dedupe.bib_dedupe import block, cluster, match, prep

records = []
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    records.append(
        {
            "ID": record["id"],
            "ENTRYTYPE": "article",
            "title": record["title"],
            "author": " and ".join(record["authors"]),
            "year": str(record["year"] or ""),
            "journal": record["venue"],
            "volume": "",
            "number": "",
            "pages": "",
            "doi": "",
            "abstract": "",
            "search_set": "",
        }
    )
frame = pandas.DataFrame(records)
started = time.process_time()
# It tells what it does on standard output.
with contextlib.redirect_stdout(io.StringIO()):
    found = cluster(match(block(prep(frame, cpu=1), cpu=1), cpu=1))
seconds = time.process_time() - started
version = importlib.metadata.version("bib-dedupe")
json.dump({"version": version, "seconds": seconds, "clusters": [sorted(one) for one in found]}, sys.stdout)
