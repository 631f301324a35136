"""Every service of Companion from the shell: one module a noun."""
