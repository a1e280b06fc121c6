"""Edit distances between all pairs of made-up words, two rows at a time."""


def make_words(count):
    words, seed = [], 99
    for _ in range(count):
        seed = seed * 16807 % 2147483647
        letters = []
        for _ in range(12 + seed % 20):
            seed = seed * 16807 % 2147483647
            letters.append(chr(97 + seed % 6))
        words.append("".join(letters))
    return words


def distance(a, b):
    previous = list(range(len(b) + 1))
    current = [0] * (len(b) + 1)
    for i in range(1, len(a) + 1):
        letter = a[i - 1]
        current[0] = i
        for j in range(1, len(b) + 1):
            best = previous[j - 1]
            if letter != b[j - 1]:
                if previous[j] < best:
                    best = previous[j]
                if current[j - 1] < best:
                    best = current[j - 1]
                best += 1
            current[j] = best
        previous, current = current, previous
    return previous[len(b)]


def run(count):
    words = make_words(count)
    total, nearest, first, second = 0, 1000, 0, 0
    for i in range(count):
        for j in range(i + 1, count):
            d = distance(words[i], words[j])
            total += d
            if d < nearest:
                nearest, first, second = d, i, j
    print(total, nearest, words[first], words[second])


run(170)
