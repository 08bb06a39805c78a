"""`python -m thaifix`."""

from thaifix.cli import main

if __name__ == "__main__":
    main()
