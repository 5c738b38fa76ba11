"""The letters that pictures and PDFs are drawn with: DejaVu Sans, which has Latvian and Ukrainian; see LICENSE."""

from pathlib import Path
from typing import Final

REGULAR: Final = Path(__file__).parent / "DejaVuSans.ttf"
BOLD: Final = Path(__file__).parent / "DejaVuSans-Bold.ttf"
