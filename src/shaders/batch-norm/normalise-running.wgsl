// y = (x − mean) / √(variance + EPSILON) · weight + bias with the running estimates.
// A thread walks over vec4s with the stride of the dispatch.
override EPSILON: f32;
override GROUP: u32;

struct Sizes {
  count: u32,
  c4: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [pixel,c4]
@group(0) @binding(1) var<storage, read> weight: array<vec4f>; // [c4]
@group(0) @binding(2) var<storage, read> bias: array<vec4f>; // [c4]
@group(0) @binding(3) var<storage, read> mean: array<vec4f>; // [c4]
@group(0) @binding(4) var<storage, read> variance: array<vec4f>; // [c4]
@group(0) @binding(5) var<storage, read_write> y: array<Stored>; // [pixel,c4]
@group(0) @binding(6) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let c4 = i % sizes.c4;
    let scale = weight[c4] * inverseSqrt(variance[c4] + EPSILON);
    y[i] = Stored((vec4f(x[i]) - mean[c4]) * scale + bias[c4]);
  }
}
