export interface Window { first: number; count: number }

/** Which rows a scrolled view shows, and a few around them so that scrolling never shows a hole. */
export function windowOf(scrollTop: number, height: number, rowHeight: number, total: number, margin = 6): Window {
  const first = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight) - margin, total));
  const last = Math.min(total, Math.ceil((scrollTop + height) / rowHeight) + margin);
  return { first, count: Math.max(0, last - first) };
}

/** Where to scroll so that a row is in sight; unchanged when it is. */
export function reveal(row: number, scrollTop: number, height: number, rowHeight: number, header: number): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  const bottom = top + rowHeight;
  return bottom > scrollTop + height - header ? bottom - height + header : scrollTop;
}
