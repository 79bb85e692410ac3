"""Results as a table."""


def show(results: dict) -> None:
    for group, rows in results.items():
        print(f"\n{group}")
        for name, value in rows.items():
            print(f"  {name:<56} {value}")
