// dw[c,k] = Σ_n x[n,c] · dy[n,k]. A thread makes one quad of one row; rows past C are pads.
override COUNT: u32; // C4 · 4 · K4
override N: u32;
override C4: u32;
override K4: u32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> x: array<f32>; // [n,c]
@group(0) @binding(1) var<storage, read> dy: array<vec4f>; // [n,k4]
@group(0) @binding(2) var<storage, read_write> dw: array<vec4f>; // [c,k4]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < COUNT; i += groups.x * GROUP) {
    let c = i / K4;
    let k4 = i % K4;
    var sum = vec4f();
    for (var n = 0u; n < N; n++) {
      sum += x[n * C4 * 4 + c] * dy[n * K4 + k4];
    }
    dw[i] = sum;
  }
}
