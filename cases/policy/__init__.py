"""Who sees what of a dispute, and who may do what."""

from importlib import import_module

for part in (
    "courts",
    "disputes",
    "registers",
    "hearings",
    "inquiries",
    "imports",
    "intake",
    "mediation",
    "plans",
    "outcomes",
    "coordination",
    "defence",
    "transfers",
    "contacts",
    "risk",
):
    import_module(f"cases.policy.{part}")
