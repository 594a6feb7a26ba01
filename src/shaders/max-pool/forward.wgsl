// y[n,p,q,c] = max over the window of x; outside the map counts as −∞. The tap (r·KERNEL + s) of
// the first maximum is kept for backward. A thread walks over vec4s with the dispatch's stride.
override COUNT: u32;
override H: i32;
override W: i32;
override P: u32;
override Q: u32;
override C4: u32;
override KERNEL: i32;
override STRIDE: i32;
override PADDING: i32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [n,h,w,c4]
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>; // [n,p,q,c4]
@group(0) @binding(2) var<storage, read_write> argument: array<vec4f>; // [n,p,q,c4]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < COUNT; i += groups.x * GROUP) {
    let c4 = i % C4;
    let q = (i / C4) % Q;
    let p = (i / (C4 * Q)) % P;
    let n = i / (C4 * Q * P);
    var best = vec4f(-3.4028234e38);
    var tap = vec4f();
    for (var r = 0; r < KERNEL; r++) {
      let h = i32(p) * STRIDE + r - PADDING;
      for (var s = 0; s < KERNEL; s++) {
        let w = i32(q) * STRIDE + s - PADDING;
        if (h < 0 || h >= H || w < 0 || w >= W) {
          continue;
        }
        let value = x[((n * u32(H) + u32(h)) * u32(W) + u32(w)) * C4 + c4];
        let better = value > best;
        best = select(best, value, better);
        tap = select(tap, vec4f(f32(r * KERNEL + s)), better);
      }
    }
    y[i] = best;
    argument[i] = tap;
  }
}
