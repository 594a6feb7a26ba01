// Count, mean and M2 of four channels, and their union by Chan, Golub and LeVeque's formula.
struct Statistics {
  count: f32,
  mean: vec4f,
  m2: vec4f,
}

fn merge(a: Statistics, b: Statistics) -> Statistics {
  let count = a.count + b.count;
  if (count == 0.0) {
    return a;
  }
  let delta = b.mean - a.mean;
  let share = b.count / count;
  return Statistics(count, a.mean + delta * share, a.m2 + b.m2 + delta * delta * (a.count * share));
}
