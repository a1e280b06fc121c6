// Edit distances between all pairs of made-up words, two rows at a time.
function makeWords(count) {
  const words = [];
  let seed = 99;
  for (let i = 0; i < count; i++) {
    seed = seed * 16807 % 2147483647;
    const length = 12 + seed % 20;
    let word = "";
    for (let j = 0; j < length; j++) {
      seed = seed * 16807 % 2147483647;
      word += String.fromCharCode(97 + seed % 6);
    }
    words.push(word);
  }
  return words;
}

function distance(a, b) {
  let previous = [], current = [];
  for (let j = 0; j <= b.length; j++) { previous.push(j); current.push(0); }
  for (let i = 1; i <= a.length; i++) {
    const letter = a[i - 1];
    current[0] = i;
    for (let j = 1; j <= b.length; j++) {
      let best = previous[j - 1];
      if (letter !== b[j - 1]) {
        if (previous[j] < best) best = previous[j];
        if (current[j - 1] < best) best = current[j - 1];
        best++;
      }
      current[j] = best;
    }
    [previous, current] = [current, previous];
  }
  return previous[b.length];
}

function run(count) {
  const words = makeWords(count);
  let total = 0, nearest = 1000, first = 0, second = 0;
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const d = distance(words[i], words[j]);
      total += d;
      if (d < nearest) { nearest = d; first = i; second = j; }
    }
  }
  console.log(`${total} ${nearest} ${words[first]} ${words[second]}`);
}

run(170);
