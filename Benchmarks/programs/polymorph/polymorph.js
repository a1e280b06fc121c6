// Methods called over a list of four kinds of shape.
class Circle {
  constructor(radius) { this.radius = radius; }
  area() { return 3.14159 * this.radius * this.radius; }
  outline() { return 2 * 3.14159 * this.radius; }
  scale(factor) { this.radius *= factor; }
}

class Square {
  constructor(side) { this.side = side; }
  area() { return this.side * this.side; }
  outline() { return 4 * this.side; }
  scale(factor) { this.side *= factor; }
}

class Rectangle {
  constructor(width, height) { this.width = width; this.height = height; }
  area() { return this.width * this.height; }
  outline() { return 2 * (this.width + this.height); }
  scale(factor) { this.width *= factor; this.height *= factor; }
}

class Triangle {
  constructor(base, height) { this.base = base; this.height = height; }
  area() { return 0.5 * this.base * this.height; }
  outline() { return this.base + Math.sqrt(this.base * this.base + 4 * this.height * this.height); }
  scale(factor) { this.base *= factor; this.height *= factor; }
}

function makeShapes(count) {
  const shapes = [];
  let seed = 5;
  for (let i = 0; i < count; i++) {
    seed = seed * 16807 % 2147483647;
    const size = 1 + seed % 100 / 10;
    switch (seed % 4) {
      case 0: shapes.push(new Circle(size)); break;
      case 1: shapes.push(new Square(size)); break;
      case 2: shapes.push(new Rectangle(size, size + 1)); break;
      default: shapes.push(new Triangle(size, size + 2));
    }
  }
  return shapes;
}

function run(count, rounds) {
  const shapes = makeShapes(count);
  let area = 0, outline = 0;
  for (let round = 1; round <= rounds; round++) {
    const factor = round % 2 === 0 ? 0.5 : 2;
    for (const shape of shapes) {
      area += shape.area();
      outline += shape.outline();
      shape.scale(factor);
    }
  }
  console.log(`${area.toFixed(3)} ${outline.toFixed(3)}`);
}

run(1000, 2000);
