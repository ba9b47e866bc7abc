import sys
from pathlib import Path

numbers = [int(argument) for argument in sys.argv[1:]]
Path("squares.csv").write_text("".join(f"{n},{n * n}\n" for n in numbers))
print(f"{len(numbers)} squares written")
