// Largest singular value of a(i, j) = 1 / ((i + j)(i + j + 1) / 2 + i + 1), by power iteration.
function entry(i, j) { return 1 / ((i + j) * (i + j + 1) / 2 + i + 1); }

function times(v, result, n) {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += entry(i, j) * v[j];
    result[i] = sum;
  }
}

function transposedTimes(v, result, n) {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += entry(j, i) * v[j];
    result[i] = sum;
  }
}

function dot(u, v, n) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += u[i] * v[i];
  return sum;
}

function norm(n, rounds) {
  const u = Array(n).fill(1), v = Array(n).fill(0), half = Array(n).fill(0);
  for (let k = 0; k < rounds; k++) {
    times(u, half, n);
    transposedTimes(half, v, n);
    times(v, half, n);
    transposedTimes(half, u, n);
  }
  return Math.sqrt(dot(u, v, n) / dot(v, v, n));
}

console.log(norm(320, 10).toFixed(9));
