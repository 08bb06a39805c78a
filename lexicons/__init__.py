"""Word lists and confusions as sorted text files; `sources.toml` says where each comes from."""
