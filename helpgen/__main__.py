"""`python -m helpgen`, and the entry point of the command `helpgen`."""

from helpgen.cli import main

if __name__ == "__main__":
    main()
