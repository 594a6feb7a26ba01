// dx = weight · inverseDeviation · (dy − Σdy/m − x̂ · Σ(dy·x̂)/m) over the m pixels of the batch.
// A thread walks over vec4s with the stride of the dispatch.
override GROUP: u32;

struct Sizes {
  count: u32,
  pixels: u32,
  c4: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [pixel,c4]
@group(0) @binding(1) var<storage, read> dy: array<Stored>; // [pixel,c4]
@group(0) @binding(2) var<storage, read> weight: array<vec4f>; // [c4]
@group(0) @binding(3) var<storage, read> mean: array<vec4f>; // [c4]
@group(0) @binding(4) var<storage, read> inverseDeviation: array<vec4f>; // [c4]
@group(0) @binding(5) var<storage, read> weightGradient: array<vec4f>; // Σ dy · x̂ [c4]
@group(0) @binding(6) var<storage, read> biasGradient: array<vec4f>; // Σ dy [c4]
@group(0) @binding(7) var<storage, read_write> dx: array<Stored>; // [pixel,c4]
@group(0) @binding(8) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let share = 1.0 / f32(sizes.pixels);
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let c4 = i % sizes.c4;
    let normalised = (vec4f(x[i]) - mean[c4]) * inverseDeviation[c4];
    let centred = vec4f(dy[i]) - (biasGradient[c4] + normalised * weightGradient[c4]) * share;
    dx[i] = Stored(weight[c4] * inverseDeviation[c4] * centred);
  }
}
