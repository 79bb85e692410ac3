import json
import sys

from benchmarks.inside.pages import page_results
from benchmarks.inside.papers import paper_results


def main() -> None:
    pages, papers = page_results(), paper_results()
    json.dump({group: pages[group] | papers.get(group, {}) for group in pages}, sys.stdout)


if __name__ == "__main__":
    main()
