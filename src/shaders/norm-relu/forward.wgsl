// y = scale · x + shift [+ addend], with RELU y = max(…, 0): a batch norm, what is added to it and
// the ReLU that follows. With PAD the addend is a larger map of fewer channels: every stride-th pixel
// of it is added. A thread walks over vec4s with the stride of the dispatch.
override RELU: bool;
override ADD: bool;
override PAD: bool;
override GROUP: u32;

struct Sizes {
  count: u32, // vec4s
  c4: u32,
  // With PAD: y is [n,p,q,c4], the addend [n,h,w,a4].
  p: u32,
  q: u32,
  h: u32,
  w: u32,
  a4: u32,
  stride: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [pixel,c4]
@group(0) @binding(1) var<storage, read> addend: array<Stored>; // [pixel,c4 or a4]
@group(0) @binding(2) var<storage, read> coefficients: array<vec4f>; // [c4,4]
@group(0) @binding(3) var<storage, read_write> y: array<Stored>; // [pixel,c4]
@group(0) @binding(4) var<uniform> sizes: Sizes;

fn added(i: u32, c4: u32) -> vec4f {
  if (!PAD) {
    return vec4f(addend[i]);
  }
  if (c4 >= sizes.a4) {
    return vec4f();
  }
  let pixel = i / sizes.c4;
  let column = pixel % sizes.q * sizes.stride;
  let row = pixel / sizes.q % sizes.p * sizes.stride;
  let image = pixel / (sizes.q * sizes.p);
  return vec4f(addend[((image * sizes.h + row) * sizes.w + column) * sizes.a4 + c4]);
}

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let c4 = i % sizes.c4;
    var value = fma(coefficients[c4 * 4], vec4f(x[i]), coefficients[c4 * 4 + 1]);
    if (ADD) {
      value += added(i, c4);
    }
    y[i] = Stored(select(value, max(value, vec4f()), RELU));
  }
}
