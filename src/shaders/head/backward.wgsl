// From dy, the gradients of the images' losses, with dlogits[n,k] = dy[n] · errors[n,k]:
//   dx[n,pixel,c] = Σ_k dlogits[n,k] · w[c,k] / pixels, a thread four channels of an image;
//   dw[c,k] = Σ_n pooled[n,c] · dlogits[n,k], a thread four of one row; rows past C are pads;
//   dbias[k] = Σ_n dlogits[n,k], a thread four of them.
// Threads walk over these items, in this order, with the stride of the dispatch.
override GROUP: u32;

struct Sizes {
  n: u32,
  pixels: u32,
  c4: u32,
  k4: u32,
}

@group(0) @binding(0) var<storage, read> w: array<vec4f>; // [c,k4]
@group(0) @binding(1) var<storage, read> pooled: array<f32>; // [n,c]
@group(0) @binding(2) var<storage, read> errors: array<vec4f>; // [n,k4]
@group(0) @binding(3) var<storage, read> dy: array<f32>; // [n]
@group(0) @binding(4) var<storage, read_write> dx: array<Stored>; // [n,pixel,c4]
@group(0) @binding(5) var<storage, read_write> dw: array<vec4f>; // [c,k4]
@group(0) @binding(6) var<storage, read_write> dbias: array<vec4f>; // [k4]
@group(0) @binding(7) var<uniform> sizes: Sizes;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let images = sizes.n * sizes.c4;
  let weights = sizes.c4 * 4 * sizes.k4;
  for (var i = id.x; i < images + weights + sizes.k4; i += groups.x * GROUP) {
    if (i < images) {
      dataGradient(i / sizes.c4, i % sizes.c4);
    } else if (i < images + weights) {
      weightGradient((i - images) / sizes.k4, (i - images) % sizes.k4);
    } else {
      biasGradient(i - images - weights);
    }
  }
}

fn dataGradient(n: u32, c4: u32) {
  var sum = vec4f();
  for (var k4 = 0u; k4 < sizes.k4; k4++) {
    let at = c4 * 4 * sizes.k4 + k4;
    let rows = mat4x4f(w[at], w[at + sizes.k4], w[at + 2 * sizes.k4], w[at + 3 * sizes.k4]);
    sum += errors[n * sizes.k4 + k4] * rows;
  }
  let value = sum * (dy[n] / f32(sizes.pixels));
  for (var pixel = 0u; pixel < sizes.pixels; pixel++) {
    dx[(n * sizes.pixels + pixel) * sizes.c4 + c4] = Stored(value);
  }
}

fn weightGradient(c: u32, k4: u32) {
  var sum = vec4f();
  for (var n = 0u; n < sizes.n; n++) {
    sum += pooled[n * sizes.c4 * 4 + c] * dy[n] * errors[n * sizes.k4 + k4];
  }
  dw[c * sizes.k4 + k4] = sum;
}

fn biasGradient(k4: u32) {
  var sum = vec4f();
  for (var n = 0u; n < sizes.n; n++) {
    sum += dy[n] * errors[n * sizes.k4 + k4];
  }
  dbias[k4] = sum;
}
