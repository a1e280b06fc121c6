const list = Array(10000000).fill(0);
console.log(list.length + " " + list[list.length - 1]);
