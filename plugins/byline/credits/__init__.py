"""Photo credits: one record, drawn wherever the picture goes."""
