"""Word frequencies of a made-up text, most frequent first."""


def make_words():
    heads = ["ka", "mi", "to", "ra", "ne", "su", "lo", "vi", "pa", "du"]
    tails = ["n", "s", "rel", "mon", "tik", "ba", "xo", "th", "ling", "q"]
    return [a + b + c + tail for tail in tails for c in heads for b in heads for a in heads]


def make_text(words, length):
    parts, seed = [], 1
    for _ in range(length):
        seed = seed * 16807 % 2147483647
        reach = seed % len(words) + 1
        seed = seed * 16807 % 2147483647
        parts.append(words[seed % reach])
    return " ".join(parts)


def count_words(text):
    counts = {}
    for word in text.split(" "):
        counts[word] = counts.get(word, 0) + 1
    return counts


def run():
    text = make_text(make_words(), 900000)
    entries = sorted(count_words(text).items(), key=lambda entry: (-entry[1], entry[0]))
    weighted = 0
    for place, (_, count) in enumerate(entries, 1):
        weighted += place * count
    print(len(text), len(entries), weighted)
    for word, count in entries[:10]:
        print(word, count)


run()
