// y[n,c] = mean of x over the pixels of an image. A thread makes one channel quad of one image.
override GROUP: u32;

struct Sizes {
  count: u32, // N · C4
  c4: u32,
  pixels: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [n,pixel,c4]
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>; // [n,c4]
@group(0) @binding(2) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < sizes.count; i += groups.x * GROUP) {
    let n = i / sizes.c4;
    var sum = vec4f();
    for (var pixel = 0u; pixel < sizes.pixels; pixel++) {
      sum += vec4f(x[(n * sizes.pixels + pixel) * sizes.c4 + i % sizes.c4]);
    }
    y[i] = sum / f32(sizes.pixels);
  }
}
