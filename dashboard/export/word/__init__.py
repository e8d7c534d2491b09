"""Official Word documents (GB/T 9704): what they say, and how a page is laid out."""
