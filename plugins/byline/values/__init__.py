"""What flows between the rooms: frozen values and pure functions on them. No effects, no Pelican."""
