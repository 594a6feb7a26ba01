// 3 × 3 taps at stride 1, padding 1, in registers and without barriers: a thread makes 8 neighbouring
// pixels × 4 · QUADS channels and reads each of its source pixels once for three taps. It goes one
// source channel at a time, so that its code is short: a processor that runs it as its own
// instructions compiles it soon and keeps it in its cache. id.y is the group of channels.
override QUADS: u32; // 1 or 2

/** Four pixels' next share in four channels: column j is pixel j. */
fn add(w: vec4f, x: vec4f, sum: mat4x4f) -> mat4x4f {
  return mat4x4f(
    fma(w, x.xxxx, sum[0]),
    fma(w, x.yyyy, sum[1]),
    fma(w, x.zzzz, sum[2]),
    fma(w, x.wwww, sum[3]),
  );
}

/** One channel of four neighbouring pixels. */
fn four(at: i32, c: i32) -> vec4f {
  return vec4f(
    f32(source[at][c]),
    f32(source[at + sizes.source4][c]),
    f32(source[at + 2 * sizes.source4][c]),
    f32(source[at + 3 * sizes.source4][c]),
  );
}

/** From one channel of the source to four of the result, for the tap that meets this column. */
fn weight(r: i32, column: i32, channel: i32, quad: i32) -> vec4f {
  let c4 = channel >> 2;
  let c = channel & 3;
  if (GRADIENT) {
    let tap = (2 - r) * 3 + 2 - column;
    let at = (tap * sizes.result4 + quad) * sizes.source4 + c4;
    return vec4f(weights[at][0][c], weights[at][1][c], weights[at][2][c], weights[at][3][c]);
  }
  return weights[((r * 3 + column) * sizes.source4 + c4) * sizes.result4 + quad][c];
}

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = i32(group.x * GROUP + lane);
  if (tile >= sizes.tiles) {
    return;
  }
  let quad = i32(group.y * QUADS);
  let across = sizes.w / 8;
  let row = tile / across;
  let column = tile % across * 8;
  let inside = vec2f(f32(column > 0), f32(column + 8 < sizes.w)); // the pixels at either side
  var left0 = mat4x4f();
  var right0 = mat4x4f();
  var left1 = mat4x4f();
  var right1 = mat4x4f();
  for (var r = 0; r < 3; r++) {
    let h = row % sizes.h + r - 1;
    if (h < 0 || h >= sizes.h) {
      continue;
    }
    let start = (row + r - 1) * sizes.w;
    let first = (start + column) * sizes.source4;
    let before = (start + max(column - 1, 0)) * sizes.source4;
    let after = (start + min(column + 8, sizes.w - 1)) * sizes.source4;
    for (var channel = 0; channel < 4 * sizes.source4; channel++) {
      let c = channel & 3;
      let here = first + (channel >> 2);
      let next = here + 4 * sizes.source4;
      var sides = vec2f(
        f32(source[before + (channel >> 2)][c]),
        f32(source[after + (channel >> 2)][c]),
      );
      var near = four(here, c);
      var far = four(next, c);
      if (PROLOGUE) {
        let scale = coefficients[(channel >> 2) * 4][c];
        let shift = coefficients[(channel >> 2) * 4 + 1][c];
        sides = max(fma(vec2f(scale), sides, vec2f(shift)), vec2f());
        near = max(fma(vec4f(scale), near, vec4f(shift)), vec4f());
        far = max(fma(vec4f(scale), far, vec4f(shift)), vec4f());
      }
      sides *= inside;
      let nearLeft = vec4f(sides.x, near.xyz);
      let farLeft = vec4f(near.w, far.xyz);
      let nearRight = vec4f(near.yzw, far.x);
      let farRight = vec4f(far.yzw, sides.y);
      let a0 = weight(r, 0, channel, quad);
      let b0 = weight(r, 1, channel, quad);
      let c0 = weight(r, 2, channel, quad);
      left0 = add(c0, nearRight, add(b0, near, add(a0, nearLeft, left0)));
      right0 = add(c0, farRight, add(b0, far, add(a0, farLeft, right0)));
      if (QUADS > 1) {
        let a1 = weight(r, 0, channel, quad + 1);
        let b1 = weight(r, 1, channel, quad + 1);
        let c1 = weight(r, 2, channel, quad + 1);
        left1 = add(c1, nearRight, add(b1, near, add(a1, nearLeft, left1)));
        right1 = add(c1, farRight, add(b1, far, add(a1, farLeft, right1)));
      }
    }
  }
  let place = Place(column, 1, row, tile, vec2i(), vec2i(), 0, 0);
  var all = array(left0, right0, left1, right1);
  for (var j = 0; j < min(sizes.quads, sizes.result4 - quad); j++) {
    finish(all[2 * j], all[2 * j + 1], place, quad + j);
  }
}
