"""A star and five planets, integrated by leapfrog (kick, drift, kick)."""
from math import sqrt


class Body:
    __slots__ = ("mass", "x", "y", "z", "vx", "vy", "vz", "ax", "ay", "az")

    def __init__(self, mass, x, z, vy):
        self.mass = mass
        self.x, self.y, self.z = x, 0.0, z
        self.vx, self.vy, self.vz = 0.0, vy, 0.0
        self.ax = self.ay = self.az = 0.0


def planet(mass, radius, tilt):
    return Body(mass, radius, radius * tilt, sqrt(1.0 / radius))


def attract(bodies):
    for b in bodies:
        b.ax = b.ay = b.az = 0.0
    for i, b in enumerate(bodies):
        for c in bodies[i + 1:]:
            dx, dy, dz = c.x - b.x, c.y - b.y, c.z - b.z
            square = dx * dx + dy * dy + dz * dz
            pull = 1.0 / (square * sqrt(square))
            toward, back = c.mass * pull, b.mass * pull
            b.ax += dx * toward
            b.ay += dy * toward
            b.az += dz * toward
            c.ax -= dx * back
            c.ay -= dy * back
            c.az -= dz * back


def kick(bodies, dt):
    for b in bodies:
        b.vx += b.ax * dt
        b.vy += b.ay * dt
        b.vz += b.az * dt


def drift(bodies, dt):
    for b in bodies:
        b.x += b.vx * dt
        b.y += b.vy * dt
        b.z += b.vz * dt


def energy(bodies):
    total = 0.0
    for i, b in enumerate(bodies):
        total += 0.5 * b.mass * (b.vx * b.vx + b.vy * b.vy + b.vz * b.vz)
        for c in bodies[i + 1:]:
            dx, dy, dz = c.x - b.x, c.y - b.y, c.z - b.z
            total -= b.mass * c.mass / sqrt(dx * dx + dy * dy + dz * dz)
    return total


def run(steps):
    bodies = [Body(1.0, 0.0, 0.0, 0.0)]
    for n in range(1, 6):
        bodies.append(planet(0.0001 * n, 1.0 + 0.5 * n * n, 0.01 * n))
    dt = 0.01
    attract(bodies)
    print("%.9f" % energy(bodies))
    for _ in range(steps):
        kick(bodies, 0.5 * dt)
        drift(bodies, dt)
        attract(bodies)
        kick(bodies, 0.5 * dt)
    print("%.9f %.9f %.9f" % (energy(bodies), bodies[1].x, bodies[1].y))


run(50000)
