// The number below a limit whose Collatz chain is longest.
function longest(limit) {
  let best = 0, start = 0, total = 0;
  for (let i = 1; i <= limit; i++) {
    let n = i, steps = 0;
    while (n !== 1) {
      n = n % 2 === 0 ? n / 2 : 3 * n + 1;
      steps++;
    }
    total += steps;
    if (steps > best) { best = steps; start = i; }
  }
  return [start, best, total];
}

console.log(longest(90000).join(" "));
