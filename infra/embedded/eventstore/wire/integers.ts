/** The limits of the 64-bit integers that protocol and metadata speak in, beyond those of JavaScript's numbers. */
export const largestSigned = 2n ** 63n - 1n;
export const largestUnsigned = 2n ** 64n - 1n;
