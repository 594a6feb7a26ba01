// dx[n,h,w,c] = dy[n, h/stride, w/stride, c] where the pixel was taken, else 0.
// A thread walks over vec4s with the stride of the dispatch.
override GROUP: u32;

struct Sizes {
  count: u32,
  h: u32,
  w: u32,
  c: u32,
  c4: u32,
  p: u32,
  q: u32,
  k4: u32,
  stride: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<Stored>; // [n,p,q,k4]
@group(0) @binding(1) var<storage, read_write> dx: array<Stored>; // [n,h,w,c4]
@group(0) @binding(2) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let c4 = i % sizes.c4;
    let w = (i / sizes.c4) % sizes.w;
    let h = (i / (sizes.c4 * sizes.w)) % sizes.h;
    let n = i / (sizes.c4 * sizes.w * sizes.h);
    var value = vec4f();
    if (h % sizes.stride == 0 && w % sizes.stride == 0) {
      // Lanes past x's channels are pads of dx, but channels of dy.
      let channels = vec4u(0, 1, 2, 3) + c4 * 4;
      let at = ((n * sizes.p + h / sizes.stride) * sizes.q + w / sizes.stride) * sizes.k4 + c4;
      value = select(vec4f(), vec4f(dy[at]), channels < vec4u(sizes.c));
    }
    dx[i] = Stored(value);
  }
}
