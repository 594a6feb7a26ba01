// Backward through the ReLU: dz = dy where y > 0 (dz = dy without RELU, then it is not written),
// and Σ dz and Σ dz · x̂ of each channel over the pixels of one part, x̂ = (x − mean) · inverse.
// A thread takes one channel quad and every parts-th pixel.
override RELU: bool;
override IN_PLACE: bool; // dz holds dy
override GROUP: u32;

struct Sizes {
  pixels: u32,
  c4: u32,
  parts: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [pixel,c4]
@group(0) @binding(1) var<storage, read> y: array<Stored>; // [pixel,c4]
@group(0) @binding(2) var<storage, read> dy: array<Stored>; // [pixel,c4]
@group(0) @binding(3) var<storage, read> coefficients: array<vec4f>; // [c4,4]
@group(0) @binding(4) var<storage, read_write> dz: array<Stored>; // [pixel,c4]
@group(0) @binding(5) var<storage, read_write> parts: array<vec4f>; // [part,c4,{Σdz,Σdz·x̂}]
@group(0) @binding(6) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= sizes.parts * sizes.c4) {
    return;
  }
  let c4 = id.x % sizes.c4;
  let mean = coefficients[c4 * 4 + 2];
  var sum = vec4f();
  var sumNormalised = vec4f();
  for (var pixel = id.x / sizes.c4; pixel < sizes.pixels; pixel += sizes.parts) {
    let at = pixel * sizes.c4 + c4;
    var value: vec4f;
    if (IN_PLACE) {
      value = vec4f(dz[at]);
    } else {
      value = vec4f(dy[at]);
    }
    if (RELU) {
      value = select(vec4f(), value, vec4f(y[at]) > vec4f());
      dz[at] = Stored(value);
    }
    sum += value;
    sumNormalised += value * (vec4f(x[at]) - mean);
  }
  parts[id.x * 2] = sum;
  parts[id.x * 2 + 1] = sumNormalised * coefficients[c4 * 4 + 3];
}
