// The convolution in registers, without barriers: a thread makes one tile × 4 · QUADS channels, the
// weights read at one address by the whole workgroup. id.y is the group of channels.
override QUADS: u32; // 1, 2 or 4

/** Where four pixels of a source row lie, and 0 for those outside the map. */
struct Pixels {
  at: vec4i,
  inside: vec4f,
}

fn pixelsAt(columns: vec4i, row: i32) -> Pixels {
  let inside = (columns >= vec4i()) & (columns < vec4i(sizes.sourceW));
  let at = (row + clamp(columns, vec4i(), vec4i(sizes.sourceW - 1))) * sizes.source4;
  return Pixels(at, select(vec4f(), vec4f(1), inside));
}

fn load(pixels: Pixels, channel: i32) -> mat4x4f {
  return mat4x4f(
    pixel(pixels.at.x, pixels.inside.x, channel),
    pixel(pixels.at.y, pixels.inside.y, channel),
    pixel(pixels.at.z, pixels.inside.z, channel),
    pixel(pixels.at.w, pixels.inside.w, channel),
  );
}

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tile = i32(group.x * GROUP + lane);
  if (tile >= sizes.tiles) {
    return;
  }
  let quad = i32(group.y * QUADS);
  let place = placeOf(tile, i32(group.z));
  let spacing = place.apart * vec4i(0, 1, 2, 3);

  var left0 = mat4x4f();
  var right0 = mat4x4f();
  var left1 = mat4x4f();
  var right1 = mat4x4f();
  var left2 = mat4x4f();
  var right2 = mat4x4f();
  var left3 = mat4x4f();
  var right3 = mat4x4f();
  var sourceRow = place.origin.y;
  for (var r = place.tap.y; r < sizes.kernel; r += phaseStep()) {
    if (sourceRow >= 0 && sourceRow < sizes.sourceH) {
      let first = (place.image + sourceRow) * sizes.sourceW;
      var sourceColumn = place.origin.x;
      for (var s = place.tap.x; s < sizes.kernel; s += phaseStep()) {
        let leftAt = pixelsAt(sourceColumn + spacing, first);
        let rightAt = pixelsAt(sourceColumn + 4 * place.apart + spacing, first);
        let position = r * sizes.kernel + s;
        for (var channel = 0; channel < sizes.source4; channel++) {
          let left = load(leftAt, channel);
          let right = load(rightAt, channel);
          let block0 = block(position, channel, quad);
          left0 = multiplyAdd(block0, left, left0);
          right0 = multiplyAdd(block0, right, right0);
          if (QUADS > 1) {
            let block1 = block(position, channel, quad + 1);
            left1 = multiplyAdd(block1, left, left1);
            right1 = multiplyAdd(block1, right, right1);
          }
          if (QUADS > 2) {
            let block2 = block(position, channel, quad + 2);
            left2 = multiplyAdd(block2, left, left2);
            right2 = multiplyAdd(block2, right, right2);
            let block3 = block(position, channel, quad + 3);
            left3 = multiplyAdd(block3, left, left3);
            right3 = multiplyAdd(block3, right, right3);
          }
        }
        sourceColumn += direction();
      }
    }
    sourceRow += direction();
  }
  var all = array(left0, right0, left1, right1, left2, right2, left3, right3);
  for (var j = 0; j < min(sizes.quads, sizes.result4 - quad); j++) {
    finish(all[2 * j], all[2 * j + 1], place, quad + j);
  }
}
