@group(0) @binding(3) var<storage, read> weights: array<mat4x4f>; // [r,s,c4,k4]
