// ring[slot] = {Σ loss, Σ correct, 0, 0} over the images of the batch, summed in an order that is
// always the same. One workgroup.
override GROUP: u32; // a power of two

struct Sizes {
  n: u32,
}

@group(0) @binding(0) var<storage, read> loss: array<f32>; // [n]
@group(0) @binding(1) var<storage, read> correct: array<f32>; // [n]
@group(0) @binding(2) var<storage, read_write> ring: array<vec4f>; // [slot]
@group(0) @binding(3) var<uniform> settings: Settings;
@group(0) @binding(4) var<uniform> sizes: Sizes;

var<workgroup> sums: array<vec2f, GROUP>;

@compute @workgroup_size(GROUP)
fn main(@builtin(local_invocation_index) lane: u32) {
  var own = vec2f();
  for (var n = lane; n < sizes.n; n += GROUP) {
    own += vec2f(loss[n], correct[n]);
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
    ring[settings.slot] = vec4f(sums[0], 0.0, 0.0);
  }
}
