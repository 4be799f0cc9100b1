"""What a reader meets, in a real Chromium."""
