// partial[part,r,s,c,k] = Σ_{n,p,q} x[n, p·sizes.stride+r−padding, q·sizes.stride+s−padding, c] · dy[n,p,q,k]
// over the output rows of the part: the filter gradient, split so that every thread has work.
// PROLOGUE: x stands for max(scale · x + shift, 0), a batch norm and a ReLU.
//
// A thread holds up to 3 taps of one filter row × 4 input channels × 4 output channels in
// registers and walks over its part's rows, 4 pixels at a time; id.y is the part.
override PROLOGUE: bool;
override DENSE: bool; // stride 1
override TAPS: u32; // of a filter row at once: 1 or 3
override GROUP: u32;

struct Sizes {
  items: u32, // R · ⌈S/3⌉ · C4 · K4
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

/** Four pixels' gradients of four output channels; zero past the end of the row. */
struct Gradients {
  d0: vec4f,
  d1: vec4f,
  d2: vec4f,
  d3: vec4f,
}

fn gradient(q: u32, row: u32, k4: u32) -> vec4f {
  let at = (row * sizes.q + min(q, sizes.q - 1)) * sizes.k4 + k4;
  return select(vec4f(), vec4f(dy[at]), q < sizes.q);
}

/** Column j holds input channel j's sums for four output channels. */
fn outerAdd(d: Gradients, x0: vec4f, x1: vec4f, x2: vec4f, x3: vec4f, sum: mat4x4f) -> mat4x4f {
  return mat4x4f(
    fma(d.d3, x3.xxxx, fma(d.d2, x2.xxxx, fma(d.d1, x1.xxxx, fma(d.d0, x0.xxxx, sum[0])))),
    fma(d.d3, x3.yyyy, fma(d.d2, x2.yyyy, fma(d.d1, x1.yyyy, fma(d.d0, x0.yyyy, sum[1])))),
    fma(d.d3, x3.zzzz, fma(d.d2, x2.zzzz, fma(d.d1, x1.zzzz, fma(d.d0, x0.zzzz, sum[2])))),
    fma(d.d3, x3.wwww, fma(d.d2, x2.wwww, fma(d.d1, x1.wwww, fma(d.d0, x0.wwww, sum[3])))),
  );
}

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= sizes.items) {
    return;
  }
  let tapGroups = (sizes.kernel + 2) / 3;
  let blocks = sizes.k4 * sizes.c4;
  let k4 = id.x % sizes.k4;
  let c4 = (id.x / sizes.k4) % sizes.c4;
  let s = ((id.x / blocks) % tapGroups) * 3;
  let r = id.x / (blocks * tapGroups);
  let part = id.y;
  var before = Activation();
  if (PROLOGUE) {
    before = Activation(coefficients[c4 * 4], coefficients[c4 * 4 + 1]);
  }

  var sum0 = mat4x4f();
  var sum1 = mat4x4f();
  var sum2 = mat4x4f();
  let end = min((part + 1) * sizes.rowsPerPart, sizes.rows);
  for (var outRow = part * sizes.rowsPerPart; outRow < end; outRow++) {
    let h = i32(outRow % sizes.p) * sizes.stride + i32(r) - sizes.padding;
    if (h < 0 || h >= sizes.h) {
      continue;
    }
    let row = Row(((outRow / sizes.p) * u32(sizes.h) + u32(h)) * u32(sizes.w), c4);
    for (var q = 0u; q < sizes.q; q += 4) {
      let d = Gradients(
        gradient(q, outRow, k4),
        gradient(q + 1, outRow, k4),
        gradient(q + 2, outRow, k4),
        gradient(q + 3, outRow, k4),
      );
      let column = i32(q) * sizes.stride + i32(s) - sizes.padding;
      let x0 = pixel(column, row, before);
      let x1 = pixel(column + 1, row, before);
      let x2 = pixel(column + 2, row, before);
      let x3 = pixel(column + 3, row, before);
      if (DENSE) {
        sum0 = outerAdd(d, x0, x1, x2, x3, sum0);
        if (TAPS > 1) {
          let x4 = pixel(column + 4, row, before);
          let x5 = pixel(column + 5, row, before);
          sum1 = outerAdd(d, x1, x2, x3, x4, sum1);
          sum2 = outerAdd(d, x2, x3, x4, x5, sum2);
        }
      } else {
        let y1 = pixel(column + sizes.stride, row, before);
        let y2 = pixel(column + 2 * sizes.stride, row, before);
        let y3 = pixel(column + 3 * sizes.stride, row, before);
        sum0 = outerAdd(d, x0, y1, y2, y3, sum0);
        if (TAPS > 1) {
          let z1 = pixel(column + sizes.stride + 1, row, before);
          let z2 = pixel(column + 2 * sizes.stride + 1, row, before);
          let z3 = pixel(column + 3 * sizes.stride + 1, row, before);
          sum1 = outerAdd(d, x1, z1, z2, z3, sum1);
          let w1 = pixel(column + sizes.stride + 2, row, before);
          let w2 = pixel(column + 2 * sizes.stride + 2, row, before);
          let w3 = pixel(column + 3 * sizes.stride + 2, row, before);
          sum2 = outerAdd(d, x2, w1, w2, w3, sum2);
        }
      }
    }
  }

  let at = ((part * sizes.kernel + r) * sizes.kernel + s) * blocks + c4 * sizes.k4 + k4;
  partials[at] = sum0;
  if (s + 1 < sizes.kernel) {
    partials[at + blocks] = sum1;
  }
  if (s + 2 < sizes.kernel) {
    partials[at + 2 * blocks] = sum2;
  }
}
