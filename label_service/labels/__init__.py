"""QR codes and labels: drawn from a verified passport, read back before they are shown."""

from label_service.labels.label import Label, check_drawable, draw_label

__all__ = ["Label", "check_drawable", "draw_label"]
