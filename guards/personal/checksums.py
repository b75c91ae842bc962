"""Check digits of numbers that states and banks hand out. The one place where python-stdnum is used.

Its modules are small and need no data of their own but IBAN's; all that are used here load in about 90 ms.
"""

from importlib import import_module
from typing import Any

from stdnum import iban, luhn

# First digits of payment cards and how many digits theirs have (ISO/IEC 7812 and the networks' own lists).
_ISSUERS: tuple[tuple[range, tuple[int, ...]], ...] = (
    (range(400_000, 500_000), (13, 16, 19)),  # Visa
    (range(510_000, 560_000), (16,)),  # Mastercard
    (range(222_100, 272_100), (16,)),
    (range(340_000, 350_000), (15,)),  # American Express
    (range(370_000, 380_000), (15,)),
    (range(300_000, 306_000), (14, 16)),  # Diners
    (range(360_000, 370_000), (14, 16)),
    (range(380_000, 400_000), (14, 16)),
    (range(601_100, 601_200), (16, 19)),  # Discover
    (range(640_000, 660_000), (16, 19)),
    (range(620_000, 630_000), (16, 17, 18, 19)),  # UnionPay
    (range(352_800, 359_000), (16, 17, 18, 19)),  # JCB
    (range(180_000, 180_100), (15,)),
    (range(213_100, 213_200), (15,)),
    (range(500_000, 510_000), (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (range(560_000, 600_000), (12, 13, 14, 15, 16, 17, 18, 19)),
    (range(630_000, 640_000), (12, 13, 14, 15, 16, 17, 18, 19)),
    (range(670_000, 680_000), (12, 13, 14, 15, 16, 17, 18, 19)),
)


def is_card(number: str) -> bool:
    """Whether these digits may be a payment card's: issuer, length and Luhn's check digit."""
    return is_issued(number) and bool(luhn.is_valid(number))


def is_issued(number: str) -> bool:
    """Whether a card may begin like these digits and have as many."""
    if len(number) < 12:
        return False
    begins = int(number[:6])
    return any(begins in issuer and len(number) in lengths for issuer, lengths in _ISSUERS)


def is_iban(number: str) -> bool:
    """Whether this is an IBAN: the form of its country and the remainder of 97."""
    return bool(iban.is_valid(number, check_country=False))


def is_valid(scheme: str, number: str) -> bool:
    """Whether a number is one of this scheme, such as `fr.nir`. Raises ImportError for a scheme nobody knows."""
    module: Any = import_module(f"stdnum.{scheme}")
    try:
        return bool(module.is_valid(number))
    except (LookupError, ValueError, TypeError):  # some of its modules stumble over numbers they did not think of
        return False
