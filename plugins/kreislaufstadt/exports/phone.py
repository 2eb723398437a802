"""Telephone numbers as machines dial them."""

from __future__ import annotations

import re


def phone_number(phone: str) -> str:
    """The number in international form; German numbers without a country code get +49."""
    international = phone.startswith("+")
    digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", phone) if international else phone)
    if international:
        return f"+{digits}"
    return f"+49{digits[1:]}" if digits.startswith("0") else digits
