// partial[part,r,s,c,k] = Σ_{n,p,q} x[n, p·STRIDE+r−PADDING, q·STRIDE+s−PADDING, c] · dy[n,p,q,k]
// over the output rows of the part: the filter gradient, split so that every thread has work.
//
// A thread holds up to 3 taps of one filter row × 4 input channels × 4 output channels in
// registers and walks over its part's rows; id.y is the part.
override ITEMS: u32; // R · ⌈S/3⌉ · C4 · K4
override ROWS: u32; // N · P
override ROWS_PER_PART: u32;
override H: i32;
override W: i32;
override C4: u32;
override P: u32;
override Q: u32;
override K4: u32;
override KERNEL: u32;
override STRIDE: i32;
override PADDING: i32;
override GROUP: u32;

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [n,h,w,c4]
@group(0) @binding(1) var<storage, read> dy: array<vec4f>; // [n,p,q,k4]
@group(0) @binding(2) var<storage, read_write> partials: array<vec4f>; // [part,r,s,c,k4]

fn pixel(column: i32, row: u32, c4: u32) -> vec4f {
  let inside = column >= 0 && column < W;
  return select(vec4f(), x[(row + u32(clamp(column, 0, W - 1))) * C4 + c4], inside);
}

/** Outer product: column j is a · b[j], so that it holds channel j of b for all four of a. */
fn outer(a: vec4f, b: vec4f) -> mat4x4f {
  return mat4x4f(a * b.x, a * b.y, a * b.z, a * b.w);
}

fn store(at: u32, sum: mat4x4f) {
  partials[at] = sum[0];
  partials[at + K4] = sum[1];
  partials[at + 2 * K4] = sum[2];
  partials[at + 3 * K4] = sum[3];
}

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= ITEMS) {
    return;
  }
  let tapGroups = (KERNEL + 2) / 3;
  let k4 = id.x % K4;
  let c4 = (id.x / K4) % C4;
  let s = ((id.x / (K4 * C4)) % tapGroups) * 3;
  let r = id.x / (K4 * C4 * tapGroups);
  let part = id.y;

  var sum0 = mat4x4f();
  var sum1 = mat4x4f();
  var sum2 = mat4x4f();
  let end = min((part + 1) * ROWS_PER_PART, ROWS);
  for (var outRow = part * ROWS_PER_PART; outRow < end; outRow++) {
    let h = i32(outRow % P) * STRIDE + i32(r) - PADDING;
    if (h < 0 || h >= H) {
      continue;
    }
    let row = ((outRow / P) * u32(H) + u32(h)) * u32(W);
    for (var q = 0u; q < Q; q++) {
      let column = i32(q) * STRIDE + i32(s) - PADDING;
      let d = dy[(outRow * Q + q) * K4 + k4];
      sum0 += outer(d, pixel(column, row, c4));
      if (s + 1 < KERNEL) {
        sum1 += outer(d, pixel(column + 1, row, c4));
      }
      if (s + 2 < KERNEL) {
        sum2 += outer(d, pixel(column + 2, row, c4));
      }
    }
  }

  let taps = KERNEL * KERNEL;
  let size = C4 * 4 * K4;
  let at = (part * taps + r * KERNEL + s) * size + c4 * 4 * K4 + k4;
  store(at, sum0);
  if (s + 1 < KERNEL) {
    store(at + size, sum1);
  }
  if (s + 2 < KERNEL) {
    store(at + 2 * size, sum2);
  }
}
