// The filter where it fits a uniform: read at one address by all threads of a workgroup.
@group(0) @binding(7) var<uniform> weights: array<mat4x4f, 1024>; // [r,s,c4,k4]
