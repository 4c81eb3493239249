"""QR codes and labels: drawn from a verified passport, read back before they are accepted."""

from label_service.labels.label import Label, draw_label

__all__ = ["Label", "draw_label"]
