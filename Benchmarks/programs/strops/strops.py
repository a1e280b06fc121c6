"""Log lines through the string library: split, replace, case conversion, find, trim, join."""


def make_text(lines):
    names = ["Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace"]
    levels = ["debug", "info", "warn", "error"]
    rows, seed = [], 42
    for _ in range(lines):
        seed = seed * 16807 % 2147483647
        name = names[seed % len(names)]
        level = levels[seed % len(levels)]
        rows.append(
            f"  user={name}; level={level}; size={seed % 100000}"
            f"; path=/home/{name}/notes.txt; message=The quick brown fox  "
        )
    return "\n".join(rows)


class Totals:
    def __init__(self):
        self.fields = self.size = self.position = self.length = 0


def fold(text, totals):
    rows = text.split("\n")
    for i, untrimmed in enumerate(rows):
        row = untrimmed.strip()
        parts = row.split("; ")
        totals.fields += len(parts)
        totals.size += int(parts[2][5:])
        totals.position += row.find("path=")
        loud = parts[4].upper()
        if "QUICK" in loud:
            totals.length += len(loud.replace("QUICK", "very quick"))
        parts[0] = parts[0].lower()
        rows[i] = ",".join(parts)
    return "\n".join(rows)


def occurrences(text, word):
    count, at = 0, text.find(word)
    while at >= 0:
        count += 1
        at = text.find(word, at + len(word))
    return count


def run(lines, rounds):
    text = make_text(lines)
    totals = Totals()
    marked, warnings = "", 0
    for _ in range(rounds):
        marked = fold(text, totals).replace("level=warn", "level=attention")
        warnings += occurrences(marked.upper(), "ATTENTION")
    print(totals.fields, totals.size, totals.position, totals.length, warnings)
    print(len(marked), marked[:60])


run(2000, 30)
