// Mean and sum of squared deviations (M2) of each channel over the pixels of one part.
//
// A thread takes one channel quad and every parts-th pixel, by Welford's update; neighbouring
// threads read neighbouring memory.
override GROUP: u32;

struct Sizes {
  pixels: u32, // N · H · W
  c4: u32,
  parts: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [pixel,c4]
@group(0) @binding(1) var<storage, read_write> parts: array<vec4f>; // [part,c4,{mean,M2}]
@group(0) @binding(2) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= sizes.parts * sizes.c4) {
    return;
  }
  let c4 = id.x % sizes.c4;
  var count = 0.0;
  var mean = vec4f();
  var m2 = vec4f();
  for (var pixel = id.x / sizes.c4; pixel < sizes.pixels; pixel += sizes.parts) {
    let value = vec4f(x[pixel * sizes.c4 + c4]);
    count += 1.0;
    let before = value - mean;
    mean += before / count;
    m2 += before * (value - mean);
  }
  parts[id.x * 2] = mean;
  parts[id.x * 2 + 1] = m2;
}
