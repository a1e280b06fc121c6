// Flips needed to bring 0 to the front, over all permutations in the order of Heap's algorithm.
function flips(order, scratch) {
  for (let i = 0; i < order.length; i++) scratch[i] = order[i];
  let count = 0;
  let first = scratch[0];
  while (first !== 0) {
    let low = 0, high = first;
    while (low < high) {
      const held = scratch[low];
      scratch[low] = scratch[high];
      scratch[high] = held;
      low++;
      high--;
    }
    count++;
    first = scratch[0];
  }
  return count;
}

function fannkuch(n) {
  const order = [], scratch = [], turns = [];
  for (let i = 0; i < n; i++) { order.push(i); scratch.push(0); turns.push(0); }
  let most = 0, checksum = 0, sign = 1;
  let i = 0;
  while (true) {
    const count = flips(order, scratch);
    if (count > most) most = count;
    checksum += sign * count;
    sign = -sign;
    while (i < n && turns[i] >= i) {
      turns[i] = 0;
      i++;
    }
    if (i === n) return [most, checksum];
    const other = i % 2 === 0 ? 0 : turns[i];
    const held = order[i];
    order[i] = order[other];
    order[other] = held;
    turns[i]++;
    i = 0;
  }
}

console.log(fannkuch(9).join(" "));
