// dx[n,h,w,c] = Σ dy over the windows whose first maximum is this pixel.
// A thread walks over vec4s of dx with the dispatch's stride and gathers.
override GROUP: u32;

struct Sizes {
  count: u32,
  h: u32,
  w: u32,
  p: i32,
  q: i32,
  c4: u32,
  kernel: i32,
  stride: i32,
  padding: i32,
}

@group(0) @binding(0) var<storage, read> argument: array<Stored>; // [n,p,q,c4]
@group(0) @binding(1) var<storage, read> dy: array<Stored>; // [n,p,q,c4]
@group(0) @binding(2) var<storage, read_write> dx: array<Stored>; // [n,h,w,c4]
@group(0) @binding(3) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let c4 = i % sizes.c4;
    let w = i32((i / sizes.c4) % sizes.w);
    let h = i32((i / (sizes.c4 * sizes.w)) % sizes.h);
    let n = i / (sizes.c4 * sizes.w * sizes.h);
    var sum = vec4f();
    for (var r = (h + sizes.padding) % sizes.stride; r < sizes.kernel; r += sizes.stride) {
      let reachDown = h + sizes.padding - r;
      for (var s = (w + sizes.padding) % sizes.stride; s < sizes.kernel; s += sizes.stride) {
        let reachAcross = w + sizes.padding - s;
        let p = reachDown / sizes.stride;
        let q = reachAcross / sizes.stride;
        if (reachDown < 0 || p >= sizes.p || reachAcross < 0 || q >= sizes.q) {
          continue;
        }
        let at = ((n * u32(sizes.p) + u32(p)) * u32(sizes.q) + u32(q)) * sizes.c4 + c4;
        let taken = vec4f(argument[at]) == vec4f(f32(r * sizes.kernel + s));
        sum += select(vec4f(), vec4f(dy[at]), taken);
      }
    }
    dx[i] = Stored(sum);
  }
}
