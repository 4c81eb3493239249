"""The code as text: scanned off the screen, it shows that the address works before anything is printed."""

from io import StringIO

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from label_service.labels.qr import QUIET_MODULES


def in_terminal(url: str) -> str:
    """Lines of half blocks, two rows of modules each, light on a dark ground as terminals are.

    Made by the `qrcode` package, and so by another hand than the label's own code.

    Args:
        url: what the code says.
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_MODULES)
    code.add_data(url, optimize=20)
    lines = StringIO()
    code.print_ascii(out=lines, invert=True)
    return lines.getvalue()
