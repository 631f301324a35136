"""The tray app: builds every window once and wires it to the services."""
