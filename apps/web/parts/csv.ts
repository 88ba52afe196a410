/** A cell of a file for spreadsheets. */
export type Cell = string | number | null | undefined;

/** Spreadsheets take what begins so for a formula, which may do anything: such text is marked as text. */
const asText = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

const field = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '';
  const text = typeof cell === 'number' ? String(cell) : asText(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180, with the mark by which spreadsheets know UTF-8. Numbers stay numbers, also negative ones. */
export const toCsv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${[header, ...rows].map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;

export const download = (fileName: string, text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
};
