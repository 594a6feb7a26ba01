// parts[slot,part] = {Σ x, Σ x·y} of SCALE · x and SCALE · y over the vec4s part · GROUP + lane, and
// so on with the stride of the dispatch, in an order that is always the same. A workgroup makes one
// part.
override SCALE: f32;
override GROUP: u32; // a power of two

struct Sizes {
  count: u32, // vec4s of x
  slot: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>;
@group(0) @binding(1) var<storage, read> y: array<Stored>;
@group(0) @binding(2) var<storage, read_write> parts: array<vec2f>; // [slot,part]
@group(0) @binding(3) var<uniform> sizes: Sizes;

var<workgroup> sums: array<vec2f, GROUP>;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
  @builtin(num_workgroups) groups: vec3u,
) {
  var own = vec2f();
  for (var i = group.x * GROUP + lane; i < sizes.count; i += groups.x * GROUP) {
    let value = SCALE * vec4f(x[i]);
    own += vec2f(dot(value, vec4f(1.0)), dot(value, SCALE * vec4f(y[i])));
  }
  sums[lane] = own;
  workgroupBarrier();
  for (var width = GROUP / 2; width > 0; width /= 2) {
    if (lane < width) {
      sums[lane] += sums[lane + width];
    }
    workgroupBarrier();
  }
  if (lane == 0) {
    parts[sizes.slot * groups.x + group.x] = sums[0];
  }
}
