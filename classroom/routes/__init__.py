"""What browsers ask of a class over HTTP: who asks, pages, calls, and what open pages listen to. Decides no rules."""
