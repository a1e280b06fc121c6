-- A star and five planets, integrated by leapfrog (kick, drift, kick).
local sqrt = math.sqrt

local function body(mass, x, z, vy)
  return {
    mass = mass,
    x = x, y = 0.0, z = z,
    vx = 0.0, vy = vy, vz = 0.0,
    ax = 0.0, ay = 0.0, az = 0.0,
  }
end

local function planet(mass, radius, tilt)
  return body(mass, radius, radius * tilt, sqrt(1.0 / radius))
end

local function attract(bodies)
  for i = 1, #bodies do
    local b = bodies[i]
    b.ax, b.ay, b.az = 0.0, 0.0, 0.0
  end
  for i = 1, #bodies do
    local b = bodies[i]
    for j = i + 1, #bodies do
      local c = bodies[j]
      local dx, dy, dz = c.x - b.x, c.y - b.y, c.z - b.z
      local square = dx * dx + dy * dy + dz * dz
      local pull = 1.0 / (square * sqrt(square))
      local toward, back = c.mass * pull, b.mass * pull
      b.ax = b.ax + dx * toward
      b.ay = b.ay + dy * toward
      b.az = b.az + dz * toward
      c.ax = c.ax - dx * back
      c.ay = c.ay - dy * back
      c.az = c.az - dz * back
    end
  end
end

local function kick(bodies, dt)
  for i = 1, #bodies do
    local b = bodies[i]
    b.vx = b.vx + b.ax * dt
    b.vy = b.vy + b.ay * dt
    b.vz = b.vz + b.az * dt
  end
end

local function drift(bodies, dt)
  for i = 1, #bodies do
    local b = bodies[i]
    b.x = b.x + b.vx * dt
    b.y = b.y + b.vy * dt
    b.z = b.z + b.vz * dt
  end
end

local function energy(bodies)
  local total = 0.0
  for i = 1, #bodies do
    local b = bodies[i]
    total = total + 0.5 * b.mass * (b.vx * b.vx + b.vy * b.vy + b.vz * b.vz)
    for j = i + 1, #bodies do
      local c = bodies[j]
      local dx, dy, dz = c.x - b.x, c.y - b.y, c.z - b.z
      total = total - b.mass * c.mass / sqrt(dx * dx + dy * dy + dz * dz)
    end
  end
  return total
end

local function run(steps)
  local bodies = { body(1.0, 0.0, 0.0, 0.0) }
  for n = 1, 5 do
    bodies[#bodies + 1] = planet(0.0001 * n, 1.0 + 0.5 * n * n, 0.01 * n)
  end
  local dt = 0.01
  attract(bodies)
  print(string.format("%.9f", energy(bodies)))
  for _ = 1, steps do
    kick(bodies, 0.5 * dt)
    drift(bodies, dt)
    attract(bodies)
    kick(bodies, 0.5 * dt)
  end
  print(string.format("%.9f %.9f %.9f", energy(bodies), bodies[2].x, bodies[2].y))
end

run(50000)
