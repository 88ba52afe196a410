/** Geometry of the tapered funnel; lengths are shares of the width, heights are in pixels. */

export interface Band {
  /** Width of the upper edge, 0..1. */
  readonly top: number;
  /** Width of the lower edge: that of the next stage, and never more than the upper one. */
  readonly bottom: number;
}

/** Narrower cannot be seen, nor hit. */
const narrowest = 0.012;
/** How far the last band tapers, as a share of its own width. */
const lastTaper = 0.72;

/**
 * Bands whose upper edge is as wide as their value, each tapering to the next. Where more stands below they keep their
 * width: whoever stands wide there must not look as much above.
 */
export const bandsOf = (values: readonly number[]): Band[] => {
  const most = Math.max(...values, 0);
  const widths = values.map((value) => (most > 0 ? Math.max(value / most, narrowest) : narrowest));
  return widths.map((top, index) => ({ top, bottom: Math.min(top, widths[index + 1] ?? top * lastTaper) }));
};

/** The outline of a band in a box of 1000 × height: its sides ease from the one width into the other. */
export const outlineOf = ({ top, bottom }: Band, height: number): string => {
  const x = (width: number, side: -1 | 1) => 500 + side * width * 500;
  const near = height * 0.42;
  const far = height * 0.72;
  return [
    `M${x(top, -1)},0 H${x(top, 1)}`,
    `C${x(top, 1)},${near} ${x(bottom, 1)},${far} ${x(bottom, 1)},${height}`,
    `H${x(bottom, -1)}`,
    `C${x(bottom, -1)},${far} ${x(top, -1)},${near} ${x(top, -1)},0 Z`,
  ].join(' ');
};
