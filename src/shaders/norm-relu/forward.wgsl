// y = scale · x + shift [+ addend], with RELU y = max(…, 0): a batch norm, what is added to it and
// the ReLU that follows. A thread walks over vec4s with the stride of the dispatch.
override RELU: bool;
override ADD: bool;
override GROUP: u32;

struct Sizes {
  count: u32, // vec4s
  c4: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [pixel,c4]
@group(0) @binding(1) var<storage, read> addend: array<Stored>; // [pixel,c4]
@group(0) @binding(2) var<storage, read> coefficients: array<vec4f>; // [c4,4]
@group(0) @binding(3) var<storage, read_write> y: array<Stored>; // [pixel,c4]
@group(0) @binding(4) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let c4 = i % sizes.c4;
    var value = fma(coefficients[c4 * 4], vec4f(x[i]), coefficients[c4 * 4 + 1]);
    if (ADD) {
      value += vec4f(addend[i]);
    }
    y[i] = Stored(select(value, max(value, vec4f()), RELU));
  }
}
