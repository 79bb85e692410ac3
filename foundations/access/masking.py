"""Personal data as lists show it."""


def mask_name(name: str) -> str:
    """张三 → 张某; a name with a middle dot keeps what stands before it."""
    if not name:
        return ""
    head, dot, _rest = name.partition("·")
    return f"{head}·某" if dot else f"{name[0]}某"


def mask_phone(phone: str) -> str:
    """138****5678."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"
