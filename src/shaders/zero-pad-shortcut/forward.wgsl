// y[n,p,q,k] = x[n, p·STRIDE, q·STRIDE, k] for channels of x, 0 for those appended.
// A thread walks over vec4s with the stride of the dispatch.
override COUNT: u32;
override H: u32;
override W: u32;
override C4: u32;
override P: u32;
override Q: u32;
override K4: u32;
override STRIDE: u32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [n,h,w,c4]
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>; // [n,p,q,k4]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < COUNT; i += groups.x * GROUP) {
    let k4 = i % K4;
    let q = (i / K4) % Q;
    let p = (i / (K4 * Q)) % P;
    let n = i / (K4 * Q * P);
    var value = vec4f();
    if (k4 < C4) {
      value = x[((n * H + p * STRIDE) * W + q * STRIDE) * C4 + k4];
    }
    y[i] = value;
  }
}
