"""The two-digit provinces of GB/T 2260 which numbers carry; counties in a number are those of its issue, never checked."""

_BY_REGION = {"1": "12345", "2": "123", "3": "1234567", "4": "123456", "5": "01234", "6": "12345"}
MAINLAND = frozenset(region + place for region, places in _BY_REGION.items() for place in places)
TAIWAN = frozenset({"71"})
XPCC = "659900"  # 新疆生产建设兵团 issues cards of its own and has no code of GB/T 2260
CARD_PROVINCES = frozenset({f"{two}0000" for two in MAINLAND} | {XPCC})
