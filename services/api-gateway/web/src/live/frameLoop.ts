type Painter = (now: number) => void;

const painters = new Set<Painter>();
let isAsked = false;

function run(now: number): void {
  isAsked = painters.size > 0;
  if (isAsked) requestAnimationFrame(run);
  for (const paint of painters) paint(now);
}

/** Calls back before each repaint; hidden pages are not painted and cost nothing. */
export function onEveryFrame(paint: Painter): () => void {
  painters.add(paint);
  if (!isAsked) {
    isAsked = true;
    requestAnimationFrame(run);
  }
  return () => painters.delete(paint);
}
