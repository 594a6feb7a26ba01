// A vec4 of the gradient that passes a zero-padding shortcut backwards:
// dx[n,h,w,c] = dy[n, h/stride, w/stride, c] where the pixel was taken, else 0.
fn shortcutGradient(i: u32) -> vec4f {
  let c4 = i % sizes.c4;
  let w = (i / sizes.c4) % sizes.w;
  let h = (i / (sizes.c4 * sizes.w)) % sizes.h;
  let n = i / (sizes.c4 * sizes.w * sizes.h);
  if (h % sizes.stride != 0 || w % sizes.stride != 0) {
    return vec4f();
  }
  // Lanes past x's channels are pads of dx, but channels of dy.
  let channels = vec4u(0, 1, 2, 3) + c4 * 4;
  let at = ((n * sizes.p + h / sizes.stride) * sizes.q + w / sizes.stride) * sizes.k4 + c4;
  return select(vec4f(), vec4f(dy[at]), channels < vec4u(sizes.c));
}
