// The scale of the next step: half of this one's after an overflow, twice after GROWTH_INTERVAL
// steps without; and the gradient of the losses that carries it, SHARE · scale an image. What this
// step had goes to the ring. One workgroup.
override GROWTH_INTERVAL: i32;
override LEAST: i32;
override GREATEST: i32;
override SHARE: f32; // of an image in the mean over the batch
override GROUP: u32;

struct Sizes {
  n: u32,
}

@group(0) @binding(0) var<storage, read_write> lossScale: LossScale;
@group(0) @binding(1) var<storage, read_write> overflow: u32;
@group(0) @binding(2) var<storage, read_write> lossGradient: array<f32>; // [n]
@group(0) @binding(3) var<storage, read_write> ring: array<vec4f>; // [slot,{…,…,scale,skipped}]
@group(0) @binding(4) var<uniform> settings: Settings;
@group(0) @binding(5) var<uniform> sizes: Sizes;

var<workgroup> next: f32;

@compute @workgroup_size(GROUP)
fn main(@builtin(local_invocation_index) lane: u32) {
  if (lane == 0) {
    var exponent = lossScale.exponent;
    var good = lossScale.good + 1;
    ring[settings.slot].z = powerOfTwo(exponent);
    ring[settings.slot].w = f32(overflow);
    if (overflow != 0) {
      exponent = max(exponent - 1, LEAST);
      good = 0;
    } else if (good >= GROWTH_INTERVAL) {
      exponent = min(exponent + 1, GREATEST);
      good = 0;
    }
    lossScale = LossScale(exponent, good);
    overflow = 0;
    next = powerOfTwo(exponent);
  }
  workgroupBarrier();
  for (var n = lane; n < sizes.n; n += GROUP) {
    lossGradient[n] = SHARE * next;
  }
}
