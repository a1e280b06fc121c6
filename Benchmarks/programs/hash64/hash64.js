// FNV-1a over the low bytes of a counter, with a shift between rounds, in two halves of 32 bits.
function hash(rounds) {
  let high = 0xcbf29ce4, low = 0x84222325;
  for (let i = 1; i <= rounds; i++) {
    low = (low ^ (i & 0xff)) >>> 0;
    const product = low * 0x1b3;
    high = (high * 0x1b3 + low * 0x100 + Math.floor(product / 0x100000000)) % 0x100000000;
    low = product % 0x100000000;
    low = (low ^ (low >>> 29 | high << 3)) >>> 0;
    high = (high ^ high >>> 29) >>> 0;
  }
  return [high, low];
}

console.log(hash(16000000).map(half => half.toString(16).padStart(8, "0")).join(""));
