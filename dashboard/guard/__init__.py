"""Who may see what: who is here, the door before every request, what is written down."""
