const steadyMs = 120_000; // longer than the key of a lost request is kept

/**
 * Times that a request carries: what is sent again soon has those of the first attempt. With later ones it would be another
 * request to the gateway, and done twice.
 */
export function steadyClock(clock: () => number): () => number {
  let at = -Infinity;
  return () => {
    const now = clock();
    if (now < at || now - at >= steadyMs) at = now;
    return at;
  };
}
