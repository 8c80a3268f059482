"""Who takes part in a run: invented people, several of some roles."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Profile:
    telegram_id: int
    role: str
    name: str
    sapaan: str | None = None
    unit: str | None = None


def _profiles():
    people = (
        ("admin", "Eko", "Bapak", None),
        ("sekretaris", "Hartono", "Bapak", None),
        ("kabag_umum", "Dewi", "Ibu", None),
        ("kabag_umum", "Bambang", "Bapak", None),
        ("analis_sdm", "Rina", "Ibu", None),
        ("analis_sdm", "Putri", "Ibu", None),
        ("analis_sdm", "Agus", "Bapak", None),
        ("unit_terkait", "Joko", "Bapak", "Direktorat Program"),
        ("unit_terkait", "Sari", "Ibu", "Direktorat Teknik"),
        ("biro_sdm", "Andi", None, None),
        ("tata_usaha", "Wulan", "Ibu", None),
    )
    return tuple(
        Profile(telegram_id=7_000_000_001 + number, role=role, name=name, sapaan=sapaan, unit=unit)
        for number, (role, name, sapaan, unit) in enumerate(people)
    )


PROFILES = _profiles()
