// dx[n,h,w,c] = dy[n, h/STRIDE, w/STRIDE, c] where the pixel was taken, else 0.
// A thread walks over vec4s with the stride of the dispatch.
override COUNT: u32;
override H: u32;
override W: u32;
override C: u32;
override C4: u32;
override P: u32;
override Q: u32;
override K4: u32;
override STRIDE: u32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> dy: array<vec4f>; // [n,p,q,k4]
@group(0) @binding(1) var<storage, read_write> dx: array<vec4f>; // [n,h,w,c4]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < COUNT; i += groups.x * GROUP) {
    let c4 = i % C4;
    let w = (i / C4) % W;
    let h = (i / (C4 * W)) % H;
    let n = i / (C4 * W * H);
    var value = vec4f();
    if (h % STRIDE == 0 && w % STRIDE == 0) {
      // Lanes past x's channels are pads of dx, but channels of dy.
      let channels = vec4u(0, 1, 2, 3) + c4 * 4;
      let given = dy[((n * P + h / STRIDE) * Q + w / STRIDE) * K4 + c4];
      value = select(vec4f(), given, channels < vec4u(C));
    }
    dx[i] = value;
  }
}
