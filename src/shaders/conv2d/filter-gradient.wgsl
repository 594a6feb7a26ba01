// partial[part,r,s,c,k] = Σ_{n,p,q} x[n, p·sizes.stride+r−padding, q·sizes.stride+s−padding, c] · dy[n,p,q,k]
// over the output rows of the part: the filter gradient, split so that every thread has work.
// PROLOGUE: x stands for max(scale · x + shift, 0), a batch norm and a ReLU.
//
// A thread holds up to 3 taps of one filter row × 4 input channels × 4 · QUADS output channels in
// registers and walks over its part's rows pixel by pixel. More pixels at once would be more code, and
// slower where a processor runs it as its own instructions.
override PROLOGUE: bool;
override SLIDING: bool; // stride 1: a pixel is the next tap's a step later
override TAPS: u32; // of a filter row at once: 1 to 3
override QUADS: u32; // 1 or 2
override GROUP: u32;

struct Sizes {
  items: u32, // R · ⌈S/3⌉ · C4 · ⌈K4/QUADS⌉
  parts: u32,
  rows: u32, // N · P
  rowsPerPart: u32,
  h: i32,
  w: i32,
  c4: u32,
  p: u32,
  q: u32,
  k4: u32,
  kernel: u32,
  stride: i32,
  padding: i32,
}

@group(0) @binding(0) var<storage, read> x: array<Stored>; // [n,h,w,c4]
@group(0) @binding(1) var<storage, read> dy: array<Stored>; // [n,p,q,k4]
@group(0) @binding(2) var<storage, read> coefficients: array<vec4f>; // [c4,4]
@group(0) @binding(3) var<storage, read_write> partials: array<mat4x4f>; // [part,r,s,c4,k4]
@group(0) @binding(4) var<uniform> sizes: Sizes;

/** The affine map and ReLU before the convolution, for the thread's channels. */
struct Activation {
  scale: vec4f,
  shift: vec4f,
}

struct Row {
  first: u32, // offset of its first pixel
  channel: u32,
}

fn pixel(column: i32, row: Row, before: Activation) -> vec4f {
  let at = (row.first + u32(clamp(column, 0, sizes.w - 1))) * sizes.c4 + row.channel;
  var value = vec4f(x[at]);
  if (PROLOGUE) {
    value = max(fma(before.scale, value, before.shift), vec4f());
  }
  return select(vec4f(), value, column >= 0 && column < sizes.w);
}

/** Column j holds input channel j's sums for four output channels. */
fn outerAdd(dy: vec4f, x: vec4f, sum: mat4x4f) -> mat4x4f {
  return mat4x4f(
    fma(dy, x.xxxx, sum[0]),
    fma(dy, x.yyyy, sum[1]),
    fma(dy, x.zzzz, sum[2]),
    fma(dy, x.wwww, sum[3]),
  );
}

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let part = id.x / sizes.items;
  if (part >= sizes.parts) {
    return;
  }
  let item = id.x % sizes.items;
  let tapGroups = (sizes.kernel + 2) / 3;
  let quadGroups = (sizes.k4 + QUADS - 1) / QUADS;
  let k4 = item % quadGroups * QUADS;
  let second = min(k4 + 1, sizes.k4 - 1); // counts where there are QUADS
  let c4 = item / quadGroups % sizes.c4;
  let s = item / (quadGroups * sizes.c4) % tapGroups * 3;
  let r = item / (quadGroups * sizes.c4 * tapGroups);
  var before = Activation();
  if (PROLOGUE) {
    before = Activation(coefficients[c4 * 4], coefficients[c4 * 4 + 1]);
  }

  var first0 = mat4x4f();
  var first1 = mat4x4f();
  var first2 = mat4x4f();
  var second0 = mat4x4f();
  var second1 = mat4x4f();
  var second2 = mat4x4f();
  let end = min((part + 1) * sizes.rowsPerPart, sizes.rows);
  for (var outRow = part * sizes.rowsPerPart; outRow < end; outRow++) {
    let h = i32(outRow % sizes.p) * sizes.stride + i32(r) - sizes.padding;
    if (h < 0 || h >= sizes.h) {
      continue;
    }
    let row = Row(((outRow / sizes.p) * u32(sizes.h) + u32(h)) * u32(sizes.w), c4);
    let start = i32(s) - sizes.padding;
    var x0 = pixel(start, row, before);
    var x1 = pixel(start + 1, row, before);
    for (var q = 0u; q < sizes.q; q++) {
      let column = start + i32(q) * sizes.stride;
      if (!SLIDING) {
        x0 = pixel(column, row, before);
        if (TAPS > 1) {
          x1 = pixel(column + 1, row, before);
        }
      }
      let x2 = pixel(column + 2, row, before);
      let at = (outRow * sizes.q + q) * sizes.k4;
      let dy0 = vec4f(dy[at + k4]);
      first0 = outerAdd(dy0, x0, first0);
      if (TAPS > 1) {
        first1 = outerAdd(dy0, x1, first1);
        first2 = outerAdd(dy0, x2, first2);
      }
      if (QUADS > 1) {
        let dy1 = vec4f(dy[at + second]);
        second0 = outerAdd(dy1, x0, second0);
        if (TAPS > 1) {
          second1 = outerAdd(dy1, x1, second1);
          second2 = outerAdd(dy1, x2, second2);
        }
      }
      x0 = x1;
      x1 = x2;
    }
  }

  let blocks = sizes.k4 * sizes.c4;
  let at = ((part * sizes.kernel + r) * sizes.kernel + s) * blocks + c4 * sizes.k4 + k4;
  let both = QUADS > 1 && second > k4;
  partials[at] = first0;
  if (both) {
    partials[at + 1] = second0;
  }
  if (s + 1 < sizes.kernel) {
    partials[at + blocks] = first1;
    if (both) {
      partials[at + blocks + 1] = second1;
    }
  }
  if (s + 2 < sizes.kernel) {
    partials[at + 2 * blocks] = first2;
    if (both) {
      partials[at + 2 * blocks + 1] = second2;
    }
  }
}
