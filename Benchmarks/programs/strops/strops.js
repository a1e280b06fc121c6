// Log lines through the string library: split, replace, case conversion, find, trim, join.
function makeText(lines) {
  const names = ["Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace"];
  const levels = ["debug", "info", "warn", "error"];
  const rows = [];
  let seed = 42;
  for (let i = 0; i < lines; i++) {
    seed = seed * 16807 % 2147483647;
    const name = names[seed % names.length];
    const level = levels[seed % levels.length];
    rows.push(`  user=${name}; level=${level}; size=${seed % 100000}` +
      `; path=/home/${name}/notes.txt; message=The quick brown fox  `);
  }
  return rows.join("\n");
}

function fold(text, totals) {
  const rows = text.split("\n");
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i].trim();
    const parts = row.split("; ");
    totals.fields += parts.length;
    totals.size += parseInt(parts[2].slice(5), 10);
    totals.position += row.indexOf("path=");
    const loud = parts[4].toUpperCase();
    if (loud.includes("QUICK")) totals.length += loud.replaceAll("QUICK", "very quick").length;
    parts[0] = parts[0].toLowerCase();
    rows[i] = parts.join(",");
  }
  return rows.join("\n");
}

function occurrences(text, word) {
  let count = 0, at = text.indexOf(word);
  while (at >= 0) {
    count++;
    at = text.indexOf(word, at + word.length);
  }
  return count;
}

function run(lines, rounds) {
  const text = makeText(lines);
  const totals = { fields: 0, size: 0, position: 0, length: 0 };
  let marked = "", warnings = 0;
  for (let round = 0; round < rounds; round++) {
    marked = fold(text, totals).replaceAll("level=warn", "level=attention");
    warnings += occurrences(marked.toUpperCase(), "ATTENTION");
  }
  console.log(`${totals.fields} ${totals.size} ${totals.position} ${totals.length} ${warnings}`);
  console.log(`${marked.length} ${marked.slice(0, 60)}`);
}

run(2000, 30);
