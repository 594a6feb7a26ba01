// dw[c,k] = Σ_n x[n,c] · dy[n,k]. A thread makes one quad of one row; rows past C are pads.
override GROUP: u32;

struct Sizes {
  count: u32, // C4 · 4 · K4
  n: u32,
  c4: u32,
  k4: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>; // [n,c]
@group(0) @binding(1) var<storage, read> dy: array<vec4f>; // [n,k4]
@group(0) @binding(2) var<storage, read_write> dw: array<vec4f>; // [c,k4]
@group(0) @binding(3) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let c = i / sizes.k4;
    let k4 = i % sizes.k4;
    var sum = vec4f();
    for (var n = 0u; n < sizes.n; n++) {
      sum += x[n * sizes.c4 * 4 + c] * dy[n * sizes.k4 + k4];
    }
    dw[i] = sum;
  }
}
