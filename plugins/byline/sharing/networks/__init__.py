"""The networks that copies are sent to, one file each."""
