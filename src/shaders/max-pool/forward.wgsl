// y[n,p,q,c] = max over the window of x; outside the map counts as −∞. The tap (r·kernel + s) of
// the first maximum is kept for backward. A thread walks over vec4s with the dispatch's stride.
override GROUP: u32;

struct Sizes {
  count: u32,
  h: i32,
  w: i32,
  p: u32,
  q: u32,
  c4: u32,
  kernel: i32,
  stride: i32,
  padding: i32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [n,h,w,c4]
@group(0) @binding(1) var<storage, read_write> y: array<Stored>; // [n,p,q,c4]
@group(0) @binding(2) var<storage, read_write> argument: array<Stored>; // [n,p,q,c4]
@group(0) @binding(3) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let c4 = i % sizes.c4;
    let q = (i / sizes.c4) % sizes.q;
    let p = (i / (sizes.c4 * sizes.q)) % sizes.p;
    let n = i / (sizes.c4 * sizes.q * sizes.p);
    var best = vec4f(-3.4028234e38);
    var tap = vec4f();
    for (var r = 0; r < sizes.kernel; r++) {
      let h = i32(p) * sizes.stride + r - sizes.padding;
      for (var s = 0; s < sizes.kernel; s++) {
        let w = i32(q) * sizes.stride + s - sizes.padding;
        if (h < 0 || h >= sizes.h || w < 0 || w >= sizes.w) {
          continue;
        }
        let at = ((n * u32(sizes.h) + u32(h)) * u32(sizes.w) + u32(w)) * sizes.c4 + c4;
        let value = vec4f(x[at]);
        let better = value > best;
        best = select(best, value, better);
        tap = select(tap, vec4f(f32(r * sizes.kernel + s)), better);
      }
    }
    y[i] = Stored(best);
    argument[i] = Stored(tap);
  }
}
