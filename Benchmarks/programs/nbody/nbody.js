// A star and five planets, integrated by leapfrog (kick, drift, kick).
class Body {
  constructor(mass, x, z, vy) {
    this.mass = mass;
    this.x = x; this.y = 0; this.z = z;
    this.vx = 0; this.vy = vy; this.vz = 0;
    this.ax = 0; this.ay = 0; this.az = 0;
  }
}

function planet(mass, radius, tilt) {
  return new Body(mass, radius, radius * tilt, Math.sqrt(1 / radius));
}

function attract(bodies) {
  for (const b of bodies) { b.ax = 0; b.ay = 0; b.az = 0; }
  for (let i = 0; i < bodies.length; i++) {
    const b = bodies[i];
    for (let j = i + 1; j < bodies.length; j++) {
      const c = bodies[j];
      const dx = c.x - b.x, dy = c.y - b.y, dz = c.z - b.z;
      const square = dx * dx + dy * dy + dz * dz;
      const pull = 1 / (square * Math.sqrt(square));
      const toward = c.mass * pull, back = b.mass * pull;
      b.ax += dx * toward;
      b.ay += dy * toward;
      b.az += dz * toward;
      c.ax -= dx * back;
      c.ay -= dy * back;
      c.az -= dz * back;
    }
  }
}

function kick(bodies, dt) {
  for (const b of bodies) {
    b.vx += b.ax * dt;
    b.vy += b.ay * dt;
    b.vz += b.az * dt;
  }
}

function drift(bodies, dt) {
  for (const b of bodies) {
    b.x += b.vx * dt;
    b.y += b.vy * dt;
    b.z += b.vz * dt;
  }
}

function energy(bodies) {
  let total = 0;
  for (let i = 0; i < bodies.length; i++) {
    const b = bodies[i];
    total += 0.5 * b.mass * (b.vx * b.vx + b.vy * b.vy + b.vz * b.vz);
    for (let j = i + 1; j < bodies.length; j++) {
      const c = bodies[j];
      const dx = c.x - b.x, dy = c.y - b.y, dz = c.z - b.z;
      total -= b.mass * c.mass / Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
  }
  return total;
}

function run(steps) {
  const bodies = [new Body(1, 0, 0, 0)];
  for (let n = 1; n <= 5; n++) bodies.push(planet(0.0001 * n, 1 + 0.5 * n * n, 0.01 * n));
  const dt = 0.01;
  attract(bodies);
  console.log(energy(bodies).toFixed(9));
  for (let i = 0; i < steps; i++) {
    kick(bodies, 0.5 * dt);
    drift(bodies, dt);
    attract(bodies);
    kick(bodies, 0.5 * dt);
  }
  console.log([energy(bodies), bodies[1].x, bodies[1].y].map(v => v.toFixed(9)).join(" "));
}

run(50000);
