/** In pixels, with the axes. */
export const pastHeight = 300;
export const fanHeight = 300;
export const reliabilityHeight = 260;
