// y[n,p,q,k] = x[n, p·stride, q·stride, k] for channels of x, 0 for those appended.
// A thread walks over vec4s with the stride of the dispatch.
override GROUP: u32;

struct Sizes {
  count: u32,
  h: u32,
  w: u32,
  c4: u32,
  p: u32,
  q: u32,
  k4: u32,
  stride: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [n,h,w,c4]
@group(0) @binding(1) var<storage, read_write> y: array<Stored>; // [n,p,q,k4]
@group(0) @binding(2) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let k4 = i % sizes.k4;
    let q = (i / sizes.k4) % sizes.q;
    let p = (i / (sizes.k4 * sizes.q)) % sizes.p;
    let n = i / (sizes.k4 * sizes.q * sizes.p);
    var value = vec4f();
    if (k4 < sizes.c4) {
      let at = ((n * sizes.h + p * sizes.stride) * sizes.w + q * sizes.stride) * sizes.c4 + k4;
      value = vec4f(x[at]);
    }
    y[i] = Stored(value);
  }
}
