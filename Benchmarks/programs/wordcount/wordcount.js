// Word frequencies of a made-up text, most frequent first.
function makeWords() {
  const heads = ["ka", "mi", "to", "ra", "ne", "su", "lo", "vi", "pa", "du"];
  const tails = ["n", "s", "rel", "mon", "tik", "ba", "xo", "th", "ling", "q"];
  const words = [];
  for (const tail of tails) {
    for (const c of heads) {
      for (const b of heads) {
        for (const a of heads) words.push(a + b + c + tail);
      }
    }
  }
  return words;
}

function makeText(words, length) {
  const parts = [];
  let seed = 1;
  for (let i = 0; i < length; i++) {
    seed = seed * 16807 % 2147483647;
    const reach = seed % words.length + 1;
    seed = seed * 16807 % 2147483647;
    parts.push(words[seed % reach]);
  }
  return parts.join(" ");
}

function countWords(text) {
  const counts = new Map();
  for (const word of text.split(" ")) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function ranking(counts) {
  return [...counts].sort((a, b) => {
    if (a[1] !== b[1]) return b[1] - a[1];
    return a[0] < b[0] ? -1 : 1;
  });
}

function run() {
  const text = makeText(makeWords(), 900000);
  const entries = ranking(countWords(text));
  let weighted = 0;
  for (let i = 0; i < entries.length; i++) weighted += (i + 1) * entries[i][1];
  console.log(`${text.length} ${entries.length} ${weighted}`);
  for (const [word, count] of entries.slice(0, 10)) console.log(`${word} ${count}`);
}

run();
