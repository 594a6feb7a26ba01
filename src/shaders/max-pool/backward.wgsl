// dx[n,h,w,c] = Σ dy over the windows whose first maximum is this pixel.
// A thread walks over vec4s of dx with the dispatch's stride and gathers.
override COUNT: u32;
override H: u32;
override W: u32;
override P: i32;
override Q: i32;
override C4: u32;
override KERNEL: i32;
override STRIDE: i32;
override PADDING: i32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> argument: array<vec4f>; // [n,p,q,c4]
@group(0) @binding(1) var<storage, read> dy: array<vec4f>; // [n,p,q,c4]
@group(0) @binding(2) var<storage, read_write> dx: array<vec4f>; // [n,h,w,c4]

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < COUNT; i += groups.x * GROUP) {
    let c4 = i % C4;
    let w = i32((i / C4) % W);
    let h = i32((i / (C4 * W)) % H);
    let n = i / (C4 * W * H);
    var sum = vec4f();
    for (var r = (h + PADDING) % STRIDE; r < KERNEL; r += STRIDE) {
      let reachDown = h + PADDING - r;
      for (var s = (w + PADDING) % STRIDE; s < KERNEL; s += STRIDE) {
        let reachAcross = w + PADDING - s;
        let p = reachDown / STRIDE;
        let q = reachAcross / STRIDE;
        if (reachDown < 0 || p >= P || reachAcross < 0 || q >= Q) {
          continue;
        }
        let at = ((n * u32(P) + u32(p)) * u32(Q) + u32(q)) * C4 + c4;
        sum += select(vec4f(), dy[at], argument[at] == vec4f(f32(r * KERNEL + s)));
      }
    }
    dx[i] = sum;
  }
}
