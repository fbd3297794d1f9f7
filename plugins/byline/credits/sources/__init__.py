"""The services that know whose a picture is, one file each."""
