"""The only doors outside: files, programs, the console's words, Pelican's objects."""
