// SHA-256 (FIPS 180-4) of "abc" and of a longer message.
function firstPrimes(count) {
  const primes = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every(prime => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

// The first 32 bits of the fraction of each prime's root.
function rootFractions(count, exponent) {
  return firstPrimes(count).map(prime => prime ** exponent % 1 * 2 ** 32 | 0);
}

const K = rootFractions(64, 1 / 3);

function compress(state, message, start, w) {
  for (let i = 0; i < 16; i++) {
    const at = start + 4 * i;
    w[i] = message[at] << 24 | message[at + 1] << 16 | message[at + 2] << 8 | message[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15], y = w[i - 2];
    const s0 = (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3;
    const s1 = (y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1 | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = (e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7);
    const t = h + s1 + (e & f ^ ~e & g) + K[i] + w[i];
    const s0 = (a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10);
    const u = s0 + (a & b ^ a & c ^ b & c);
    h = g; g = f; f = e; e = d + t | 0;
    d = c; c = b; b = a; a = t + u | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = state[i] + word | 0; });
}

function sha256(text) {
  const message = [];
  for (let i = 0; i < text.length; i++) message.push(text.charCodeAt(i));
  const bits = message.length * 8;
  message.push(0x80);
  while (message.length % 64 !== 60) message.push(0);
  for (let shift = 24; shift >= 0; shift -= 8) message.push(bits >>> shift & 0xff);
  const state = rootFractions(8, 1 / 2), w = [];
  for (let start = 0; start < message.length; start += 64) compress(state, message, start, w);
  return state.map(word => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

console.log(sha256("abc"));
console.log(sha256("Janus looks both ways. ".repeat(40000)));
