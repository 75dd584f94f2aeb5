"""When something happened, as news words it: expressions of time to intervals."""
