"""What pupils and teachers see and keep of a session, with its templates and files. Knows no requests."""
