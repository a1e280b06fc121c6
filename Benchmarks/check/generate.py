#!/usr/bin/env python3
"""Writes a Janus program of about so many lines, for measuring `janus check`.

    generate.py 10000 > /tmp/big.jan

It is what programs are made of: structs with methods, enums with matches, functions with loops,
closures, maps, strings, error handling, and calls between them. It runs, and is without findings.
"""
import sys

PART = '''\
struct Order{n} {{ id: int, customer: string, lines: list, state: State{n} = .Open }}
enum State{n} {{ Open, Paid(amount: float), Shipped(on: string, parcels: int), Closed }}
error Order{n}Error {{ Empty, TooLarge(limit: int) }}

impl Order{n} {{
    func total(self) -> float ! Order{n}Error do
        fail Order{n}Error.Empty when len(self.lines) == 0
        var sum = 0.0
        for line in self.lines do
            let price = line.price * line.count
            sum += if line.count > 10 do price * 0.9 else price end
        end
        fail Order{n}Error.TooLarge(1_000_000) when sum > 1_000_000
        sum
    end

    func pay(self, amount: float) do
        self.state = State{n}.Paid(amount)
    end

    func describe(self) -> string do
        let state = match self.state {{
            .Open => "open"
            .Paid(amount) when amount > 100.0 => $"paid in full: {{amount:.2f}}"
            .Paid(amount) => $"paid {{amount:.2f}}"
            .Shipped(on, parcels) => $"{{parcels}} parcels on {{on}}"
            .Closed => "closed"
        }}
        $"order {{self.id:04}} of {{self.customer}} is {{state}}"
    end
}}

/// The words of a text with how often they occur, the most frequent first.
func words{n}(text: string, limit = 10) do
    let counts = {{}}
    for word in text.lower().split(" ") do
        let clean = word.trim()
        continue when clean == ""
        counts[clean] = (counts[clean] ?? 0) + 1
    end
    let entries = counts.entries().sort_by(|entry| -entry[1])
    entries.take(limit).map(|[word, count]| $"{{word}}: {{count}}").join(", ")
end

func classify{n}(value) do
    match value {{
        0 => "zero"
        n: int when n < 0 => "negative"
        1..9 => "digit"
        n: int => $"number {{n}}"
        "" => "empty"
        s: string => s.upper()
        [] => "nothing"
        [first, ..] => "a list of " + classify{n}(first)
        {{ kind: "ping", id }} => $"ping {{id}}"
        null => "null"
        _ => "something"
    }}
end

func simulate{n}(steps: int) do
    var x = 1
    var seen = []
    while len(seen) < steps do
        x = (x * 1103515245 + 12345) % 2147483648
        if x % 3 == 0 and x > 100 do
            seen.push(x % 100)
        else if x % 3 == 1 or x == 7 do
            seen.push(-(x % 10))
        else
            x += {n}
        end
    end
    seen.filter(|v| v > 0).reduce(0, |sum, v| sum + v)
end

func find_user{n}(users: list, name: string?) do
    return null when name == null
    let found = users.find(|user| user.name == name)
    if found != null do
        let mail = found.mail ?? "none"
        return $"{{name}} <{{mail}}>"
    end
    "nobody"
end

func run{n}() do
    let lines = [{{ price: 2.5, count: 4 }}, {{ price: 1.0, count: 12 }}]
    let order = Order{n} {{ id: {n}, customer: "Ada", lines: lines }}
    let total = try order.total() catch {{
        Order{n}Error.Empty => 0.0
        Order{n}Error.TooLarge(limit) => float(limit)
    }}
    order.pay(total)
    print(order.describe())
    print(words{n}("the quick fox and the lazy dog and the cat"))
    print([0, -5, 7, 42, "a", [], [1], null].map(classify{n}).join(" "))
    print(simulate{n}(20), " ", find_user{n}([{{ name: "a", mail: null }}], "a"))
    defer print("part {n} is done")
    let results = nursery do
        let tasks = [spawn simulate{n}(3), spawn simulate{n}({n} % 5 + 1)]
        tasks.map(|task| await task)
    end
    print(len(results))
end
'''


def main():
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    parts = []
    count = 0
    while count < wanted - 2:
        part = PART.format(n=len(parts) + 1) + "\n"
        parts.append(part)
        count += part.count("\n") + 1
    sys.stdout.write("".join(parts))
    for n in range(1, len(parts) + 1):
        sys.stdout.write(f"run{n}()\n")


main()
