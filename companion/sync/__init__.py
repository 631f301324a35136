"""The same packs in other places: stores and the engine that exchanges packs with them."""
